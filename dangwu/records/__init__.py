"""Activities: what was held, which duties it served, who was away or took part.

`kinds` knows the kinds of activity of the rulebook, `sheets` reads a ledger, `services` records it, `facts` counts for
the rulebook: by month and organisation, set-wise.
"""
