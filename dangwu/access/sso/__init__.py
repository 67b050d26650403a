"""Signing on with what the office has already: OIDC, CAS, LDAP, DingTalk, Feishu, WeCom.

A provider says who somebody is; nobody gets an account by it. Which providers there are, where they are and how their
people are mapped to accounts stands in one file (`DANGWU_SIGN_ON`), and nothing outside that file is ever contacted.
"""
