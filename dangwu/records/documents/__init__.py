"""Ledgers written from records: minutes, attendance, the ledger of the year, hours and rotation days.

`words` says how a record is told, `minutes` writes one as an official paper, `attending` finds who was expected and
came, `attendance` and `hours` are its sheets, `yearly` the ledger that `records.sheets` reads back.
"""
