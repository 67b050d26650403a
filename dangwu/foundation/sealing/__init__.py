"""Sealing of personal values: what lies in the database opens only with keys that are kept elsewhere.

suites → keyring → envelope, blind → sealed → fields → rotation → inspection
"""
