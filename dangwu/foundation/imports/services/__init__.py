"""Opening a batch, deciding about it, writing it, taking it back."""
