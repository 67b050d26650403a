"""Reading the workbooks that clerks keep, whatever office program saved them."""
