"""Regulations as data: the shape of a rule file, its strict reading, the kinds of rule, and the judging of facts.

`loading` reads a rulebook from a folder, `evaluation` judges facts by a rule, `explaining` says why in Chinese.
Nothing here knows a database, a workbook or a page.
"""
