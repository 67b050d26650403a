"""Writing posts and terms. Whoever has an account gets, and loses, what goes with a post from the day of the import."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import close_many, during, open_line
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.foundation.objections import ObjectionError
from dangwu.kernel.span import FAR
from dangwu.members.imports.known import anybody
from dangwu.members.models import Post
from dangwu.members.services.posts import follow, follow_anew, refuse_second
from dangwu.organisations.models import Term

REASON = "导入党内职务表"


def write_posts(task: Task, rows: Iterable[Accepted]) -> None:
    """Register what is new and mend what is told otherwise. Part of an action. Raises OutdatedError, ObjectionError."""
    open_deed().reason = open_deed().reason or REASON
    drafts = [row.draft for row in rows]
    _relieve([told for draft in drafts for told in draft.get("relieved", ())], task.on)
    _mend([told for draft in drafts for told in draft.get("mended", ())], task.on)
    for draft in drafts:
        for told in draft.get("new", ()):
            _take(told, task.on)
    for told in (draft["term"] for draft in drafts if "term" in draft):
        _tell_term(told)
        task.written()


def _locked(told: Mapping[int, int]) -> dict[int, Post]:
    """Posts by their keys, each still of the version that was staged. Raises OutdatedError."""
    rows = anybody(Post).filter(pk__in=list(told)).select_related("person", "organisation", "person__account")
    kept = {post.pk: post for post in rows}
    moved = [post.person.name for post in kept.values() if post.version != told[post.pk]]
    if moved or len(kept) < len(told):
        raise OutdatedError(moved or ["党内职务"])
    return kept


def _relieve(told: Sequence[Sequence[Any]], on: date) -> None:
    """Let those leave whose post somebody else holds from a day on."""
    kept = _locked({pk: version for pk, version, _ in told})
    for pk, _, day in told:
        close_many([kept[pk]], on=date.fromisoformat(day))
        follow_anew(kept[pk], on)


def _mend(told: Sequence[Json], on: date) -> None:
    """Other days were always so. All of them are written before any is judged: one makes room for another."""
    kept = _locked({mended["post"][0]: mended["post"][1] for mended in told})
    for mended in told:
        post = kept[mended["post"][0]]
        post.valid_from, post.valid_until = date.fromisoformat(mended["since"]), date.fromisoformat(mended["until"])
        post.full_time = mended.get("full_time", post.full_time)
    if kept:
        anybody(Post).bulk_update(list(kept.values()), ["valid_from", "valid_until", "full_time"])
    for post in kept.values():
        _refuse_overlap(post)
        refuse_second(post, post.span)
        follow_anew(post, on)


def _refuse_overlap(post: Post) -> None:
    others = anybody(Post).filter(
        during(post.span), organisation=post.organisation_id, person=post.person_id, kind=post.kind
    )
    if others.exclude(pk=post.pk).exists():
        raise ObjectionError(f"{post.person.name}的{post.get_kind_display()}有两段任职的日期重叠，没有导入任何内容。")


def _take(told: Json, on: date) -> None:
    post = Post(unit_id=told["unit"], person_id=told["person"], organisation_id=told["organisation"])
    post.kind, post.full_time = told["kind"], told.get("full_time")
    post.valid_from, post.valid_until = date.fromisoformat(told["since"]), date.fromisoformat(told["until"])
    refuse_second(post, post.span)
    open_line(post)
    if post.in_force(on) and post.valid_until == FAR:
        follow(post, on)


def _tell_term(told: Json) -> None:
    until = date.fromisoformat(told["until"]) if told["until"] else None
    if "term" not in told:
        started = date.fromisoformat(told["started_on"])
        Term(unit_id=told["unit"], organisation_id=told["organisation"], started_on=started, until=until).save()
        return
    pk, version = told["term"]
    term = anybody(Term).filter(pk=pk, version=version).first()
    if term is None:
        raise OutdatedError(["届"])
    term.until = until
    term.save()
