"""A notice, to whom it is addressed and why, and what became of each delivery."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import uuid4

from django.db import models

from dangwu.access.models import Account
from dangwu.foundation.personal import Personal, Shown
from dangwu.foundation.scoped import ScopedQuerySet
from dangwu.foundation.tracking import Tracked
from dangwu.members.models import Person
from dangwu.organisations.models import OfOrganisation, Organisation, Unit

LONGEST_TEXT = 2_000
_LAW = "《中华人民共和国个人信息保护法》"
_WITH_NOTICE = "随通知留存"


def _told(purpose: str) -> Personal:
    return Personal(purpose=purpose, basis=_LAW, retention=_WITH_NOTICE)


class Notice(OfOrganisation, Tracked):
    """Something that an organisation tells others: a draft until a person sends it. `url` leads to what it is about."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "通知"
        REMINDER = "reminder", "提醒"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SENT = "sent", "已发送"
        DISCARDED = "discarded", "已作废"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices", verbose_name="发出党组织")
    kind = models.CharField("通知类别", max_length=8, choices=Kind, default=Kind.NOTICE)
    state = models.CharField("状态", max_length=9, choices=State, default=State.DRAFT)
    about = models.CharField("事由", max_length=100)
    text = models.TextField("正文", max_length=LONGEST_TEXT)
    basis = models.CharField("依据", max_length=500, blank=True)
    url = models.CharField("有关页面", max_length=200, blank=True)
    by_email = models.BooleanField("同时发电子邮件", default=False)
    by_sms = models.BooleanField("同时发短信", default=False)
    drafted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    drafted_on = models.DateField("起草日期")
    sent_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="发送人")
    sent_at = models.DateTimeField("发送时间", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        indexes = (models.Index(fields=("organisation", "state", "drafted_on"), name="notice_kept"),)

    def __str__(self) -> str:
        return self.about


class Addressee(OfOrganisation, Tracked):
    """An organisation or a person to whom a notice goes, and why. `remark` says what was found when it was sent."""

    scoped_by = "notice__organisation"
    part_of = "notice"
    holds_personal_data = True
    personal: ClassVar[Mapping[str, Personal]] = {
        "person_id": _told("说明通知是发给您的。"),
        "why": _told("说明为什么发给您。"),
    }
    not_personal: ClassVar[frozenset[str]] = frozenset({"unit_id", "version", "notice_id", "organisation_id", "remark"})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="addressees", verbose_name="通知")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="notices_to", verbose_name="收通知的党组织"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="notices_to", verbose_name="收通知的人员"
    )
    why = models.CharField("发给他的原因", max_length=200, blank=True)
    remark = models.CharField("发送情况", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知对象"

    def __str__(self) -> str:
        return f"{self.notice_id} {self.organisation_id or self.person_id}"


class Delivery(models.Model):
    """A notice on one way to one recipient. It is made when the notice is sent; the audit tells of that, and of every
    number that is opened, not of each step on the way.

    `recipient` is who it is (`account:3`, `person:7`): the same never gets the same notice twice on the same way. `uid`
    is what a gateway knows it by. At `due_at` there is something to do for it; None where nothing is left to do.
    """

    class Channel(models.TextChoices):
        IN_PRODUCT = "in_product", "站内"
        EMAIL = "email", "电子邮件"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发出"
        DELIVERED = "delivered", "已送达"
        FAILED = "failed", "未送达"

    holds_personal_data = True
    personal: ClassVar[Mapping[str, Personal]] = {
        "account_id": _told("让您登录后看到通知。"),
        "person_id": _told("知道短信发到谁的号码；号码本身不存在这里。"),
        "recipient": _told("同一份通知不重复发给您。"),
        "read_at": Personal(
            purpose="告诉您还有几份通知没有看。只有您自己看得到，发送的人看不到。",
            basis=_LAW,
            retention=_WITH_NOTICE,
            shown=Shown.NEVER,
        ),
    }
    not_personal: ClassVar[frozenset[str]] = frozenset(
        {"unit_id", "uid", "notice_id", "addressee_id", "channel", "state", "reason", "attempts"}
        | {"due_at", "changed_at"}
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    uid = models.UUIDField("发送编号", unique=True, default=uuid4, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", verbose_name="通知")
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="deliveries", verbose_name="通知对象")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="deliveries", verbose_name="账号")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="deliveries", verbose_name="人员")
    recipient = models.CharField("接收人编号", max_length=40)
    channel = models.CharField("发送方式", max_length=10, choices=Channel)
    state = models.CharField("送达情况", max_length=9, choices=State, default=State.QUEUED)
    reason = models.CharField("未送达原因", max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    due_at = models.DateTimeField("下次办理时间", null=True)
    changed_at = models.DateTimeField("情况更新时间")
    read_at = models.DateTimeField("本人阅读时间", null=True)

    objects = models.Manager["Delivery"]()

    class Meta:
        verbose_name = verbose_name_plural = "通知送达"
        constraints = (
            models.UniqueConstraint(fields=("unit", "notice", "channel", "recipient"), name="delivery_once"),
        )
        indexes = (
            models.Index(fields=("due_at",), name="delivery_due"),
            models.Index(fields=("account", "channel", "read_at"), name="delivery_inbox"),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.recipient}"


class ChannelSwitch(OfOrganisation, Tracked):
    """Whether an organisation and all below it may send by e-mail and short message. The nearest above decides; where
    nobody has decided, notices stay within the product.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="channel_switch", verbose_name="党组织"
    )
    email = models.BooleanField("可以发电子邮件", default=False)
    sms = models.BooleanField("可以发短信", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知方式"

    def __str__(self) -> str:
        return f"{self.organisation_id}"
