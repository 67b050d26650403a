"""What is done with duties: set and handed on, fulfilled, confirmed or returned."""
