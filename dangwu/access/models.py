"""Accounts of people and of offices, their appointments in the tree, and the three administrators.

There is no superuser and no flag that would make one: what an account may do follows from its appointments, or from the
one duty it may have as an administrator.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from dangwu.foundation.history import Dated
from dangwu.foundation.personal import Personal, Sensitivity, Shown
from dangwu.foundation.scoped import ScopedQuerySet
from dangwu.foundation.tracking import Tracked, TrackedQuerySet
from dangwu.organisations.models import OfOrganisation, Organisation, Unit

_LAW = "《中华人民共和国个人信息保护法》"
_WHILE_OPEN = "账号停用之前"


class Accounts(BaseUserManager.from_queryset(TrackedQuerySet)):  # type: ignore[misc] # made at run time
    """Finding accounts by the name that is typed at the sign-in."""


class Account(AbstractBaseUser, Tracked):
    """Whoever can sign in: a person, or an office that several people hold one after another."""

    class Kind(models.TextChoices):
        PERSON = "person", "个人账号"
        OFFICE = "office", "岗位账号"

    holds_personal_data = True
    personal: ClassVar[dict[str, Personal]] = {
        "username": Personal(purpose="登录。", basis=_LAW, retention=_WHILE_OPEN),
        "password": Personal(
            purpose="核对是不是本人登录；只保存无法还原的摘要。",
            basis=_LAW,
            retention=_WHILE_OPEN,
            sensitivity=Sensitivity.SENSITIVE,
            shown=Shown.NEVER,
        ),
        "name": Personal(purpose="让大家知道是谁办理的。", basis=_LAW, retention="随办理记录留存"),
        "email": Personal(purpose="发送通知，找回密码。", basis=_LAW, retention=_WHILE_OPEN),
    }
    not_personal: ClassVar[frozenset[str]] = frozenset({"kind", "is_active", "created_on", "disabled_on", "version"})

    # when somebody signed in stands in the audit; no column follows every request
    last_login = None

    username = models.CharField("账号", max_length=60, unique=True)
    name = models.CharField("姓名或者岗位名称", max_length=60)
    kind = models.CharField("账号类别", max_length=6, choices=Kind, default=Kind.PERSON)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    created_on = models.DateField("开通日期", null=True)
    disabled_on = models.DateField("停用日期", null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = Accounts()

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Compare without re-hashing: an old hash is renewed when the password is next changed, by an action."""
        from django.contrib.auth.hashers import check_password  # noqa: PLC0415 - the name is taken here

        return check_password(raw_password, self.password)


class Appointment(OfOrganisation, Dated):
    """A role that an account has in an organisation and everything below it.

    One that follows from a party post ends with it: `post_key` names the post. One that stands in for somebody who is
    away is `delegated_from` the other.
    """

    class Role(models.TextChoices):
        SECRETARY = "secretary", "书记"
        COMMITTEE_MEMBER = "committee_member", "委员"
        CLERK = "clerk", "党务工作人员"
        SUPERVISOR = "supervisor", "督导人员"
        DISCIPLINE_SECRETARY = "discipline_secretary", "纪委书记"

    line = ("account", "organisation", "role", "post_key")
    part_of = "account"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments", verbose_name="账号")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments", verbose_name="党组织")
    role = models.CharField("角色", max_length=20, choices=Role)
    delegated_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="delegations", verbose_name="受何人委托"
    )
    post_key = models.CharField("所依据的职务", max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任用"
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "account", "organisation", "role", "post_key", "valid_until"), name="appointment_line"
            ),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="appointment_days"),
        )
        indexes = (models.Index(fields=("post_key",), name="appointment_post"),)

    def __str__(self) -> str:
        return self.get_role_display()


