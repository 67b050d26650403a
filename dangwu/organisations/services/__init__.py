"""What is done to organisations: a verb each, and the bulk of a list of them."""
