"""The lists of duties: what we have to do, what we have others do, and how far each organisation is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from dangwu.duties.models import Assignment, Task
from dangwu.duties.queries import OPEN, POSTS, SOON
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link, Tag
from dangwu.organisations.models import OrganisationKind

State = Assignment.State
STANDINGS = (
    ("open", "未办结"),
    ("ours", "等我们办的"),
    ("late", "逾期未办"),
    ("soon", "七天内到期"),
    ("unstudied", "未传达学习"),
    ("waiting", "待确认"),
    ("returned", "已退回"),
    ("done", "已办结"),
    ("done_late", "逾期办结"),
)
KIND_TITLES = ((Task.Kind.DIRECTIVE, "来文"), (Task.Kind.MEASURE, "主题教育措施"))


def is_waiting(state: str, done_on: date | None) -> bool:
    """Whether a report waits to be confirmed."""
    return state == State.REPORTED and done_on is None


def tag_of(row: Any, today: date) -> Tag:  # noqa: ANN401 - an Assignment, or a row with its days and state
    """How far an assignment is, the worst first."""
    if row.done_on is not None:
        return Tag("逾期办结", "warning") if row.done_on > row.due_on else Tag("已办结", "good")
    if row.state == State.RETURNED:
        return Tag("已退回", "overdue")
    if is_waiting(row.state, row.done_on):
        return Tag("待确认", "hint")
    if row.due_on < today:
        return Tag(f"逾期 {(today - row.due_on).days} 天", "overdue")
    if row.due_on - today <= SOON:
        return Tag("今天到期" if row.due_on == today else f"还有 {(row.due_on - today).days} 天", "soon")
    return Tag(str(State(row.state).label), "hint")


def _standing(rows: Any, wanted: str) -> Any:  # noqa: ANN401 - a queryset of assignments with their `today`
    conditions = {
        "open": OPEN,
        "ours": OPEN & ~Q(state=State.REPORTED),
        "late": OPEN & Q(due_on__lt=F("today")) & ~Q(state=State.REPORTED),
        "soon": OPEN & Q(due_on__gte=F("today"), due_on__lte=F("soon")),
        "unstudied": OPEN & Q(studied_on=None),
        "waiting": OPEN & Q(state=State.REPORTED),
        "returned": Q(state=State.RETURNED),
        "done": ~OPEN,
        "done_late": Q(done_on__gt=F("due_on")),
    }
    return rows.filter(conditions[wanted])


def responsible(row: Any) -> str:  # noqa: ANN401 - an Assignment with its `holder`
    """The post that answers for it, and who holds it now."""
    return f"{POSTS[row.post]} {row.holder or '（空缺）'}" if row.post else ""


def _state(row: Any) -> Tag:  # noqa: ANN401 - an Assignment with its `today`
    return tag_of(row, row.today)


def _state_words(row: Any) -> str:  # noqa: ANN401 - an Assignment
    """What the tag leaves out."""
    return "" if row.done_on or row.state in {State.HANDED, State.RETURNED} else str(State(row.state).label)


class Ours(Listing):
    """What organisations where one is were handed."""

    title, noun = "要我们做的", "件"
    columns = (
        Column(
            "title",
            "任务",
            value=lambda row: row.task.title,
            sort=("task__title",),
            link=lambda row: reverse("duty", args=[row.pk]),
            note=lambda row: row.task.campaign or row.task.document_number,
            width=40,
        ),
        Column("place", "党组织", sort=("path",), width=30),
        Column("state", "情况", value=_state, note=_state_words),
        Column("due_on", "期限", sort=("due_on",)),
        Column("responsible", "责任人", value=responsible, width=20),
        Column("studied_on", "传达学习", sort=("studied_on",), only_exported=True),
        Column("reported_on", "报告日期", sort=("reported_on",), only_exported=True),
    )
    filters = (
        Text("q", "搜索", by="task__title__icontains", help="任务标题"),
        Choice("standing", "情况", by=_standing, offered=STANDINGS),
        Choice("kind", "类别", by="task__kind", offered=KIND_TITLES),
    )
    default_sort = ""
    empty = EmptyState("没有要办的任务", "上级党组织布置的来文和主题教育措施会列在这里。")


class Handed(Listing):
    """How far each organisation is with one task."""

    title, noun = "落实情况", "个党组织"
    paper = "a3"
    columns = (
        Column(
            "place",
            "党组织",
            sort=("path",),
            link=lambda row: reverse("duty", args=[row.pk]),
            note=lambda row: row.above,
            width=32,
        ),
        Column("state", "情况", value=_state, note=_state_words),
        Column("responsible", "责任人", value=responsible, width=20),
        Column("studied_on", "传达学习", sort=("studied_on",)),
        Column("proof", "依据的活动", width=30),
        Column("measures_taken", "贯彻落实情况", width=50),
        Column("reported_on", "报告日期", sort=("reported_on",)),
        Column("due_on", "期限", sort=("due_on",)),
    )
    filters = (
        Text("q", "搜索", by="place__icontains", help="党组织名称"),
        Choice("standing", "情况", by=_standing, offered=STANDINGS),
        Choice("place_kind", "组织类别", by="place_kind", offered=OrganisationKind.choices),
        Text("above", "上级组织", by="above__icontains", help="上级组织名称"),
    )
    default_sort = ""
    empty = EmptyState("没有符合条件的党组织", "换一个条件看看，或者布置给更多党组织。")


def _share(row: Any) -> str:  # noqa: ANN401 - a Task with its counts
    return f"{(row.done or 0) * 100 // row.handed}%" if row.handed else ""


def _late(row: Any) -> Tag | str:  # noqa: ANN401 - a Task with its counts
    return Tag(f"{row.overdue} 个逾期", "overdue") if row.overdue else ""


def _count(name: str) -> Any:  # noqa: ANN401 - what a column takes
    return lambda row: getattr(row, name) or 0


COUNTS = (
    Column("handed", "布置", value=_count("handed"), sort=("handed",), number=True),
    Column("studied", "已传达", value=_count("studied"), sort=("studied",), number=True),
    Column("done", "已办结", value=_count("done"), sort=("done",), number=True),
    Column("share", "办结率", value=_share, number=True),
    Column("late", "", value=_late),
)


def meant(text: str) -> Q:
    """The condition that a directive is meant by what was typed."""
    words = text.strip()
    return Q(title__icontains=words) | Q(document_number__icontains=words) | Q(issued_by__icontains=words)


def _progress(rows: Any, wanted: str) -> Any:  # noqa: ANN401 - a queryset of tasks with their counts
    return rows.filter(overdue__gt=0) if wanted == "late" else rows.exclude(handed=F("done"))


class Directives(Listing):
    """The directives that organisations received and passed on."""

    title, noun = "来文", "件来文"
    columns = (
        Column(
            "title",
            "标题",
            sort=("title",),
            link=lambda row: reverse("duty-task", args=[row.pk]),
            note=lambda row: "，".join(filter(None, [row.issued_by, row.document_number])),
            width=50,
        ),
        Column("place", "布置党组织", sort=("place",), width=30),
        Column("received_on", "收到", sort=("received_on",)),
        Column("due_on", "期限", sort=("due_on",)),
        *COUNTS,
    )
    filters = (
        Text("q", "搜索", by=lambda rows, text: rows.filter(meant(text)), help="标题、文号、来文单位"),
        Choice(
            "state",
            "情况",
            by=_progress,
            offered=(("open", "未全部办结"), ("late", "有逾期")),
        ),
    )
    empty = EmptyState("还没有来文", "收到上级文件，登记后布置给下面的党组织。", Link("登记来文", "/duties/tasks/new/"))


class Measures(Listing):
    """The measures of a campaign."""

    title, noun = "措施", "项措施"
    columns = (
        Column("number", "序号", sort=("number",), number=True),
        Column("title", "措施", link=lambda row: reverse("duty-task", args=[row.pk]), width=50),
        Column("post", "责任职务", value=lambda row: POSTS.get(row.post, "")),
        Column("due_on", "期限", sort=("due_on",)),
        *COUNTS[:1],
        *COUNTS[2:],
    )
    default_sort = "number"
    empty = EmptyState("还没有措施", "把要做的逐项写成措施，再布置到党组织和职务。")


class Campaigns(Listing):
    """The campaigns."""

    title, noun = "主题教育", "个"
    columns = (
        Column("name", "名称", sort=("name",), link=lambda row: reverse("campaign", args=[row.pk]), width=40),
        Column("place", "组织者", sort=("place",), width=30),
        Column("starts_on", "开始", sort=("starts_on",)),
        Column("ends_on", "结束", sort=("ends_on",)),
        Column("number", "措施", sort=("number",), number=True),
    )
    filters = (Text("q", "搜索", by="name__icontains", help="名称"),)
    empty = EmptyState("还没有主题教育", "开展主题教育时，在这里写明总要求，分解措施。")


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation in the matrix of a campaign, with how far it is with each measure, by the measure's key."""

    organisation: int
    place: str
    cells: dict[int, Any]
    today: date

    @property
    def done(self) -> int:
        """How many measures are done."""
        return sum(cell.done_on is not None for cell in self.cells.values())

    @property
    def late(self) -> int:
        """How many are late."""
        late = (cell for cell in self.cells.values() if cell.done_on is None and cell.due_on < self.today)
        return sum(not is_waiting(cell.state, None) for cell in late)


