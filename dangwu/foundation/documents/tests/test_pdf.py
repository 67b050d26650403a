"""A form and its data become a PDF."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from pypdf import PdfReader

from dangwu.foundation.documents import pdf
from dangwu.foundation.documents.paper import Heading, Item, Layout, Note, Paper, Sentence, Table
from dangwu.foundation.documents.tests.reading import pages_of, text_of

DAY = date(2026, 9, 20)
LINES = [(f"第{number}党支部", str(number)) for number in range(200)]
BLOCKS = (
    Heading("一、总体情况"),
    Heading("（一）第一党支部", 2),
    Item("1.〔不符合〕", "8F1D14", "支委会缺 1 次。"),
    Note("依据：略。"),
    Table(("党组织", "党员"), (100, 56), LINES),
)


def paper(*blocks: Sentence) -> bytes:
    return pdf.written(Paper("示例局核对报告", DAY, blocks or BLOCKS, "审计校验点 12-ABCD"))


def test_it_says_title_blocks_and_checkpoint_in_order() -> None:
    told = text_of(paper())
    places = [
        told.index(text) for text in ("示例局核对报告", "一、总体", "（一）", "1.〔不符合〕支委会", "第199党支部")
    ]
    assert places == sorted(places)
    assert "审计校验点 12-ABCD" in told


def test_the_head_of_a_table_stands_on_each_of_its_pages() -> None:
    assert [("党组织" in page, f"— {number} —" in page) for number, page in enumerate(pages_of(paper()), 1)][:5] == (
        [(True, True)] * 5
    )


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert paper() == paper()


@pytest.mark.parametrize(
    "text", ["#panic()", "*粗* _斜_ $x$ `c` @a <b>", "= 标题", "\\#{1+1}", '"; #read("/x")', "[a](b)"]
)
def test_a_text_is_never_read_as_markup(text: str) -> None:
    assert text in text_of(paper(Sentence(text)))


def test_control_characters_do_not_spoil_it() -> None:
    assert "缺1次" in text_of(paper(Sentence("缺\x001\x0b次")))


def test_a_form_of_a_module_gets_plain_values() -> None:
    form = Path(__file__).with_name("form.typ")
    made = pdf.compile(form, {"day": DAY, "names": ("甲", "乙·丙"), "late": False}, title="表", day=DAY)
    assert "2026年9月20日 乙·丙 按期" in text_of(made)


@pytest.mark.parametrize(("size", "across", "wide"), [("a4", 210, False), ("a4", 297, True), ("a3", 420, True)])
def test_it_has_the_size_that_was_asked_for(size: Literal["a4", "a3"], across: int, wide: bool) -> None:
    made = pdf.written(Paper("表", DAY, (), layout=Layout(size, wide)))
    assert round(PdfReader(BytesIO(made)).pages[0].mediabox.width * 25.4 / 72) == across


def test_no_form_reaches_for_a_package_or_an_address() -> None:
    forms = list(pdf.ROOT.rglob("*.typ"))
    assert forms
    for form in forms:
        assert not any(word in form.read_text() for word in ("@preview", "@local", "http", "plugin("))
