from dangwu.members.tests.conftest import house

__all__ = ["house"]
