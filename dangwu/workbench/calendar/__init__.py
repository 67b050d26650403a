"""What is planned, was held and falls due, by days: a month as a page, and a feed for calendar programs.

`queries` counts, so that a committee reads one line for four hundred branches; `gathering` makes entries of it,
`months` lays a month out, `choosing` reads what is wanted, `feeds` writes the entries as iCalendar.
"""
