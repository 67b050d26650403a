"""Who holds a post that brings rights with it, and has no account to use them."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from dangwu.access.rights import FROM_POSTS
from dangwu.foundation.history import as_of
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState
from dangwu.members.models import Post
from dangwu.organisations.models import Standing

WHY = "the security administrator sees to it that whoever has a post can work; names and posts alone are told"


def posts_without_account(on: date) -> QuerySet[Post]:
    """The posts of a day whose holders have no account, with the organisation's name (`place`)."""
    stands = Standing.objects.unscoped(WHY).filter(as_of(on), organisation=OuterRef("organisation"))
    rows = Post.objects.unscoped(WHY).filter(as_of(on), unit__is_trial=False, kind__in=FROM_POSTS, person__account=None)
    return rows.annotate(place=Subquery(stands.values("name")[:1])).select_related("person").order_by("place", "pk")


class PostsWithoutAccount(Listing):
    """Those posts as a list."""

    title, noun = "任职没有账号", "项职务"
    columns = (
        Column("name", "姓名", value=lambda post: post.person.name, sort=("person__pinyin",)),
        Column("place", "党组织", sort=("place",), width=36),
        Column("kind", "职务", value=Post.get_kind_display, sort=("kind",)),
        Column("valid_from", "任职日期", sort=("valid_from",)),
    )
    filters = (
        Text("q", "搜索", by="place__icontains", help="党组织名称"),
        Choice("kind", "职务", by="kind", offered=[(k, str(Post.Kind(k).label)) for k in FROM_POSTS if k in Post.Kind]),
    )
    empty = EmptyState("任职的人都有账号", "今后任职而没有账号的，会列在这里。")
