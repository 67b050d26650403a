"""The words of the report, for templates."""

from collections.abc import Mapping

from django import template

from dangwu.compliance.documents import wording
from dangwu.compliance.report import Cell, Status
from dangwu.kernel.days import told_day
from dangwu.workbench.selecting import OUTCOMES

register = template.Library()
LENGTH_OF_A_NAME = 3  # letters

register.filter("day", told_day)
STATUSES = {"failure": Status.OVERDUE, "warning": Status.WARNING, "hint": Status.HINT}


@register.simple_tag
def clause(document: str, article: str) -> str:
    """“《…》第11条”."""
    return f"《{document}》{place(article)}"


@register.filter
def place(article: str) -> str:
    """“第11条”; what is not a number has not been found out yet."""
    return f"第{article}条" if article[:1].isdigit() else "条款待核"


@register.filter
def status_of(level: str) -> Status:
    """The status in whose colour and shape a level is shown."""
    return STATUSES[level]


@register.filter
def level_word(name: str) -> str:
    """A level in a word."""
    return wording.LEVELS[name]


@register.filter
def level_meaning(name: str) -> str:
    """What a level means for those concerned."""
    return wording.LEVEL_MEANINGS[name]


@register.filter
def without_year(period: str) -> str:
    """“3月” for “2026年3月”: the year stands over the table."""
    return period.partition("年")[2] or period


@register.filter
def outcome(name: str) -> str:
    """The end of an obligation in a word."""
    return OUTCOMES[name]


@register.filter
def strength(name: str) -> str:
    """How strongly the clause speaks, by its own word."""
    return {"must": "应当", "should": "一般", "practice": "习惯"}[name]


@register.filter
def short_title(document: str) -> str:
    """The title of a document without the words with which most begin, where enough is left."""
    short = document.removeprefix("中国共产党")
    return short if len(short) > LENGTH_OF_A_NAME else document


@register.filter
def grade(name: str) -> str:
    """How surely a clause is known, in words."""
    return wording.GRADES[name]


@register.filter
def severity(name: str) -> str:
    """The severity of a problem in a word."""
    return wording.SEVERITIES[name]


@register.filter
def amount(cell: Cell) -> str:
    """How much of a duty is done, or by when it is due."""
    return "，".join(wording.cell_text(cell)[1:])


@register.simple_tag
def head_of(heads: Mapping[tuple[str, str], str], file: str, column: str) -> str:
    """What stands over a column of a workbook."""
    return heads.get((file, column), "")
