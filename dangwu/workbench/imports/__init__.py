"""The import clinic: every kind of workbook that can be brought in, by command and in the browser."""
