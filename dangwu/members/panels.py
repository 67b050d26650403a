"""The panels of a member's page: what holds on a day, why it is held, and the ways to change it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from dangwu.foundation.history import Dated
from dangwu.foundation.pages.finding import SHOWN, Found
from dangwu.foundation.pages.parts import Datum, DefinitionList, Link, Tag
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import DAWN
from dangwu.members.ages import age_on, party_standing
from dangwu.members.held import HeldField, HeldRow, about
from dangwu.members.listings import ON_THE_WAY, TONES
from dangwu.members.models import Affiliation, Circumstances, GroupPlace, Membership, Person, Post
from dangwu.members.queries import called, names_of
from dangwu.members.roster import belonging

WAYS: dict[Any, tuple[tuple[str, str], ...]] = {
    Membership: (("变更党籍", "member-advance"),),
    Affiliation: (("转接组织关系", "member-transfer"), ("调整小组", "member-regroup"), ("转出本系统", "member-leave")),
    Circumstances: (("变更状况", "member-settle"),),
    Post: (("登记任职", "post-take"),),
    GroupPlace: (("编入小组", "member-join-group"),),
}
ENDINGS: dict[Any, tuple[str, str]] = {Post: ("卸任", "post-leave"), GroupPlace: ("退出", "member-leave-group")}
KINDS = {Membership.Kind.FULL: "good", Membership.Kind.PROBATIONARY: "soon", Membership.Kind.ENDED: "overdue"}
EMPTY: dict[Any, str] = {
    Membership: "未登记党籍",
    Affiliation: "不在任何党组织",
    Circumstances: "未登记",
    Post: "没有党内职务",
}


class Item(NamedTuple):
    """A row in a panel: what it says, since when, and how to end it."""

    text: str
    since: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One matter of a member's page."""

    title: str
    items: Sequence[Item]
    data: DefinitionList | None
    ways: Sequence[Link]
    empty: str = ""


class Head(NamedTuple):
    """What stands below the name."""

    tags: Sequence[Tag]
    words: str


class Past(NamedTuple):
    """A dated row as the list of all of them shows it."""

    title: str
    summary: str
    since: str
    until: str
    ways: Sequence[Link]


def in_force(lines: Sequence[HeldRow], model: Any, on: date) -> list[HeldRow]:  # noqa: ANN401 - a model of dated rows
    """The rows of one line that hold on a day."""
    return [held for held in lines if isinstance(held.row, model) and held.row.in_force(on)]


def head_of(person: Person, lines: Sequence[HeldRow], on: date) -> Head:
    """Tags and a line of words about somebody on a day."""
    memberships = [held.row for held in in_force(lines, Membership, on)]
    tags, words = [], []
    for row in memberships:
        assert isinstance(row, Membership)
        tags.append(
            Tag(
                row.get_kind_display() or "未登记党籍",
                KINDS.get(Membership.Kind(row.kind), "hint") if row.kind else "hint",
            )
        )
        years = party_standing(row, on)
        words += [f"党龄 {years} 年"] if years is not None else []
    for held in in_force(lines, Circumstances, on):
        assert isinstance(held.row, Circumstances)
        tags += _circumstance_tags(held.row)
    age = age_on(person.birth, on)
    places = [held.summary for held in in_force(lines, Affiliation, on)]
    posts = _posts_briefly(in_force(lines, Post, on), in_force(lines, Affiliation, on))
    return Head(tags, "，".join([*places, *words, *([f"{age} 岁"] if age is not None else []), *posts]))


def _posts_briefly(posts: Sequence[HeldRow], places: Sequence[HeldRow]) -> list[str]:
    """Posts; where one is elsewhere than where he belongs, it says where."""
    own = {held.row.organisation_id for held in places}
    return [held.row.get_kind_display() if held.row.organisation_id in own else held.summary for held in posts]


def _circumstance_tags(row: Circumstances) -> list[Tag]:
    tags = [Tag(row.get_employment_display())] if row.employment else []
    if row.whereabouts:
        tags.append(Tag(row.get_whereabouts_display(), TONES.get(Circumstances.Whereabouts(row.whereabouts), "hint")))
    return tags + ([Tag("年老体弱")] if row.infirm else [])


def panels_of(person: Person, lines: Sequence[HeldRow], on: date, *, keeps: bool) -> list[Panel]:
    """What holds on a day, line by line."""
    return [_panel(person, lines, model, on, keeps=keeps) for model in WAYS]


def _panel(person: Person, lines: Sequence[HeldRow], model: Any, on: date, *, keeps: bool) -> Panel:  # noqa: ANN401 - a model of dated rows
    held = in_force(lines, model, on)
    items = [
        Item(row.summary, f"{row.since} 起" if row.row.valid_from != DAWN else "", _ending(person, row, keeps=keeps))
        for row in held
    ]
    ways = [Link(title, reverse(name, args=[person.pk])) for title, name in WAYS[model]] if keeps else []
    data = _membership_data(held) if model is Membership else None
    return Panel(str(model._meta.verbose_name), items, data, ways, EMPTY.get(model, "没有"))  # noqa: SLF001 - Django's own way


