"""Everything that changes accounts, appointments and administrators."""
