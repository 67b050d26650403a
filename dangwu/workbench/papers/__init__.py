"""Ledgers and handbooks taken away: what is offered, for one organisation at once, for a part of the tree as an archive
that is packed in the background.

`duties` asks the rulebook, `handbook` puts the year of a branch together, `offered` lists every paper and its forms,
`bundling` packs them. `own_forms` fills in the form that a committee brought itself.
"""
