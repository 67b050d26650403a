"""数读: what a year came to in numbers, for any part of the tree and any span, each number with its records.

`figures` reads what `rulebook/statistics/` declares, a file a figure; `parts` says which part of the tree is meant, on
each day; `queries` counts it set-wise, the same number of queries for one figure and for thirty; `counting` makes
values of that, and `wording` words; `poster` is the sheet for the wall.
"""
