"""What a list of organisations means in the tree that is registered, and how it is written."""
