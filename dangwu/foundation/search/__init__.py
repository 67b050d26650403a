"""Full-text search: what texts contain, found by any two characters, within what the asker may see.

cutting → models → queries → sources → rebuilding; snippets beside them. The database does the finding: SQLite's FTS5,
PostgreSQL's tsvector, elsewhere LIKE; all three look through the same cut text.
"""
