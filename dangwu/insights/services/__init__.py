"""What is done with the figures, as actions."""
