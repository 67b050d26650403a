"""The pages on which a file of the national system is held against what is registered."""
