"""数读: the pages of the year in numbers, each number with its trend and its records, the poster and the workbook.

`choosing` reads which part and which days are wanted, `pages` shows them, `records` lists what is behind a number.
"""