def _ending(person: Person, held: HeldRow, *, keeps: bool) -> Link | None:
    ending = ENDINGS.get(type(held.row))
    return Link(ending[0], reverse(ending[1], args=[person.pk, held.row.pk])) if keeps and ending else None


def _membership_data(held: Sequence[HeldRow]) -> DefinitionList:
    known, further = {"joined_on", "confirmed_on"}, {"dues_base", "dues_paid"}
    fields = [
        field
        for row in held
        for field in row.fields()
        if field.told.name in known or (field.told.name in further and field.value is not None)
    ]
    return DefinitionList([Datum(field.title, field.value, field.told.told.purpose) for field in fields])


def own_panel(person: Person, *, keeps: bool, reveals: bool) -> Panel:
    """What is told of him that has no history."""
    data = [
        _datum(person, field, reveals=reveals) for field in about(person).fields() if field.told.name != "account_id"
    ]
    ways = [Link("修改", reverse("member-describe", args=[person.pk]))] if keeps else []
    return Panel("基本情况", [], DefinitionList(data), ways)


def _datum(person: Person, field: HeldField, *, reveals: bool) -> Datum:
    value = field.value
    url = reverse("member-reveal", args=[person.pk, field.told.name]) if field.is_masked and reveals and value else ""
    return Datum(field.title, value, field.told.told.purpose, reveal_url=url)


def admission_panel(person: Person, held: Sequence[HeldRow], *, keeps: bool) -> Panel:
    """How far his way into the Party went: the steps that were taken, in their order."""
    fields = [field for row in held for field in row.fields() if field.value]
    data = DefinitionList([Datum(field.title, field.value, field.told.told.purpose) for field in fields])
    ways = [Link("修改" if held else "登记", reverse("member-admission", args=[person.pk]))] if keeps else []
    return Panel("发展情况", [], data if fields else None, ways, "" if fields else "没有登记。")


def is_on_the_way(lines: Sequence[HeldRow], on: date) -> bool:
    """Whether somebody is on his way into the Party on a day, up to the end of probation."""
    kinds = {held.row.kind for held in in_force(lines, Membership, on)}
    return not kinds.isdisjoint({*ON_THE_WAY, Membership.Kind.PROBATIONARY})


def account_panel(person: Person, *, may_link: bool) -> Panel:
    """With which account he signs in."""
    if person.account is None:
        ways = [Link("关联账号", reverse("member-link", args=[person.pk]))] if may_link else []
        return Panel("登录账号", [], None, ways, "没有关联账号，本人还不能登录查看自己的记录。")
    items = [Item(f"{person.account.name}（{person.account.username}）", "", None)]
    ways = [Link("解除关联", reverse("member-unlink", args=[person.pk]))] if may_link else []
    return Panel("登录账号", items, None, ways)


def past_rows(person: Person, lines: Sequence[HeldRow]) -> list[Past]:
    """Every dated row with the ways to its correction."""
    left = {held.row.valid_until: held.row for held in lines if isinstance(held.row, Affiliation)}
    return [
        Past(held.title, held.summary, held.since, held.until, list(_corrections(person, held.row, left)))
        for held in lines
    ]


def _corrections(person: Person, row: Dated, left: Mapping[date, Affiliation]) -> Iterator[Link]:
    """How a row is corrected; one that began with a transfer together with the row before it."""
    if isinstance(row, Affiliation) and (before := left.get(row.valid_from)):
        yield Link(arrival_words(before, row), reverse("member-correct-transfer", args=[person.pk, row.pk]))
    yield Link("更正", reverse("member-correct", args=[person.pk, row._meta.model_name, row.pk]))  # noqa: SLF001 - Django's own way


def arrival_words(before: Affiliation, row: Affiliation) -> str:
    """What the correction of how somebody came to a row is called."""
    return "更正调整小组" if before.organisation_id == row.organisation_id else "更正转接"


def found_people(scope: Scope, text: str, as_of: AsOf, *, most: int = SHOWN + 1) -> list[Found]:
    """The people that a few typed characters may mean, each with where he belongs."""
    if not text.strip():
        return []
    rows = list(belonging(scope).filter(called(text, "person__")).order_by("person__pinyin", "pk")[:most])
    names = names_of(row.organisation_id for row in rows)
    return [
        Found(
            row.person.name,
            reverse("member", args=[row.person_id]) + as_of.parameter,
            names(row.organisation_id, scope.on),
            str(row.person_id),
        )
        for row in rows
    ]
