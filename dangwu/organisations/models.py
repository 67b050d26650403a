"""Units and party organisations: what they are, and how each stood in the tree from one day to another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from dangwu.foundation.history import Dated, as_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.scoped import Scoped, ScopedQuerySet
from dangwu.foundation.tracking import Tracked, TrackedQuerySet

PATH_LENGTH = 64


class Unit(Tracked):
    """An administrative body. All rows beneath it are spread by the unit that heads them."""

    class Kind(models.TextChoices):
        ORGAN = "organ", "机关"
        PUBLIC_INSTITUTION = "public_institution", "事业单位"
        ENTERPRISE = "enterprise", "国有企业"
        SOCIAL_ORGANISATION = "social_organisation", "社会组织"

    name = models.CharField("单位", max_length=100)
    short_name = models.CharField("简称", max_length=100, blank=True)
    kind = models.CharField("单位类别", max_length=20, choices=Kind, default=Kind.ORGAN)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name="主管单位")
    is_trial = models.BooleanField("试核对用", default=False)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """The kinds of party organisation, by the glossary."""

    WORKING_COMMITTEE = "working_committee", "机关工委"
    PARTY_LEADERSHIP_GROUP = "party_leadership_group", "党组"
    COMMITTEE = "committee", "机关党委"
    DISCIPLINE_COMMITTEE = "discipline_committee", "机关纪委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    JOINT_BRANCH = "joint_branch", "联合党支部"
    TEMPORARY_BRANCH = "temporary_branch", "临时党支部"
    GROUP = "group", "党小组"


BRANCH_KINDS = (OrganisationKind.BRANCH, OrganisationKind.JOINT_BRANCH, OrganisationKind.TEMPORARY_BRANCH)


class Organisation(Scoped, Tracked):
    """A party organisation for as long as it lives; its name, kind and place are told by its standings.

    Columns that may be null are facts that nobody has told us yet.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    stands_in = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="organisations", verbose_name="所在单位"
    )
    founded_on = models.DateField("建立日期", null=True)
    dissolved_on = models.DateField("撤销日期", null=True)
    parent_known = models.BooleanField("是否已知上级组织", default=False)
    has_committee = models.BooleanField("是否设支部委员会", null=True)
    committee_members = models.PositiveSmallIntegerField("委员人数", null=True)
    groups_told = models.PositiveSmallIntegerField("党小组数", null=True)
    units_covered = models.PositiveSmallIntegerField("涵盖单位数", null=True)
    staff_total = models.PositiveIntegerField("工作人员总数", null=True)
    full_time_staff = models.PositiveIntegerField("专职党务工作人员数", null=True)
    secretary = models.CharField("书记", max_length=60, blank=True)
    secretary_is_head = models.BooleanField("书记是否本单位党员负责人", null=True)
    deputy_secretaries = models.CharField("副书记", max_length=200, blank=True)
    discipline_secretary = models.CharField("纪委书记", max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党组织"

    def __str__(self) -> str:
        return f"党组织 {self.pk}"

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those that stand in the scope on its day."""
        return Q(pk__in=standing_in(scope))


class OfOrganisation(Scoped):
    """Rows of an organisation; `scoped_by` leads to it."""

    scoped_by: ClassVar[str] = "organisation"
    part_of: ClassVar[str] = "organisation"

    class Meta:
        abstract = True

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those of organisations that stand in the scope on its day."""
        return Q((f"{cls.scoped_by}__in", standing_in(scope)))


class Standing(OfOrganisation, Dated):
    """How an organisation stood over a span of days: its name, its kind, its place in the tree.

    `pinyin` and `initials` are those of name and short name, for finding it by typing.
    """

    line = ("organisation",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standings", verbose_name="党组织")
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=100, blank=True)
    kind = models.CharField("组织类别", max_length=24, choices=OrganisationKind)
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="children_standing", verbose_name="上级组织"
    )
    path = models.CharField("层级路径", max_length=PATH_LENGTH)
    pinyin = models.CharField("拼音", max_length=400, blank=True)
    initials = models.CharField("拼音首字母", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党组织沿革"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "valid_until"), name="standing_line"),
            models.UniqueConstraint(fields=("unit", "path", "valid_until"), name="standing_path"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="standing_days"),
        )
        indexes = (models.Index(fields=("path", "valid_until", "valid_from"), name="standing_tree"),)

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name in daily use: formal names are too long for a table."""
        return self.short_name or self.name

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those that hold on the scope's day in its part of the tree."""
        return scope.paths("path") & as_of(scope.on)


def standing_in(scope: Scope) -> models.QuerySet[Standing, int]:
    """The keys of the organisations that stand in a scope on its day, to be put into a query."""
    return Standing.objects.within(scope).values_list("organisation", flat=True)


class Term(OfOrganisation, Tracked):
    """A term of office of an organisation's committee or secretary; its end is derived where it is not told."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms", verbose_name="党组织")
    started_on = models.DateField("本届选举日期", null=True)
    until = models.DateField("本届届满日期", null=True)
    postponed_until = models.DateField("批准延期至", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "届"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "started_on", "until"), name="term_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.started_on}"


class Group(OfOrganisation, Dated):
    """A group inside an organisation. One group may be of several kinds at once: 党小组, 三互小组 and 业务小组 that
    work as one (三组合一).
    """

    line = ("organisation", "name")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="groups", verbose_name="党组织")
    name = models.CharField("小组名称", max_length=60)
    party_group = models.BooleanField("党小组", default=True)
    mutual_help_group = models.BooleanField("三互小组", default=False)
    duty_group = models.BooleanField("业务（勤务）小组", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "name", "valid_until"), name="group_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="group_days"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kinds(self) -> str:
        """Its kinds in words: “党小组、三互小组”."""
        columns = (field for field in self._meta.concrete_fields if isinstance(field, models.BooleanField))
        return "、".join(str(field.verbose_name) for field in columns if getattr(self, field.attname))
