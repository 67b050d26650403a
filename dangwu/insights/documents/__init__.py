"""The poster of the year in numbers."""
