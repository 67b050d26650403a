"""党支部工作手册: the year of an organisation in one book, as Word and as PDF."""

from collections.abc import Callable, Iterator, Sequence

from dangwu.compliance.documents.wording import chinese_number
from dangwu.foundation.documents.paper import Block, Heading, Item, Layout, Note, Paper, Sentence, Table
from dangwu.members.models import Circumstances, Membership, Person, Post
from dangwu.organisations.models import BRANCH_KINDS
from dangwu.records.branch_years import BranchYear, on_day
from dangwu.records.documents.attendance import attendance_blocks
from dangwu.records.documents.hours import hours_of
from dangwu.records.documents.minutes import INK, minutes_blocks
from dangwu.records.documents.words import number_told, plain_day, served
from dangwu.records.models import Activity
from dangwu.rules.shapes import Level
from dangwu.workbench.papers.duties import Duty, failing

NOT_TOLD = "未登记"
UPRIGHT_COLUMNS = 6
"""Activities beside each other in the tables of attendance."""
LEVELS = {Level.FAILURE: ("不符合", "B3261E"), Level.WARNING: ("提醒", "8A5A00"), Level.HINT: ("提示", "5B5B5B")}
NOTHING_MISSING = "规则库中的各项要求没有发现缺漏。"
NOT_JUDGED = "本组织这一年没有对照规则库核对过。"
JUDGED_BY = "本章由系统对照规则库得出，供支部自查；是否整改，以党组织的判断为准。"

Asked = Sequence[Duty] | None
"""What was asked; None where nobody judged that."""
Chapter = Callable[[BranchYear, Asked], Iterator[Block]]


def handbook_paper(year: BranchYear, duties: Asked) -> Paper:
    """The whole book."""
    blocks = [block for number, chapter in enumerate(CHAPTERS, 1) for block in _chapter(number, chapter, year, duties)]
    return Paper(_title(year), year.on, [*_contents(), *blocks], layout=Layout(cover=_cover(year)))


def _title(year: BranchYear) -> str:
    return "党支部工作手册" if year.standing.kind in BRANCH_KINDS else "党组织工作手册"


def _cover(year: BranchYear) -> list[str]:
    above = [f"上级党组织：{year.above}"] if year.above else []
    return [f"{year.year}年度", year.standing.name, *above, f"（截至{plain_day(year.on)}）"]


def _contents() -> Iterator[Block]:
    yield Heading("目录")
    yield from (Sentence(f"{chinese_number(number)}、{title}") for number, title in enumerate(CHAPTERS.values(), 1))


def _chapter(number: int, chapter: Chapter, year: BranchYear, duties: Asked) -> Iterator[Block]:
    yield Heading(f"{chinese_number(number)}、{CHAPTERS[chapter]}", fresh=chapter is not _committee)
    yield from chapter(year, duties)


def _organisation(year: BranchYear, _duties: Asked) -> Iterator[Block]:
    own, members = year.standing.organisation, year.belonging(year.on)
    probationary = sum(_kind(year, person) == Membership.Kind.PROBATIONARY for person in members)
    facts = (
        ("组织全称", year.standing.name),
        ("组织类别", year.standing.get_kind_display()),
        ("上级党组织", year.above),
        ("建立日期", plain_day(own.founded_on)),
        ("党员人数", f"{len(members)}人，其中预备党员{probationary}人"),
        ("党小组", "、".join(group.name for group in year.groups if group.party_group)),
        ("本届任期", term_told(year)),
    )
    yield from (Item(f"{label}：", INK, told or NOT_TOLD) for label, told in facts)


def term_told(year: BranchYear) -> str:
    """The term of office in which the year ended."""
    term = year.term()
    if term is None:
        return ""
    until = term.postponed_until or term.until
    end = (
        f"至{plain_day(until)}{'（批准延期）' if term.postponed_until else ''}"
        if until
        else "起，届满日期按规定任期推算"
    )
    return f"{plain_day(term.started_on)}{end}"


def _committee(year: BranchYear, _duties: Asked) -> Iterator[Block]:
    posts = year.committee(year.on)
    if not posts:
        yield Sentence("名册上没有登记支部委员会成员。")
        return
    lines = [(Post.Kind(post.kind).label, post.person.name, _since(post)) for post in posts]
    yield Table(("党内职务", "姓名", "任职起始"), (50, 50, 56), lines)


def _since(post: Post) -> str:
    return "" if post.valid_from.year < 1950 else plain_day(post.valid_from)  # noqa: PLR2004 - nobody told since when


ROSTER_HEADS = ("序号", "姓名", "性别", "民族", "出生年月", "学历", "类别", "入党日期", "党小组", "党内职务")
ROSTER_WIDTHS = (9, 17, 9, 13, 17, 15, 19, 23, 20, 20)


