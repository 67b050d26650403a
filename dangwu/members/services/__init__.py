"""What is done to people: a verb each, and the bulk of a roster of them."""
