"""What people see: handing in workbooks, the result of a check, the rulebook to read.

`demo` imagines a world to try it on, `bench` measures.
"""
