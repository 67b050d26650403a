"""What a list of appointments means among the accounts that there are, and how it is written."""
