"""Django's SQLite, with statements that insert many rows written faster."""
