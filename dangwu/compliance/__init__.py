"""Facts × rulebook → obligations and findings.

`services` opens and performs a check: `intake` stores what the workbooks tell, `gathering` collects facts of a unit,
`assessing` judges them rule by rule, `freezing` writes down what was found. `reporting` makes one `Report` of it,
and `documents` writes that as workbook, page, Word document or JSON.
"""
