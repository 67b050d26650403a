"""Units, party organisations and their terms.

`sheets` reads the workbook that lists organisations, `matching` finds which one a name means, `services` establishes
them in a tree, `facts` tells the rulebook about them. A column that may be null is a fact nobody has told.
"""
