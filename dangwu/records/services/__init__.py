"""What is done with records: a ledger stored as a whole, plans, minutes, confidential talks, drafts."""
