"""What the cells of a field say, for tests of all declarations."""

from typing import Any

from dangwu.foundation.sheets.shapes import Cell, Field, Surroundings
from dangwu.foundation.sheets.writing import cell_of


def said(field: Field, cell: Cell) -> Any:  # noqa: ANN401 - whatever a field holds
    """The clean value of a cell that stands alone in its column."""
    parse = field.within(Surroundings((cell,), since_1904=False)) if field.within else field.parse
    return parse(cell).value


def said_again(field: Field, cell: Cell) -> Any:  # noqa: ANN401 - whatever a field holds
    """The value of a cell, written as an export writes it and read again."""
    value = said(field, cell)
    return None if value is None else said(field, cell_of(field, value))
