"""Writing posts and terms, a thousand at a time. Whoever has an account gets, and loses, what goes with a post from the
day of the import.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import close_many, open_lines
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.foundation.portions import portions
from dangwu.kernel.span import FAR
from dangwu.members.imports.known import anybody
from dangwu.members.models import Post
from dangwu.members.services.posts import follow_many, refuse_clashes
from dangwu.organisations.models import Term

REASON = "导入党内职务表"


def write_posts(task: Task, rows: Iterable[Accepted]) -> None:
    """Register what is new and mend what is told otherwise. Part of an action. Raises OutdatedError, ObjectionError."""
    open_deed().reason = open_deed().reason or REASON
    drafts = [row.draft for row in rows]
    _relieve([told for draft in drafts for told in draft.get("relieved", ())], task.on)
    _mend([told for draft in drafts for told in draft.get("mended", ())], task.on)
    for chunk in portions([told for draft in drafts for told in draft.get("new", ())]):
        _take(chunk, task.on)
        task.written()
    for chunk in portions([draft["term"] for draft in drafts if "term" in draft]):
        _tell_terms(chunk)
        task.written()


def _locked(told: Mapping[int, int]) -> dict[int, Post]:
    """Posts by their keys, each still of the version that was staged. Raises OutdatedError."""
    kept: dict[int, Post] = {}
    for chunk in portions(list(told)):
        kept.update((post.pk, post) for post in anybody(Post).filter(pk__in=chunk).select_related("person"))
    moved = [post.person.name for post in kept.values() if post.version != told[post.pk]]
    if moved or len(kept) < len(told):
        raise OutdatedError(moved or ["党内职务"])
    return kept


def _relieve(told: Sequence[Sequence[Any]], on: date) -> None:
    """Let those leave whose post somebody else holds from a day on."""
    kept, days = _locked({pk: version for pk, version, _ in told}), defaultdict(list)
    for pk, _, day in told:
        days[date.fromisoformat(day)].append(kept[pk])
    for day, posts in days.items():
        close_many(posts, on=day)
    for chunk in portions(list(kept.values())):
        follow_many(chunk, on)


def _mend(told: Sequence[Json], on: date) -> None:
    """Other days were always so. All of them are written before any is judged: one makes room for another."""
    kept = _locked({mended["post"][0]: mended["post"][1] for mended in told})
    for mended in told:
        post = kept[mended["post"][0]]
        post.valid_from, post.valid_until = date.fromisoformat(mended["since"]), date.fromisoformat(mended["until"])
        post.full_time = mended.get("full_time", post.full_time)
    for chunk in portions(list(kept.values())):
        anybody(Post).bulk_update(chunk, ["valid_from", "valid_until", "full_time"])
    for chunk in portions(list(kept.values())):
        refuse_clashes(chunk)
        follow_many(chunk, on)


def _take(told: Sequence[Json], on: date) -> None:
    posts = [_post(draft) for draft in told]
    refuse_clashes(posts)
    written = open_lines(posts)
    follow_many([post for post in written if post.in_force(on) and post.valid_until == FAR], on)


def _post(told: Json) -> Post:
    post = Post(unit_id=told["unit"], person_id=told["person"], organisation_id=told["organisation"])
    post.kind, post.full_time = told["kind"], told.get("full_time")
    post.valid_from, post.valid_until = date.fromisoformat(told["since"]), date.fromisoformat(told["until"])
    return post


def _tell_terms(told: Sequence[Json]) -> None:
    fresh = [_term(draft) for draft in told if "term" not in draft]
    ends = {draft["term"][0]: draft for draft in told if "term" in draft}
    kept = list(anybody(Term).filter(pk__in=list(ends)))
    if len(kept) < len(ends) or any(term.version != ends[term.pk]["term"][1] for term in kept):
        raise OutdatedError(["届"])
    for term in kept:
        term.until = _day(ends[term.pk]["until"])
    if kept:
        anybody(Term).bulk_update(kept, ["until"])
    anybody(Term).bulk_create(fresh)


def _term(told: Json) -> Term:
    place = {"unit_id": told["unit"], "organisation_id": told["organisation"]}
    return Term(**place, started_on=date.fromisoformat(told["started_on"]), until=_day(told["until"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