def _roster(year: BranchYear, _duties: Asked) -> Iterator[Block]:
    people = year.belonging(year.on)
    if not people:
        yield Sentence("名册上没有登记党员。")
        return
    yield Table(ROSTER_HEADS, ROSTER_WIDTHS, [_member(year, n, person) for n, person in enumerate(people, 1)])
    yield Note("本表不列证件号码和电话。")


def _member(year: BranchYear, number: int, person: Person) -> tuple[str, ...]:
    membership = year.lines[person.pk].membership_on(year.on)
    post = year.post_on(person.pk, year.on)
    stay = on_day(year.lines[person.pk].stays, year.on)
    return (
        str(number),
        person.name,
        person.gender,
        person.ethnicity,
        person.birth[:7],
        person.education,
        membership.get_kind_display() if membership and membership.kind else "",
        str(membership.joined_on) if membership and membership.joined_on else "",
        stay.group.name if stay and stay.group else "",
        Post.Kind(post).label if post else _whereabouts(year, person),
    )


def _whereabouts(year: BranchYear, person: Person) -> str:
    row = on_day(year.lines[person.pk].circumstances, year.on)
    return Circumstances.Whereabouts(row.whereabouts).label if row and row.whereabouts else ""


def _kind(year: BranchYear, person: Person) -> str:
    membership = year.lines[person.pk].membership_on(year.on)
    return membership.kind if membership else ""


PLAN_HEADS = ("要求", "依据", "周期", "应办", "已办", "未到期", "免除")
PLAN_WIDTHS = (50, 39, 14, 12, 12, 15, 12)


def _plan(_year: BranchYear, duties: Asked) -> Iterator[Block]:
    asked = [duty for duty in duties or () if duty.level is not Level.HINT]
    if not asked:
        yield Sentence(NOT_JUDGED if duties is None else "规则库对本组织这一年没有要求。")
        return
    yield Table(PLAN_HEADS, PLAN_WIDTHS, [_asked(duty) for duty in asked])
    yield Note("应办和已办按次数计，对党员个人的要求按人数计；逾期补办的计入已办。")


def _asked(duty: Duty) -> tuple[str, ...]:
    its = duty.numbers
    return (duty.title, duty.clause, duty.each, *map(str, (duty.done + its.unmet, duty.done, its.pending, its.exempt)))


def _activities(year: BranchYear, _duties: Asked) -> Iterator[Block]:
    if not year.records:
        yield Sentence("这一年没有记录活动。")
    for number, record in enumerate(year.records, 1):
        yield Heading(f"（{chinese_number(number)}）{_called(year, record.activity)}", 2)
        yield from minutes_blocks(record, year.kinds, year.names, embedded=True)
    for name, times in year.confidential.items():
        yield Sentence(f"另有{name}{times}次，人员和内容不列入手册。")


def _called(year: BranchYear, activity: Activity) -> str:
    return f"{activity.held_on.month}月{activity.held_on.day}日　{served(activity, year.kinds)}"


def _attendance(year: BranchYear, _duties: Asked) -> Iterator[Block]:
    yield from attendance_blocks(year, UPRIGHT_COLUMNS)


HOURS_HEADS = ("姓名", "党小组", "学时", "计学时的活动", "下沉轮值天数", "轮值次数")
HOURS_WIDTHS = (30, 36, 20, 26, 24, 20)


def _hours(year: BranchYear, _duties: Asked) -> Iterator[Block]:
    lines = hours_of(year)
    if not lines:
        yield Sentence("名册上没有登记党员。")
        return
    cells = [
        (
            line.person.name,
            line.group,
            number_told(line.total.hours),
            str(line.total.studied),
            number_told(line.total.days),
            str(line.total.rotations),
        )
        for line in lines
    ]
    yield Table(HOURS_HEADS, HOURS_WIDTHS, cells)


def _missing(_year: BranchYear, duties: Asked) -> Iterator[Block]:
    if duties is None:
        yield Sentence(NOT_JUDGED)
        return
    found = list(failing(duties))
    if not found:
        yield Sentence(NOTHING_MISSING)
    for level, (word, ink) in LEVELS.items():
        for duty in (duty for duty in found if duty.level is level):
            yield Item(f"〔{word}〕", ink, f"{duty.title}。")
            yield from (Note(why) for why in duty.missing)
            yield Note(f"依据：{duty.clause}。补救：{duty.remedy}")
    yield Note(JUDGED_BY)


CHAPTERS: dict[Chapter, str] = {
    _organisation: "党组织基本情况",
    _committee: "支部委员会",
    _roster: "党员名册",
    _plan: "全年应办事项",
    _activities: "组织生活记录",
    _attendance: "考勤",
    _hours: "学时和下沉轮值",
    _missing: "缺漏和依据",
}
