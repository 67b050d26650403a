"""PDF: a form in typst's language and the data it is filled with. Archivable (PDF/A-2u), tagged, and set without any
way out: no package, no typeface and no picture comes from elsewhere.

The data reaches the form as values. A text in it is a text there, whatever it contains: it is never read as markup.
"""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from typst import Compiler

from dangwu.foundation.documents import typefaces
from dangwu.foundation.documents.glyphs import by_number, letters, missing
from dangwu.foundation.documents.paper import UPRIGHT, Layout, Paper
from dangwu.foundation.documents.plain import plain, texts_in, translated

ROOT = Path(__file__).resolve().parents[2]
"""The product's own folder: a form lies in it, and reads nothing outside it."""
LONG = 100_000  # letters of data
LONG_PAPERS = Lock()
FORMS = Path(__file__).parent / "forms"


def compile(  # noqa: A001 - what typst calls it; always written pdf.compile
    template: Path,
    data: Mapping[str, Any],
    *,
    title: str,
    day: date,
    checkpoint: str = "",
    layout: Layout = UPRIGHT,
) -> bytes:
    """The form filled in; the same data gives the same bytes. `day` is told as the day on which it was made.

    A character that no typeface holds is written as its number, and the paper says so on top.
    """
    told: dict[str, Any] = plain({"data": data, "title": title, "checkpoint": checkpoint, "cover": layout.cover})
    strange = missing(texts_in(told))
    told = translated(told, {ord(each): by_number(each) for each in strange})
    told |= {"missing": [by_number(each) for each in strange], "size": layout.size, "landscape": layout.landscape}
    told |= {"day": [day.year, day.month, day.day], "typefaces": _typefaces()}
    return _set(template, json.dumps(told, ensure_ascii=False), tagged=layout.tagged)


def written(paper: Paper) -> bytes:
    """An official paper as PDF."""
    return compile(
        FORMS / "paper.typ",
        {"blocks": paper.blocks},
        title=paper.title,
        day=paper.day,
        checkpoint=paper.checkpoint,
        layout=paper.layout,
    )


def _set(template: Path, told: str, *, tagged: bool) -> bytes:
    """Have it set. A long paper takes memory by the hundred MiB, so they wait for each other, and nothing is kept."""
    compiler = Compiler(root=ROOT, font_paths=letters().fonts, ignore_system_fonts=True)
    inputs = {"told": told}
    with LONG_PAPERS if len(told) > LONG else nullcontext():
        made = compiler.compile(str(template), format="pdf", sys_inputs=inputs, pdf_standards=["a-2u"], pdf_tags=tagged)
        if len(told) > LONG:
            _forget(compiler)
    assert isinstance(made, bytes)
    return made


def _forget(compiler: Compiler) -> None:
    """Typst keeps what it has set, for as long as ten more papers are set. Empty ones count."""
    for _ in range(11):
        compiler.compile(b"", format="pdf", sys_inputs=None)


def _typefaces() -> dict[str, list[str]]:
    return typefaces.families(typefaces.chosen(), letters().fonts.families())
