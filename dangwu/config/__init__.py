"""Settings, root addresses, and the command line with a file for each verb."""
