"""An invented city and its party organisations, as plain values and as the workbooks its clerks would keep.

Nobody here exists. The same seed always gives the same world and the same files, so that demonstrations, tests and
measurements can rely on them.
"""
