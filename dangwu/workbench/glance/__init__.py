"""Many branches at a glance: a sentence, five figures at every level, branches × duties worst first, a duty by months.

`squares` writes the cells, `choosing` reads what is wanted, `workbooks` writes the same as a workbook.
"""
