"""Tags for the templates of every module."""
