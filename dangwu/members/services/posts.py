"""Taking and leaving party posts; the account of whoever holds one may do what goes with it, for as long."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Model, Q, QuerySet

from dangwu.access.queries import every_appointment
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
from dangwu.organisations.queries import last_standing, lasting_group, lasting_standing

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
    if group is not None:
        lasting_group(group, organisation)
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
    holders = _every(Post).filter(during(span), organisation=post.organisation_id, kind=post.kind)
    if holder := holders.exclude(pk=post.pk).select_related("person").first():
        raise ObjectionError(f"{holder.person.name}正在担任这一职务，请先登记他的卸任日期。", field="kind")


def refuse_clashes(posts: Sequence[Post]) -> None:
    """Refuse posts, some of which may be new, that somebody holds twice on one day, or two of them where one alone can.
    Raises ObjectionError.
    """
    own = {post.pk for post in posts} - {None}
    people, places = {post.person_id for post in posts}, {post.organisation_id for post in posts if post.kind in SINGLE}
    every = _every(Post).exclude(pk__in=own)
    others = every.filter(Q(person__in=people) | Q(organisation__in=places, kind__in=SINGLE))
    lines: dict[tuple[int, str, int], list[Post]] = defaultdict(list)
    for post in (*others.select_related("person"), *posts):
        lines[post.organisation_id, post.kind, 0 if post.kind in SINGLE else post.person_id].append(post)
    for line in lines.values():
        for before, after in pairwise(sorted(line, key=lambda post: post.valid_from)):
            if before.span.overlaps(after.span):
                days = f"（{before.valid_from} 起、{after.valid_from} 起）"
                raise ObjectionError(f"{before.person.name}的{before.get_kind_display()}与另一段任职日期重叠{days}。")


def follow_many(posts: Sequence[Post], on: date) -> None:
    """Let the roles go with posts that were written or mended, for those whom that concerns. Part of an action. Raises
    ObjectionError.
    """
    given = set(
        every_appointment().filter(post_key__in=[key_of(post) for post in posts]).values_list("post_key", flat=True)
    )
    signing = {pk for pk, account in _accounts(posts) if account}
    concerned = [post.pk for post in posts if key_of(post) in given or post.person_id in signing]
    for post in _every(Post).filter(pk__in=concerned).select_related("person__account", "organisation"):
        follow_anew(post, on)


def _every(model: type[Model]) -> QuerySet[Any]:
    """Rows of whomever: whoever gives a post was asked for the organisation and the person."""
    rows: QuerySet[Any] = model._default_manager.unscoped("posts are judged by whoever gives them")  # type: ignore[attr-defined] # all scoped  # noqa: SLF001
    return rows


def _accounts(posts: Iterable[Post]) -> Iterable[tuple[int, int | None]]:
    return _every(Person).filter(pk__in={post.person_id for post in posts}).values_list("pk", "account")
