"""Accounts, and what follows from them: appointments, the subtrees in which somebody has a right, administrators."""
