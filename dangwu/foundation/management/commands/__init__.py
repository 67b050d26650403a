"""Commands of the house that stand in for Django's own."""
