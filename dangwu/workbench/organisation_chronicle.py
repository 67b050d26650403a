"""What happened to an organisation: its names and places, what came below it and left, its members in reorganisations,
its groups, its elections and secretaries.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, groupby, pairwise

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from dangwu.foundation.pages.parts import Event
from dangwu.kernel.span import DAWN, FAR
from dangwu.members.models import Affiliation, Post
from dangwu.members.queries import names_of
from dangwu.organisations.models import Group, Organisation, Standing, Term
from dangwu.organisations.queries import chapters

AT_HAND = "the organisation is at hand already"
SECRETARIES = (Post.Kind.SECRETARY, Post.Kind.DEPUTY_SECRETARY, Post.Kind.DISCIPLINE_SECRETARY)
NAMED = 4  # as many names as one reads in a line
Names = Callable[[int, date], str]
Move = tuple[date, str, str]  # the day, what happened below, to which organisation


def chronicle(organisation: Organisation, terms: Iterable[Term], *, today: date) -> list[Event]:
    """Its whole history, the latest first; what was decided for a day to come is marked as ahead."""
    told = chain(
        *(tell(organisation) for tell in (_chapters, _below, _members, _groups, _secretaries)), _elections(terms)
    )
    events = [event for event in told if event.day not in {DAWN, FAR}]
    events = [replace(event, ahead=event.day > today) for event in events]
    return sorted(events, key=lambda event: event.day, reverse=True)


# --- what it was called, and where it stood


def _chapters(organisation: Organisation) -> Iterator[Event]:
    its = list(chapters(organisation))
    names = names_of({chapter.parent_id for chapter in its if chapter.parent_id})
    yield Event(its[0].valid_from, f"成立，名称为“{its[0].name}”", _under(its[0], names), kind="建立")
    for before, after in pairwise(its):
        yield from _changes(before, after, names)
    yield Event(its[-1].valid_until, f"“{its[-1].name}”不再存在", kind="撤销")


def _changes(before: Standing, after: Standing, names: Names) -> Iterator[Event]:
    day = after.valid_from
    if before.kind != after.kind:
        told = f"由{before.get_kind_display()}改设为{after.get_kind_display()}"
        yield Event(day, told, f"名称为“{after.name}”" if before.name != after.name else "", kind="改设")
    elif before.name != after.name:
        yield Event(day, f"由“{before.name}”更名为“{after.name}”", kind="更名")
    if before.parent_id != after.parent_id:
        left = names(before.parent_id, day - timedelta(days=1)) if before.parent_id else ""
        yield Event(day, _under(after, names) or "不再隶属于上级组织", f"此前隶属于{left}" if left else "", kind="隶属")
    elif before.path != after.path:
        yield Event(day, "随上级组织一同调整", kind="隶属")


def _under(standing: Standing, names: Names) -> str:
    return f"隶属于{names(standing.parent_id, standing.valid_from)}" if standing.parent_id else ""


# --- what stood below it


def _below(organisation: Organisation) -> Iterator[Event]:
    """What came below it and left, one event for all that happened in the same way on a day."""
    moves = sorted(_moves_below(organisation.pk), key=lambda move: move[:2])
    for (day, what), same in groupby(moves, key=lambda move: move[:2]):
        yield Event(day, f"{what}：{_some([name for _, _, name in same])}", kind="下级")


def _moves_below(pk: int) -> Iterator[Move]:
    every = Standing.objects.unscoped(AT_HAND)
    ever_here = every.filter(parent=pk).values("organisation")
    rows = every.filter(organisation__in=ever_here).order_by("organisation", "valid_from")
    for _, its in groupby(rows, key=lambda row: row.organisation_id):
        yield from _moves_of(pk, list(its))


def _moves_of(pk: int, its: list[Standing]) -> Iterator[Move]:
    """What one organisation that was ever below another did there."""
    if its[0].parent_id == pk:
        yield its[0].valid_from, "新建", its[0].called
    for before, after in pairwise(its):
        if before.parent_id != pk == after.parent_id:
            yield after.valid_from, "划入", after.called
        elif before.parent_id == pk != after.parent_id:
            yield after.valid_from, "划出", before.called
    if its[-1].parent_id == pk:
        yield its[-1].valid_until, "撤销", its[-1].called


def _some(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + (f"等 {len(names)} 个" if len(names) > NAMED else "")


# --- its members, where organisations began or ended


def _members(organisation: Organisation) -> Iterator[Event]:
    """Who came and went with organisations that were merged, split or dissolved. Others come and go by themselves."""
    rows = Affiliation.objects.unscoped(AT_HAND).filter(organisation=organisation)
    came = rows.filter(
        Q(person__affiliations__organisation__dissolved_on=F("valid_from"))
        | Q(organisation__founded_on=F("valid_from")),
        person__affiliations__valid_until=F("valid_from"),
    )
    went = rows.filter(
        Q(person__affiliations__organisation__founded_on=F("valid_until"))
        | Q(organisation__dissolved_on=F("valid_until")),
        person__affiliations__valid_from=F("valid_until"),
    )
    yield from _crowds(_counted(came, "valid_from"), "名党员由“{}”转入", timedelta(days=1))
    yield from _crowds(_counted(went, "valid_until"), "名党员转入“{}”", timedelta(0))


def _counted(rows: QuerySet[Affiliation], day: str) -> list[tuple[date, int, int]]:
    """Days, the other organisations, and how many people."""
    other = "person__affiliations__organisation"
    return list(rows.values_list(day, other).annotate(Count("person", distinct=True)).order_by(day, other))


def _crowds(counted: Iterable[tuple[date, int, int]], words: str, ago: timedelta) -> Iterator[Event]:
    names = names_of({other for _, other, _ in counted})
    for day, other, number in counted:
        yield Event(day, f"{number} {words.format(names(other, day - ago))}", kind="党员")


# --- its groups


def _groups(organisation: Organisation) -> Iterator[Event]:
    """Which were formed and which ended; a group that becomes one of other kinds goes on. All end with the whole."""
    rows = list(Group.objects.unscoped(AT_HAND).filter(organisation=organisation))
    began, ended = ({(getattr(row, end), row.name) for row in rows} for end in ("valid_from", "valid_until"))
    for what, told in (("设立", began - ended), ("撤销", ended - began)):
        for day, same in groupby(sorted(told), key=lambda each: each[0]):
            if day != organisation.dissolved_on:
                yield Event(day, f"{what}：{_some([name for _, name in same])}", kind="小组")


# --- elections and secretaries


def _elections(terms: Iterable[Term]) -> Iterator[Event]:
    days = (term.started_on for term in terms)
    yield from (Event(day, "换届选举", kind="换届") for day in days if day)


def _secretaries(organisation: Organisation) -> Iterator[Event]:
    rows = Post.objects.unscoped(AT_HAND).filter(organisation=organisation, kind__in=SECRETARIES)
    for post in rows.select_related("person"):
        url = reverse("member", args=[post.person_id])
        name, title = post.person.name, post.get_kind_display()
        yield Event(post.valid_from, f"{name}任{title}", url=url, kind="任职")
        yield Event(post.valid_until, f"{name}不再任{title}", url=url, kind="卸任")
