"""Plain values that the whole house stands on: spans and periods, months, working days, paths in a tree, money.

Nothing here knows a database, a page or a regulation.
"""
