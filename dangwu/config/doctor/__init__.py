"""Whether a site is in order: what an operator should look at, with what to do about it.

Each check is a function that takes the present moment and yields its findings; `examination` runs them all.
"""
