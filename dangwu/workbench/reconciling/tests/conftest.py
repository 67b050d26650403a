from dangwu.workbench.imports.tests.conftest import desk

__all__ = ["desk"]
