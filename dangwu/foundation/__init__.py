"""Plumbing without party business: reading workbooks, the look of the pages."""
