"""Writing the rows of a roster: set-wise, some hundreds at a time, with the one writer of dated rows."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import Dated, as_of, change_many, open_lines
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.foundation.pinyin import spelled
from dangwu.foundation.sealing.sealed import seal
from dangwu.members.imports.drafting import DUES, PLAIN, SEALED
from dangwu.members.imports.known import anybody, indexes_of
from dangwu.members.models import Affiliation, Circumstances, Membership, Person, Post
from dangwu.members.services.posts import end_posts, follow
from dangwu.organisations.models import Group

CHUNK = 1_000
REASON = "导入名册"
DAYS = ("joined_on", "confirmed_on")
D = TypeVar("D", bound=Dated)
Pair = tuple[int, Json]
Then = Callable[[Sequence[Pair]], None]


def write_people(task: Task, rows: Iterable[Accepted], *, then: Then = lambda _pairs: None) -> None:
    """Register those who are new and change those who are known; `then` is told of every some hundred, by their keys,
    what their rows say. Part of an action. Raises OutdatedError.
    """
    open_deed().reason = open_deed().reason or REASON
    every, made = iter(rows), set[int]()
    while chunk := list(islice(every, CHUNK)):
        groups = _Groups(task.on, chunk)
        fresh = _register([row for row in chunk if row.target is None], groups, task.on, made)
        known = _Changing([row for row in chunk if row.target is not None], groups, task.on)
        known.all()
        then([*fresh, *known.drafts()])
        task.written()


class _Groups:
    """The groups that rows name, made where they are missing."""

    def __init__(self, on: date, rows: Iterable[Accepted]) -> None:
        drafts = [row.draft for row in rows if row.draft.get("group") and "organisation" in row.draft]
        named = {(draft["organisation"], draft["group"]): draft["unit"] for draft in drafts}
        places = {place for place, _ in named}
        kept = anybody(Group).filter(as_of(on), organisation__in=places) if named else ()
        self._keys = {(group.organisation_id, group.name): group.pk for group in kept}
        fresh = [line for line in named if line not in self._keys]
        made = open_lines([_group(named[line], line, on) for line in fresh])
        self._keys.update({line: group.pk for line, group in zip(fresh, made, strict=True)})

    def key(self, draft: Json) -> int | None:
        """The group into which a row puts somebody."""
        return self._keys[draft["organisation"], draft["group"]] if draft.get("group") else None


def _group(unit: int, line: tuple[int, str], on: date) -> Group:
    return Group(unit_id=unit, organisation_id=line[0], name=line[1], valid_from=on)


# --- those who are new


def _register(rows: Sequence[Accepted], groups: _Groups, on: date, made: set[int]) -> list[Pair]:
    if not rows:
        return []
    _refuse_known(rows, made)
    people = Person.objects.bulk_create([row.ready or _person(row) for row in rows])
    made.update(person.pk for person in people)
    pairs = [(person, row.draft) for person, row in zip(people, rows, strict=True)]
    open_lines([_membership(person, draft["told"], on) for person, draft in pairs])
    open_lines([_affiliation(person, draft, groups, on) for person, draft in pairs])
    open_lines([_circumstances(person, draft["told"], on) for person, draft in pairs if _employed(draft)])
    drafts = [(int(person.pk), draft) for person, draft in pairs]
    _take_posts(drafts, on)
    return drafts


def _refuse_known(rows: Sequence[Accepted], made: Container[int]) -> None:
    """Nobody is registered twice, however long ago the file was read: by number, else by name and birth. Those whom
    this import has `made` itself were told apart when it was staged.
    """
    numbers = {index: row for row in rows if (number := _told(row, "identity_number")) for index in indexes_of(number)}
    births = {(_told(row, "name"), birth): row for row in rows if (birth := _told(row, "birth_date"))}
    again = []
    columns = ("pk", "name", "birth", "identity_index")
    for pk, name, *_ in _everybody(identity_index__in=list(numbers)).values_list(*columns):
        again += [name] if pk not in made else []
    for pk, name, birth, index in _everybody(name__in=list({name for name, _ in births})).values_list(*columns):
        row = births.get((name, birth))
        if row and pk not in made and "asked" not in row.draft and not (index and _told(row, "identity_number")):
            again.append(name)
    if again:
        raise OutdatedError(again)


def _everybody(**lookup: Any) -> Any:  # noqa: ANN401 - a queryset of people by any column
    return anybody(Person).filter(**lookup, unit__is_trial=False)


def _told(row: Accepted, name: str) -> str:
    return str(row.draft["told"].get(name, ""))


def with_person(row: Accepted) -> Accepted:
    """A row of somebody new with the person as he will be written: his numbers sealed, his name spelled."""
    return row if row.target is not None else row._replace(ready=_person(row))


def _person(row: Accepted) -> Person:
    person = Person(unit_id=row.draft["unit"])
    _describe(person, row.draft["told"])
    return person


def _describe(person: Person, told: Mapping[str, str]) -> None:
    """Put what is told into the columns of a person."""
    for name, column in PLAIN.items():
        if name in told:
            setattr(person, column, told[name])
    for name, column in SEALED.items():
        if name in told:
            setattr(person, column, seal(told[name], owner=person.uid, field=f"members.person.{column}"))
    if "name" in told:
        spelling = spelled(told["name"])
        person.pinyin, person.initials = spelling.whole[:200], spelling.initials[:60]


def _membership(person: Person, told: Mapping[str, str], on: date) -> Membership:
    row = Membership(unit_id=person.unit_id, person_id=person.pk, kind=told.get("member_kind", ""), valid_from=on)
    for name, value in _days_and_dues(told).items():
        setattr(row, name, value)
    return row


def _days_and_dues(told: Mapping[str, str]) -> dict[str, Any]:
    days = {name: date.fromisoformat(told[name]) for name in DAYS if name in told}
    return days | {name: Decimal(told[name]) for name in DUES if name in told}


def _affiliation(person: Person, draft: Json, groups: _Groups, on: date) -> Affiliation:
    place, group = draft["organisation"], groups.key(draft)
    return Affiliation(unit_id=draft["unit"], person_id=person.pk, organisation_id=place, group_id=group, valid_from=on)


def _circumstances(person: Person, told: Mapping[str, str], on: date) -> Circumstances:
    return Circumstances(unit_id=person.unit_id, person_id=person.pk, employment=told["employment_kind"], valid_from=on)


def _employed(draft: Json) -> bool:
    return "employment_kind" in draft.get("told", {})


# --- those who are known


class _Changing:
    """The people of some rows, with what holds of them on the day; each is read as it was when the file was staged."""

    def __init__(self, rows: Sequence[Accepted], groups: _Groups, on: date) -> None:
        self._groups = groups
        self._on = on
        self._rows = {row.target: row for row in rows if row.target is not None}
        people = anybody(Person).filter(pk__in=list(self._rows)).select_for_update()
        self._people = {person.pk: person for person in people}
        self._refuse([self._people[pk].name for pk, row in self._rows.items() if self._moved_on(pk, row)])

    def _moved_on(self, pk: int, row: Accepted) -> bool:
        return bool(self._people[pk].version != row.basis["person"])

    @staticmethod
    def _refuse(names: Sequence[str]) -> None:
        if names:
            raise OutdatedError(names)

    def all(self) -> None:
        """Write everything that differs."""
        if not self._rows:
            return
        self._describe()
        self._memberships()
        self._settle()
        self._move()
        self._end_posts()
        for post in _take_posts(self.drafts(), self._on):
            follow(post, self._on)

    def drafts(self) -> list[Pair]:
        """What the rows of each say."""
        return [(pk, row.draft) for pk, row in self._rows.items()]

    def _drafts(self, *names: str) -> Iterator[tuple[int, Json]]:
        """The rows that tell one of these fields."""
        for pk, row in self._rows.items():
            if not row.draft.get("told", {}).keys().isdisjoint(names):
                yield pk, row.draft["told"]

    def _describe(self) -> None:
        changed = []
        for pk, told in self._drafts(*PLAIN, *SEALED):
            _describe(self._people[pk], told)
            changed.append(self._people[pk])
        columns = [*PLAIN.values(), "pinyin", "initials", *SEALED.values()]
        indexes = [f"{column}_{part}" for column in SEALED.values() for part in ("index", "tail")]
        if changed:
            anybody(Person).bulk_update(changed, [*columns, *indexes])

    def _kept(self, model: type[D], name: str, pks: Iterable[int]) -> dict[int, D]:
        """Rows of the day by person. Raises OutdatedError where one is not the one that was staged."""
        wanted = list(pks)
        rows = anybody(model).filter(as_of(self._on), person__in=wanted)
        kept: dict[int, D] = {row.person_id: row for row in rows}
        moved = [pk for pk in wanted if self._rows[pk].basis.get(name) != _version_of(kept.get(pk))]
        self._refuse([self._people[pk].name for pk in moved])
        return kept

    def _memberships(self) -> None:
        """A stage and dues change on a day; days of joining and confirmation were always so, and are mended."""
        told = dict(self._drafts("member_kind", *DUES, *DAYS))
        kept = self._kept(Membership, "membership", told)
        fresh = [pk for pk in told if pk not in kept]
        open_lines([_membership(self._people[pk], told[pk], self._on) for pk in fresh])
        mended, changed = [], defaultdict(list)
        for pk, row in kept.items():
            new = _days_and_dues(told[pk])
            if told[pk].keys().isdisjoint({"member_kind", *DUES}):
                mended.append(_with(row, new))
            else:
                kind = told[pk].get("member_kind", row.kind)
                changed[self._since(row, told[pk])].append((row, {**_stage(row), **new, "kind": kind}))
        if mended:
            anybody(Membership).bulk_update(mended, list(DAYS))
        for day, pairs in changed.items():
            change_many([row for row, _ in pairs], on=day, new=[new for _, new in pairs])

    def _since(self, row: Membership, told: Mapping[str, str]) -> date:
        """Somebody is a full member from the day of his confirmation, where that lies in the row; else since the day of
        the import.
        """
        if told.get("member_kind") == Membership.Kind.FULL and "confirmed_on" in told:
            confirmed = date.fromisoformat(told["confirmed_on"])
            return confirmed if row.valid_from < confirmed <= self._on else self._on
        return self._on

    def _settle(self) -> None:
        told = dict(self._drafts("employment_kind"))
        kept = self._kept(Circumstances, "circumstances", told)
        open_lines([_circumstances(self._people[pk], told[pk], self._on) for pk in told if pk not in kept])
        new = [{"employment": told[pk]["employment_kind"]} for pk in kept]
        change_many(list(kept.values()), on=self._on, new=new)

    def _move(self) -> None:
        """Where people belong from the day on; with the old branch they leave their posts there."""
        drafts = {pk: row.draft for pk, row in self._rows.items() if "organisation" in row.draft}
        kept = self._kept(Affiliation, "affiliation", drafts)
        fresh = [pk for pk in drafts if pk not in kept]
        open_lines([_affiliation(self._people[pk], drafts[pk], self._groups, self._on) for pk in fresh])
        leaving = {pk: row.organisation_id for pk, row in kept.items()}
        new = [{"organisation_id": drafts[pk]["organisation"], "group_id": self._groups.key(drafts[pk])} for pk in kept]
        change_many(list(kept.values()), on=self._on, new=new)
        moved = {pk for pk, old in leaving.items() if old != drafts[pk]["organisation"]}
        posts = anybody(Post).filter(as_of(self._on), person__in=moved)
        end_posts([post for post in posts if post.organisation_id == leaving[post.person_id]], on=self._on)

    def _end_posts(self) -> None:
        """Posts that the roster no longer names, and those that somebody else takes over."""
        told = [pair for row in self._rows.values() for pair in row.draft.get("left", ())]
        _end_posts(told, self._on)


def _stage(row: Membership) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*DAYS, *DUES)}


def _with(row: D, new: Mapping[str, Any]) -> D:
    for name, value in new.items():
        setattr(row, name, value)
    return row


def _version_of(row: Dated | None) -> list[int] | None:
    return None if row is None else [row.pk, row.version]


# --- posts


def _end_posts(told: Sequence[Sequence[int]], on: date) -> None:
    versions = {pair[0]: pair[1] for pair in told}
    posts = list(anybody(Post).filter(pk__in=versions).select_related("person"))
    moved = [post.person.name for post in posts if post.version != versions[post.pk]]
    if moved or len(posts) < len(versions):
        raise OutdatedError(moved or ["党内职务"])
    end_posts([post for post in posts if post.valid_until > on], on=on)


def _take_posts(drafts: Sequence[tuple[int, Json]], on: date) -> list[Post]:
    """Let people hold the posts that their rows name; whoever must make room leaves first."""
    _end_posts([pair for _, draft in drafts for pair in draft.get("relieved", ())], on)
    return open_lines(
        [
            Post(unit_id=draft["unit"], person_id=pk, organisation_id=where, kind=kind, valid_from=on)
            for pk, draft in drafts
            for kind, where in draft.get("posts", ())
        ]
    )