def matrix_of(measures: Sequence[Task]) -> type[Listing]:
    """The matrix of organisations and measures, the worst first."""

    class Matrix(Listing):
        title, noun, paper = "各党组织落实情况", "个党组织", "a3"
        columns = (
            Column("place", "党组织", sort=("place",), width=32),
            Column("late", "逾期", sort=("late",), number=True),
            Column("done", "办结", sort=("done",), value=lambda row: row.done, note=lambda row: f"共 {len(row.cells)}"),
            *(_cell(measure) for measure in measures),
        )
        filters = (
            Text("q", "搜索", by="place", help="党组织名称"),
            Choice(
                "late",
                "情况",
                by=lambda rows, _: [row for row in rows if row.late],
                offered=(("late", "只看有逾期的"),),
            ),
        )
        default_sort = "-late"
        empty = EmptyState("还没有布置到党组织", "打开一项措施，点“布置”。")

    return Matrix


def _cell(measure: Task) -> Column:
    def value(row: Row) -> Tag | str:
        cell = row.cells.get(measure.pk)
        return tag_of(cell, row.today) if cell else ""

    def link(row: Row) -> str:
        cell = row.cells.get(measure.pk)
        return reverse("duty", args=[cell.pk]) if cell else ""

    return Column(f"measure{measure.pk}", f"措施{measure.number}", value=value, link=link)
