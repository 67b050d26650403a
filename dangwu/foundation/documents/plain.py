"""Values as a form is handed them: text, numbers, yes and no, lists and mappings, and nothing that is markup."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dangwu.foundation.sheets.safe import legible
from dangwu.kernel.days import told_day


def plain(value: Any) -> Any:  # noqa: ANN401 - any value that can be told
    """The value in plain parts. Days are told as “2026年9月20日”, decimals as they are."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return told_day(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return legible(str(value))


def texts_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - what plain() gave
    """Every text in a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def translated(value: Any, table: Mapping[int, str]) -> Any:  # noqa: ANN401 - what plain() gave
    """A plain value with characters exchanged in all of its texts."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: translated(each, table) for key, each in value.items()}
    if isinstance(value, list):
        return [translated(each, table) for each in value]
    return value
