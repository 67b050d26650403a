"""Whose the touched rows are: from people, activities and places in the tree to organisations, set-wise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from dangwu.compliance.living.rows import every
from dangwu.compliance.living.touching import ALWAYS, LECTURE, Spans, Touched, one
from dangwu.foundation.portions import portions
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import line_of
from dangwu.members.models import Affiliation, Post
from dangwu.organisations.models import Organisation, Standing
from dangwu.records.models import Absence, Activity, Part, Participation, Service

CHUNK = 1_000
MANY = 10_000  # people; where more are touched, the whole unit is judged again


def organisations_of(touched: Touched) -> Spans | None:
    """The organisations that are touched, each with its days. None where it may be all of the unit."""
    if len(touched.people) + len(touched.counted) > MANY or _is_first(touched):
        return None
    found, above = Spans(touched.organisations), Spans(touched.above)
    counted = _places_of(touched.counted)
    above.add_all(counted)
    for more in (
        counted,
        _of_activities(touched),
        _places_of(touched.people),
        _places_of(touched.holders),
        _offices_of(touched.holders),
        _around(touched.around),
        _above(above, touched.paths),
    ):
        found.add_all(more)
    return found


# --- activities


def _of_activities(touched: Touched) -> Spans:
    """Whom activities served, whose people were there or away, whose secretary lectured."""
    found, held, lectures = Spans(), Spans(touched.held), set(touched.lectures)
    attending, named = set(touched.attending), dict(touched.named)
    _find_days(held, {activity for _, activity in attending} - held.keys())
    for keys in portions(held):
        rows = every(Service).filter(activity__in=keys).values_list("activity", "organisation", "kind")
        for activity, organisation, kind in rows:
            found.add(organisation, held[activity])
            if kind == LECTURE:
                lectures.add(activity)
        attending |= set(_of_activity(every(Absence), keys)) | set(_of_activity(every(Participation), keys))
    found.add_all(_members_of(attending, held))
    if lectures:
        _find_names(named, lectures, held)
        found.add_all(_led_by(named, touched.units))
        found.add_all(_led_by_lecturers(lectures, held))
    return found


def _led_by_lecturers(lectures: Iterable[int], held: Mapping[int, Span]) -> Spans:
    """The organisations led by those who lectured, by key: they may be called otherwise by now."""
    days, found = Spans(), Spans()
    for keys in portions(lectures):
        rows = every(Part).filter(activity__in=keys, role=Part.Role.LECTURER, person__isnull=False)
        for person, activity in rows.values_list("person", "activity"):
            days.add(person, held.get(activity, ALWAYS))
    for keys in portions(days):
        posts = every(Post).filter(person__in=keys, kind=Post.Kind.SECRETARY)
        for organisation, person in posts.values_list("organisation", "person"):
            found.add(organisation, days[person])
    return found


def _of_activity(rows: Any, keys: Sequence[int]) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - who came, or was away
    yield from rows.filter(activity__in=keys, person__isnull=False).values_list("person", "activity")


def _find_days(held: Spans, unknown: Iterable[int]) -> None:
    for keys in portions(unknown):
        for pk, held_on in every(Activity).filter(pk__in=keys).values_list("pk", "held_on"):
            held.add(pk, one(held_on))


def _find_names(named: dict[str, Span], lectures: Iterable[int], held: Spans) -> None:
    for keys in portions(lectures):
        for pk, *names in every(Activity).filter(pk__in=keys).values_list("pk", "lecturer", "chair"):
            named.update({name: held.get(pk, ALWAYS) for name in names if name and name not in named})


def _members_of(attending: Iterable[tuple[int, int]], held: Mapping[int, Span]) -> Spans:
    """The organisations of people who were there or away, whenever they belonged there from that day on."""
    days = Spans()
    for person, activity in attending:
        days.add(person, held.get(activity, ALWAYS))
    found = Spans()
    for organisation, person, _, until in _affiliations(days):
        if until > days[person].start:
            found.add(organisation, days[person])
    return found


def _led_by(named: Mapping[str, Span], units: Iterable[int]) -> Spans:
    """The organisations whose secretary is named, be it with a title."""
    found = Spans()
    posts = every(Post).filter(unit__in=units, kind=Post.Kind.SECRETARY)
    told = every(Organisation).filter(unit__in=units).exclude(secretary="")
    leads = [*posts.values_list("organisation", "person__name"), *told.values_list("pk", "secretary")]
    for organisation, secretary in leads:
        for name, span in named.items():
            if secretary in name:
                found.add(organisation, span)
    return found


# --- people


def _affiliations(people: Mapping[int, Span]) -> Iterator[tuple[int, int, Any, Any]]:
    for keys in portions(people):
        rows = every(Affiliation).filter(person__in=keys)
        yield from rows.values_list("organisation", "person", "valid_from", "valid_until")


def _places_of(people: Mapping[int, Span]) -> Spans:
    """The organisations to which people belonged on the days that are touched."""
    found = Spans()
    for organisation, person, since, until in _affiliations(people):
        if days := people[person].intersection(Span(since, until)):
            found.add(organisation, days)
    return found


def _offices_of(people: Mapping[int, Span]) -> Spans:
    found = Spans()
    for keys in portions(people):
        rows = every(Post).filter(person__in=keys)
        for organisation, since, until in rows.values_list("organisation", "valid_from", "valid_until"):
            found.add(organisation, Span(since, until))
    return found


# --- the tree


def _around(organisations: Mapping[int, Span]) -> Spans:
    """What stands next above an organisation looks whether it is its discipline committee, what stands next below what
    kind it is.
    """
    found = Spans()
    for keys in portions(organisations):
        rows = every(Standing).filter(Q(parent__in=keys) | Q(organisation__in=keys))
        for organisation, parent in rows.values_list("organisation", "parent"):
            if parent in organisations:
                found.add(organisation, organisations[parent])
            if organisation in organisations:
                found.add(parent, organisations[organisation])
    return found


def _above(organisations: Mapping[int, Span], paths: Mapping[str, Span]) -> Spans:
    """All that stood above on the days that are touched: it counts the people below."""
    days = dict(paths)
    for keys in portions(organisations):
        rows = every(Standing).filter(organisation__in=keys)
        for organisation, path, since, until in rows.values_list("organisation", "path", "valid_from", "valid_until"):
            if there := organisations[organisation].intersection(Span(since, until)):
                days[path] = (
                    there
                    if path not in days
                    else Span(min(days[path].start, there.start), max(days[path].end, there.end))
                )
    steps: dict[str, Span] = {}
    for path, span in days.items():
        for step in line_of(path)[:-1]:
            known = steps.get(step, span)
            steps[step] = Span(min(known.start, span.start), max(known.end, span.end))
    found = Spans()
    for some in portions(steps):
        for organisation, path in every(Standing).filter(path__in=some).values_list("organisation", "path"):
            found.add(organisation, steps[path])
    return found


# --- what says something of everybody


def _is_first(touched: Touched) -> bool:
    """Whether a row is the first or the last of those whose being there tells something of everybody: where no posts
    are known, nobody is known to hold none.
    """
    posts = every(Post).filter(unit__in=touched.units)
    grouped = every(Affiliation).filter(unit__in=touched.units, group__isnull=False)
    return (
        _is_alone(posts, touched.posts)
        or _is_alone(grouped, touched.grouped)
        or any(_is_alone_in(touched, kind, year) for kind, year in _kinds_and_years(touched))
    )


def _is_alone(rows: Any, changed: Mapping[int, Span]) -> bool:  # noqa: ANN401 - a queryset of dated rows
    """Whether on some of the days no other row holds; told so, too, where it would take several to see."""
    if not changed:
        return False
    first, last = min(span.start for span in changed.values()), max(span.end for span in changed.values())
    others = rows.filter(valid_from__lte=first, valid_until__gte=last)
    if len(changed) <= CHUNK:
        others = others.exclude(pk__in=list(changed))
    return not others.exists()


def _kinds_and_years(touched: Touched) -> set[tuple[str, int]]:
    return {(kind, span.start.year) for kind, held in touched.by_name.items() for span in held.values()}


def _is_alone_in(touched: Touched, kind: str, year: int) -> bool:
    """Whether nobody else of the unit is named in a year for such an activity."""
    rows = every(Participation).filter(unit__in=touched.units, activity__services__kind=kind, person__isnull=False)
    others, mine = rows.filter(activity__held_on__year=year), touched.by_name[kind]
    if len(mine) <= CHUNK:
        others = others.exclude(activity__in=list(mine))
    return not others.exists()
