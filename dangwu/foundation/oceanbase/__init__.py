"""OceanBase (MySQL mode) as a database of Django. See docs/adr/0005-oceanbase-gate.md."""
