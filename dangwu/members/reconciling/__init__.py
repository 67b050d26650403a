"""Holding what the national system of members says against what is registered here, item by item.

Nothing is written: whoever compares decides which side is right, and mends it there. `items` are the 26 items as a file
of the rulebook lists them, `reading` takes the file, `comparing` finds the differences, `keeping` holds them sealed for
whoever compared, `listing` shows them and `forms` are the blank and the filled form.
"""
