"""A whole city's party organisations with three years of their history, as plain values and as rows of a site.

`planning` says how many there are and how big; `founding` and `reorganising` set them up and tell what became of them;
`lives` invents the people, `elections` and `grouping` what they did there; `world` streams it department by department,
and `writing` writes it set-wise. The same seed always gives the same city.
"""