class Administration(Dated):
    """One of the three duties of administrators. An account has at most one at a time, and no appointments."""

    class Duty(models.TextChoices):
        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全管理员"
        AUDIT = "audit", "审计管理员"

    line = ("account",)

    account = models.ForeignKey(Account, models.PROTECT, related_name="administrations", verbose_name="账号")
    duty = models.CharField("职责", max_length=10, choices=Duty)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "管理员"
        constraints = (
            models.UniqueConstraint(fields=("account", "valid_until"), name="administration_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="administration_days"),
        )

    def __str__(self) -> str:
        return self.get_duty_display()


_SECRET = Personal(
    purpose="核对一次性口令；只保存无法还原的摘要。",
    basis=_LAW,
    retention="用过或者过期之前",
    sensitivity=Sensitivity.SENSITIVE,
    shown=Shown.NEVER,
)


class OneTimeCode(Tracked):
    """A code on paper that is good once: to become an administrator, or to set a new password.

    An administrator's code has two halves, each known to one person; a code for a password has only the first.
    """

    holds_personal_data = True
    personal: ClassVar[dict[str, Personal]] = {"first": _SECRET, "second": _SECRET}
    not_personal: ClassVar[frozenset[str]] = frozenset({"duty", "account_id", "until", "used", "version"})

    duty = models.CharField("职责", max_length=10, choices=Administration.Duty, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="codes", verbose_name="账号")
    first = models.CharField("前半的摘要", max_length=64)
    second = models.CharField("后半的摘要", max_length=64, blank=True)
    until = models.DateTimeField("有效期至")
    used = models.BooleanField("已使用", default=False)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "一次性口令"

    def __str__(self) -> str:
        return f"一次性口令 {self.pk}"


class LastCode(models.Model):
    """The moment, in steps of half a minute, whose code of an authenticator app an account used last. It lies in the
    database, so that no worker takes a code that another has taken.
    """

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+", verbose_name="账号")
    step = models.BigIntegerField("时段")

    class Meta:
        verbose_name = verbose_name_plural = "最近用过的验证码"

    def __str__(self) -> str:
        return f"{self.account_id} {self.step}"


class CalendarFeed(Tracked):
    """The address at which a calendar program fetches what an account may see. Only its digest is kept."""

    part_of = "account"

    holds_personal_data = True
    personal: ClassVar[dict[str, Personal]] = {
        "digest": Personal(
            purpose="核对日历订阅地址；只保存无法还原的摘要。",
            basis=_LAW,
            retention="更换、停用地址或者停用账号之前",
            sensitivity=Sensitivity.SENSITIVE,
            shown=Shown.NEVER,
        )
    }
    not_personal: ClassVar[frozenset[str]] = frozenset({"account_id", "made_on", "version"})

    account = models.OneToOneField(Account, models.PROTECT, related_name="calendar_feed", verbose_name="账号")
    digest = models.CharField("地址的摘要", max_length=64, unique=True)
    made_on = models.DateField("生成日期")

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return f"日历订阅 {self.account_id}"


class Proposal(Tracked):
    """What one administrator proposes and another decides: a new administrator of a duty, or the end of one.

    `first` is the digest of the half of the code that the proposer keeps.
    """

    class State(models.TextChoices):
        OPEN = "open", "待确认"
        AGREED = "agreed", "已同意"
        WITHDRAWN = "withdrawn", "已撤回"

    holds_personal_data = True
    personal: ClassVar[dict[str, Personal]] = {"first": _SECRET}
    not_personal: ClassVar[frozenset[str]] = frozenset(
        {
            "duty",
            "ends_id",
            "proposed_by_id",
            "proposed_on",
            "decided_by_id",
            "decided_on",
            "state",
            "reason",
            "version",
        }
    )

    duty = models.CharField("职责", max_length=10, choices=Administration.Duty)
    ends = models.ForeignKey(Administration, models.PROTECT, null=True, related_name="+", verbose_name="拟免去")
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_on = models.DateField("提出日期")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="确认人")
    decided_on = models.DateField("确认日期", null=True)
    state = models.CharField("状态", max_length=9, choices=State, default=State.OPEN)
    reason = models.CharField("理由", max_length=500)
    first = models.CharField("前半的摘要", max_length=64, blank=True)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "管理员变动"

    def __str__(self) -> str:
        return f"{'免去' if self.ends_id else '增设'}{self.get_duty_display()}"
