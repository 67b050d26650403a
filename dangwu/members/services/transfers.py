"""Putting right a transfer that was registered wrongly: both rows of it, and the posts that ended with it, at once."""

from collections.abc import Collection
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import correct
from dangwu.foundation.objections import ObjectionError
from dangwu.kernel.span import Span
from dangwu.members.models import Affiliation, Post
from dangwu.members.policies import may_correct_transfer
from dangwu.members.queries import posts_ended_between, row_before
from dangwu.members.services.amending import Amending
from dangwu.members.services.posts import follow_anew, refuse_second


@action("member.correct_transfer", allow=may_correct_transfer)
def correct_transfer(
    *, by: Actor, row: Affiliation, version: int, day: date | None, posts: Collection[int], reason: str, on: date
) -> Affiliation:
    """Say on which day somebody really came to where `row` says, or by None that he never did; `posts` that had ended
    on the old day end on the real one, or go on. `on` is the day on which it is done. Returns the row that stands
    before. Raises ObjectionError, ConflictError.
    """
    before = row_before(row)
    if before is None:
        raise ObjectionError("这一段不是转接来的，请更正这一段的起始日期。")
    ended = [post for post in posts_ended_between(before, row) if post.pk in posts]
    row.version = version
    if day is None:
        _undo(before, row, reason, on)
    else:
        _shift(before, row, day, reason, on)
    for post in ended:
        _end_later(post, day or row.valid_until, reason, on)
    open_deed().about(row.person)
    return before


def _shift(before: Affiliation, row: Affiliation, day: date, reason: str, on: date) -> None:
    """Move the day between two rows: the one that gives way first."""
    if not before.valid_from < day < row.valid_until:
        told = f"日期应当在 {before.valid_from} 之后、{row.valid_until} 之前，请核对前后的记录。"
        raise ObjectionError(told, field="day")
    sides = [(before, "valid_until"), (row, "valid_from")]
    for side, end in sides if day < row.valid_from else reversed(sides):
        _correct(side, reason, on, **{end: day})


def _undo(before: Affiliation, row: Affiliation, reason: str, on: date) -> None:
    """Take a row away; what was before it goes on in its place."""
    amending, until = Amending(row), row.valid_until
    open_deed().reason = reason.strip()
    row.delete()
    amending.note_gone(on)
    _correct(before, reason, on, valid_until=until)


def _end_later(post: Post, day: date, reason: str, on: date) -> None:
    if day <= post.valid_from:
        told = f"{post.get_kind_display()}的任职日期是 {post.valid_from}，不能在那之前结束。请不勾选这一项，另行更正。"
        raise ObjectionError(told, field="posts")
    refuse_second(post, Span(post.valid_from, day))
    _correct(post, reason, on, valid_until=day)
    follow_anew(post, on)


def _correct(row: Affiliation | Post, reason: str, on: date, **told: date) -> None:
    amending = Amending(row)
    correct(row, reason=reason, **told)
    amending.note(on)
