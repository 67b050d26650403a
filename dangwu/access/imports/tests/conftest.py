"""The bureau of the tests of access, where a list of appointments goes."""

from dangwu.access.tests.conftest import cast, places

__all__ = ["cast", "places"]
