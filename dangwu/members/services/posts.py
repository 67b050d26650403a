"""Taking and leaving party posts; the account of whoever holds one may do what goes with it, for as long."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model

from dangwu.access.rights import FROM_POSTS, RIGHTS
from dangwu.access.services.appointing import end_following, follow_post
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import close, close_many, during, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.kernel.span import Span
from dangwu.members.models import Person, Post
from dangwu.members.policies import may_appoint, may_keep_row
from dangwu.organisations.models import Group, Organisation
from dangwu.organisations.queries import last_standing, lasting_standing

SINGLE = frozenset({Post.Kind.SECRETARY})
"""Posts that one person at a time holds in an organisation."""


def still_alone(row: Model) -> None:
    """Refuse that a post comes back which somebody else holds by now. Raises ObjectionError."""
    if isinstance(row, Post):
        refuse_second(row, row.span)


@action("post.take", allow=may_appoint, undo=still_alone)
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
    if group is not None and group.organisation_id != organisation.pk:
        raise ObjectionError("这个小组不在所选的党组织中，请重新选择。", field="group")
    told = {"kind": kind, "group": group, "full_time": full_time, "valid_from": on}
    post = Post(unit_id=organisation.unit_id, person=person, organisation=organisation, **told)
    refuse_second(post, post.span)
    open_line(post)
    follow(post, on)
    open_deed().about(person)
    return post


@action("post.leave", allow=may_keep_row, undo=still_alone)
def leave_post(*, by: Actor, row: Post, on: date) -> Post:
    """Let somebody hold a post no longer from a day on. Raises ObjectionError."""
    ended = close(row, on=on)
    end_following(key_of(row), on)
    open_deed().about(row.person)
    return ended


def end_posts(posts: Iterable[Post], *, on: date) -> None:
    """End many posts, those that have ended already left as they are. One that begins on that day or later has never
    been held, and goes away. Part of an action.
    """
    every = list(posts)
    for post in close_many(every, on=on):
        end_following(key_of(post), on)
    for post in (post for post in every if post.valid_from >= on):
        end_following(key_of(post), on)
        post.delete()


def follow(post: Post, on: date) -> None:
    """Let the account of whoever holds a post have from a day on the role that goes with it; neither need be there.
    Nobody gives by a post what he may not do himself: such a role waits for the security administrator.
    Part of an action. Raises ObjectionError.
    """
    role, account = FROM_POSTS.get(post.kind), post.person.account
    if role and account and _may_give(role, post.organisation, on):
        follow_post(account, post.organisation, role, key_of(post), max(on, post.valid_from))


def _may_give(role: str, organisation: Organisation, on: date) -> bool:
    """Whether whoever acts has all the rights of a role in an organisation."""
    by, standing = open_deed().by, last_standing(organisation, on)
    return standing is not None and all(by.scope(right, on).covers(standing.path) for right in RIGHTS[role])


def follow_anew(post: Post, on: date) -> None:
    """Let the role go with a post as it stands after a correction. Part of an action. Raises ObjectionError."""
    end_following(key_of(post), on)
    if post.valid_until > on:
        follow(post, on)
        if not post.is_open:
            end_following(key_of(post), post.valid_until)


def key_of(post: Post) -> str:
    """What an appointment says of the post from which it follows."""
    return f"post:{post.pk}"


def refuse_second(post: Post, span: Span) -> None:
    """Refuse that somebody holds a post over a span in which it is somebody else's alone. Raises ObjectionError."""
    if post.kind not in SINGLE:
        return
    holders = Post.objects.unscoped("posts are given by whoever keeps the organisation").filter(
        during(span), organisation=post.organisation_id, kind=post.kind
    )
    if holder := holders.exclude(pk=post.pk).select_related("person").first():
        raise ObjectionError(f"{holder.person.name}正在担任这一职务，请先登记他的卸任日期。", field="kind")
