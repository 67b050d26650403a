"""Bringing workbooks in: what a file would change is staged and shown, decided upon, and then written at once, or not
at all; and what was written can be taken back.

A batch keeps the file and the decisions; its staged rows follow from these and from what is registered, and are made
anew whenever one of them changes. What a kind of workbook is (a roster, a list of organisations) its module declares
as a `Kind`.
"""
