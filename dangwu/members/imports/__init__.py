"""What a roster means among the people who are registered, and how it is written."""
