"""Activities: what is planned and was held, which duties it served, who was away or took part, what was decided.

A kind of activity is a file of the rulebook (`kinds`, `kind_shapes`; `standing` has those of this installation). A
record is planned, called, minuted and concluded (`services`), from what is `told`, with who should come by the roster
(`attending`) and numbers that add up (`counting`); only what is concluded has services, and only those are counted
(`facts`). Of a confidential talk the activity says that it took place; the rest is in `Talk`, for those concerned.
`sheets` reads ledgers that were kept elsewhere.
"""
