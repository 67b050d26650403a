"""Units, the party organisations in them, and their terms."""

from django.db import models

PATH_LENGTH = 64


class Unit(models.Model):
    """The body whose facts belong together; every large table is spread by it."""

    name = models.CharField("单位", max_length=100)

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


class Organisation(models.Model):
    """A party organisation. Columns that may be null are facts that nobody has told us yet."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位")
    path = models.CharField("层级路径", max_length=PATH_LENGTH)
    name = models.CharField("党组织", max_length=100)
    short_name = models.CharField("简称", max_length=100, blank=True)
    kind = models.CharField("组织类别", max_length=24, choices=OrganisationKind)
    parent = models.ForeignKey("self", models.CASCADE, null=True, verbose_name="上级组织")
    parent_known = models.BooleanField("是否已知上级组织", default=False)
    founded_on = models.DateField("建立日期", null=True)
    dissolved_on = models.DateField("撤销日期", null=True)
    has_committee = models.BooleanField("是否设支部委员会", null=True)
    committee_members = models.PositiveSmallIntegerField("委员人数", null=True)
    groups = models.PositiveSmallIntegerField("党小组数", null=True)
    units_covered = models.PositiveSmallIntegerField("涵盖单位数", null=True)
    staff_total = models.PositiveIntegerField("工作人员总数", null=True)
    full_time_staff = models.PositiveIntegerField("专职党务工作人员数", null=True)
    secretary = models.CharField("书记", max_length=60, blank=True)
    secretary_is_head = models.BooleanField("书记是否本单位党员负责人", null=True)
    deputy_secretaries = models.CharField("副书记", max_length=200, blank=True)
    discipline_secretary = models.CharField("纪委书记", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "党组织"
        constraints = (
            models.UniqueConstraint(fields=("unit", "path"), name="organisation_path"),
            models.UniqueConstraint(fields=("unit", "name"), name="organisation_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name in daily use: formal names are too long for a table."""
        return self.short_name or self.name


class Term(models.Model):
    """A term of office of an organisation's committee or secretary; its end is derived where it is not told."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="terms", verbose_name="党组织")
    started_on = models.DateField("本届选举日期", null=True)
    until = models.DateField("本届届满日期", null=True)
    postponed_until = models.DateField("批准延期至", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "届"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "started_on", "until"), name="term_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.started_on}"
