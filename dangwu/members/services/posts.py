"""Taking and leaving party posts; the account of whoever holds one may do what goes with it, for as long."""

from collections.abc import Iterable
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import close, close_many, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.members.models import Person, Post
from dangwu.members.policies import may_appoint, may_keep_row
from dangwu.organisations.models import Group, Organisation
from dangwu.organisations.queries import lasting_standing

SINGLE = frozenset({Post.Kind.SECRETARY})
"""Posts that one person at a time holds in an organisation."""


@action("post.take", allow=may_appoint)
def take_post(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    kind: str,
    on: date,
    group: Group | None = None,
    full_time: bool | None = None,
) -> Post:
    """Let somebody hold a post from a day on. Raises ObjectionError."""
    lasting_standing(organisation, on)
    _refuse_second(organisation, kind, on)
    post = open_line(
        Post(
            unit_id=organisation.unit_id,
            person=person,
            organisation=organisation,
            kind=kind,
            group=group,
            full_time=full_time,
            valid_from=on,
        )
    )
    open_deed().about(person)
    return post


@action("post.leave", allow=may_keep_row)
def leave_post(*, by: Actor, row: Post, on: date) -> Post:
    """Let somebody hold a post no longer from a day on. Raises ObjectionError."""
    ended = close(row, on=on)
    open_deed().about(row.person)
    return ended


def end_posts(posts: Iterable[Post], *, on: date) -> None:
    """End many posts, those that have ended already left as they are. Part of an action."""
    close_many(posts, on=on)


def _refuse_second(organisation: Organisation, kind: str, on: date) -> None:
    if kind not in SINGLE:
        return
    holders = Post.objects.unscoped("posts are given by whoever keeps the organisation").filter(
        organisation=organisation, kind=kind, valid_until__gt=on
    )
    if holder := holders.select_related("person").first():
        raise ObjectionError(f"{holder.person.name}正在担任这一职务，请先登记他的卸任日期。", field="kind")
