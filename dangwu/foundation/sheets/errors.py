"""Cells in which an office program shows an error of its own (#N/A, #REF!).

The reader of workbooks gives them as empty ones; but where something went wrong nobody wrote nothing.
"""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple

from dangwu.foundation.sheets.cells import index_of

_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_FAULTY = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)[\"']")


class Shown(NamedTuple):
    """An error that a cell shows; row and column count from 0."""

    row: int
    column: int
    text: str


def errors_in(path: Path, entries: Collection[str]) -> dict[str, list[Shown]]:
    """By the name of the sheet the errors that its cells show, out of those entries of the archive that hold some."""
    with zipfile.ZipFile(path) as archive:
        return {
            sheet: list(_errors(archive.read(entry)))
            for sheet, entry in _entries_of_sheets(archive).items()
            if entry in entries
        }


def _errors(content: bytes) -> Iterator[Shown]:
    for attributes, inside in _FAULTY.findall(content):
        address, value = _ADDRESS.search(attributes), _VALUE.search(inside)
        if address and value:
            yield Shown(int(address[2]) - 1, index_of(address[1].decode()), value[1].decode())


def _entries_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    links = archive.read("xl/_rels/workbook.xml.rels").decode(errors="replace")
    targets = {link.get("Id", ""): link.get("Target", "") for link in map(_attributes, _LINK.findall(links))}
    book = archive.read("xl/workbook.xml").decode(errors="replace")
    entries = {}
    for sheet in map(_attributes, _SHEET.findall(book)):
        target = next(
            (targets[value] for name, value in sheet.items() if name.endswith(":id") and value in targets), ""
        )
        entries[sheet.get("name", "")] = normpath(join("/xl", target)).lstrip("/")
    return entries


def _attributes(text: str) -> Mapping[str, str]:
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}
