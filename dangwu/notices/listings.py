"""The lists of notices: one's own, those that were sent, and what became of one."""

from typing import Any

from django.urls import reverse

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Day, Text, Toggle
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link, Tag
from dangwu.notices.models import Delivery, Notice
from dangwu.notices.queries import meant

STATE_TONES = {Notice.State.DRAFT: "soon", Notice.State.SENT: "good", Notice.State.DISCARDED: ""}
DELIVERY_TONES = {
    Delivery.State.QUEUED: "soon",
    Delivery.State.SENDING: "soon",
    Delivery.State.SENT: "hint",
    Delivery.State.DELIVERED: "good",
    Delivery.State.FAILED: "overdue",
}


def state_of(notice: Notice) -> Tag:
    """How far a notice is."""
    return Tag(notice.get_state_display(), STATE_TONES[Notice.State(notice.state)])


def delivery_state(row: Delivery) -> Tag:
    """How far a delivery is."""
    return Tag(row.get_state_display(), DELIVERY_TONES[Delivery.State(row.state)])


def _unread(row: Delivery) -> Tag | str:
    return "" if row.read_at else Tag("未读", "soon")


def _only_unread(rows: Any, _: object) -> Any:  # noqa: ANN401 - a queryset of deliveries
    return rows.filter(read_at=None)


class Inbox(Listing):
    """What one was told."""

    title, noun = "我的通知", "份通知"
    columns = (
        Column(
            "about",
            "事由",
            value=lambda row: row.notice.about,
            link=lambda row: reverse("notice-read", args=[row.pk]),
            note=lambda row: row.addressee.why,
            width=40,
        ),
        Column("unread", "", value=_unread),
        Column("kind", "类别", value=lambda row: row.notice.get_kind_display()),
        Column("place", "发出党组织", sort=("place",), width=30),
        Column("sent_at", "发送时间", value=lambda row: row.notice.sent_at, sort=("notice__sent_at",), width=18),
    )
    filters = (
        Text("q", "搜索", by="notice__about__icontains", help="事由"),
        Choice("kind", "类别", by="notice__kind", offered=Notice.Kind.choices),
        Toggle("unread", "只看未读", by=_only_unread),
    )
    default_sort = "-sent_at"
    empty = EmptyState("没有通知", "党组织发给您的通知会列在这里。")


class Kept(Listing):
    """Drafts, and what was sent."""

    title, noun = "发出的通知", "份通知"
    columns = (
        Column(
            "about",
            "事由",
            sort=("about",),
            link=lambda row: reverse("notice", args=[row.pk]),
            note=lambda row: row.basis,
            width=40,
        ),
        Column("state", "状态", value=state_of, sort=("state",)),
        Column("kind", "类别", value=lambda row: row.get_kind_display(), sort=("kind",)),
        Column("place", "发出党组织", sort=("place",), width=30),
        Column("to", "对象数", sort=("to",), number=True),
        Column("drafted_on", "起草日期", sort=("drafted_on",)),
        Column("sent_at", "发送时间", sort=("sent_at",), width=18),
        Column("sent_by", "发送人", value=lambda row: row.sent_by and row.sent_by.name),
    )
    filters = (
        Text("q", "搜索", by=lambda rows, text: rows.filter(meant(text)), help="事由、正文"),
        Choice("state", "状态", by="state", offered=Notice.State.choices),
        Choice("kind", "类别", by="kind", offered=Notice.Kind.choices),
        Day("since", "起草不早于", by="drafted_on__gte"),
    )
    empty = EmptyState("还没有通知", "写一份通知，或者在督促页面起草提醒。", Link("写通知", "/notices/new/"))


class Deliveries(Listing):
    """What became of a notice, recipient by recipient. Whether somebody has read it is nobody else's business."""

    title, noun = "送达情况", "条"
    columns = (
        Column("called", "通知对象", sort=("called",), note=lambda row: row.addressee.why, width=30),
        Column("got", "接收人", sort=("got",)),
        Column("channel", "方式", value=lambda row: row.get_channel_display(), sort=("channel",)),
        Column("state", "情况", value=delivery_state, sort=("state",)),
        Column("reason", "说明", width=40),
        Column("changed_at", "时间", sort=("changed_at",), width=18),
    )
    filters = (
        Text("q", "搜索", by="called__icontains", help="通知对象"),
        Choice("channel", "方式", by="channel", offered=Delivery.Channel.choices),
        Choice("state", "情况", by="state", offered=Delivery.State.choices),
    )
    empty = EmptyState("没有符合条件的记录", "换一个条件看看。")


class Addressees(Listing):
    """To whom a draft would go."""

    title, noun = "通知对象", "个"
    columns = (
        Column("called", "通知对象", sort=("called",), width=30),
        Column("why", "原因", width=40),
        Column(
            "drop",
            "",
            value=lambda _row: "移出",
            link=lambda row: reverse("notice-drop", args=[row.notice_id, row.pk]),
        ),
    )
    filters = (Text("q", "搜索", by="called__icontains", help="通知对象"),)
    default_sort = ""
    empty = EmptyState("没有通知对象")


def _way(name: str) -> Any:  # noqa: ANN401 - what a column takes
    words = {True: Tag("开通", "good"), False: Tag("关闭", "hint"), None: "随上级"}
    return lambda row: words[getattr(row, name)]


class Switches(Listing):
    """Which ways are open where."""

    title, noun = "发送方式", "个党组织"
    columns = (
        Column(
            "name", "党组织", sort=("path",), link=lambda row: reverse("notice-channel", args=[row.organisation_id])
        ),
        Column("email", "电子邮件", value=_way("email")),
        Column("sms", "短信", value=_way("sms")),
    )
    filters = (Text("q", "搜索", by="name__icontains", help="党组织名称"),)
    empty = EmptyState("没有可以设置的党组织")
