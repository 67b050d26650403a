"""Every paper that is offered of a year: what it is called, its forms, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dangwu.foundation.documents import pdf, word
from dangwu.foundation.documents.paper import Heading, Layout, Paper, Sentence
from dangwu.foundation.pages.workbook import UNSAFE_IN_NAMES
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.attendance import attendance_bytes, attendance_paper
from dangwu.records.documents.hours import hours_bytes
from dangwu.records.documents.minutes import minutes_blocks
from dangwu.records.documents.words import day_told, heading_of
from dangwu.records.documents.yearly import ledger_bytes
from dangwu.records.paper_models import FormFile, LedgerForm
from dangwu.workbench.papers.handbook import Asked, handbook_paper
from dangwu.workbench.papers.own_forms import excel_form, word_form
from dangwu.workbench.papers.own_forms.vocabulary import filling_of

CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
FORM_WORDS = {".docx": "Word", ".xlsx": "Excel", ".pdf": "PDF"}
LONGEST_NAME = 80
FORM = "form-"

Make = Callable[[BranchYear, Asked], bytes]


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper: the word of its address, its title, what stands in it, and its forms by suffix."""

    name: str
    title: str
    about: str
    forms: Mapping[str, Make]
    asks_rulebook: bool = False


def file_name(*parts: object, suffix: str) -> str:
    """A name that says what it is, and that every system takes: “办公室党支部_2026年_考勤表.xlsx”."""
    told = "_".join(UNSAFE_IN_NAMES.sub("_", str(part)).strip("._") for part in parts)
    return told[:LONGEST_NAME] + suffix


def _papers(paper: Callable[[BranchYear, Asked], Paper]) -> dict[str, Make]:
    """Both forms of an official paper."""
    return {
        ".docx": lambda year, duties: word.written(paper(year, duties)),
        ".pdf": lambda year, duties: pdf.written(paper(year, duties)),
    }


def _all_minutes(year: BranchYear, _duties: Asked) -> Paper:
    """The minutes of a year, each on pages of its own."""
    blocks = [
        block
        for record in year.records
        for block in (
            Heading(heading_of(record.activity, year.kinds, year.standing.name), fresh=True),
            *minutes_blocks(record, year.kinds, year.names, embedded=True),
        )
    ]
    title, until = f"{year.year}年会议和活动记录", f"（截至{day_told(year.on)}）"
    return Paper(
        title, year.on, blocks or [Sentence("这一年没有记录活动。")], layout=Layout(cover=[year.standing.name, until])
    )


OFFERS = {
    offer.name: offer
    for offer in (
        Offer(
            "handbook",
            "党支部工作手册",
            "基本情况、支委会、名册（不含证件号码）、应办事项、每次活动的记录、考勤、学时、缺漏和依据。",
            _papers(handbook_paper),
            asks_rulebook=True,
        ),
        Offer("minutes", "会议和活动记录汇编", "全年每次活动的记录，一次一页，按日期排列。", _papers(_all_minutes)),
        Offer(
            "attendance",
            "考勤表",
            "党员和每次活动对照，到会打勾，缺席写原因。",
            {
                ".xlsx": lambda year, _: attendance_bytes([year]),
                ".pdf": lambda year, _: pdf.written(attendance_paper(year)),
            },
        ),
        Offer(
            "ledger",
            "年度台账",
            "每种活动一张表，栏目与导入台账的栏目相同，可以原样再导入。",
            {".xlsx": lambda year, _: ledger_bytes([year])},
        ),
        Offer(
            "hours",
            "学时和下沉轮值统计",
            "每名党员的学时、轮值天数和次数。",
            {".xlsx": lambda year, _: hours_bytes([year])},
        ),
    )
}


def offer_named(name: str) -> Offer:
    """The paper of a name; one that is made by a form that was brought is called `form-` and its number."""
    if name.startswith(FORM):
        return offer_of(LedgerForm.objects.unscoped("whoever ordered it was asked").get(pk=int(name[len(FORM) :])))
    return OFFERS[name]


def offer_of(form: LedgerForm) -> Offer:
    """What a form that was brought offers. Its file is read once."""
    content = bytes(FormFile.objects.get(form=form).content)
    fill = word_form.fill if form.suffix == ".docx" else excel_form.fill
    about = f"自带表样，第 {form.number} 版。"
    return Offer(f"{FORM}{form.pk}", form.name, about, {form.suffix: lambda year, _: fill(content, filling_of(year))})
