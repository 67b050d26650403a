"""People, their membership, where they belong, and the posts they hold.

No identity or telephone number is kept here: the check needs them only while it reads a workbook.
"""

from django.db import models

from dangwu.organisations.models import Organisation, Unit


class Person(models.Model):
    """Somebody on a roster. `birth` keeps the precision in which it was told (1968-07 or 1968-07-01)."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位")
    name = models.CharField("姓名", max_length=60)
    gender = models.CharField("性别", max_length=10, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    birth = models.CharField("出生日期", max_length=10, blank=True)
    education = models.CharField("学历", max_length=30, blank=True)
    in_service = models.BooleanField("是否在职", null=True)
    infirm = models.BooleanField("是否年老体弱或病残", default=False)
    unit_post = models.CharField("行政职务", max_length=100, blank=True)
    roster_row = models.PositiveIntegerField("名册行号", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = (models.Index(fields=("unit", "name"), name="person_name"),)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Membership of the Party: full or probationary, and since when. Known only by its month, a day is the first."""

    class Kind(models.TextChoices):
        FULL = "full", "正式党员"
        PROBATIONARY = "probationary", "预备党员"

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位")
    person = models.OneToOneField(Person, models.CASCADE, related_name="membership", verbose_name="党员")
    kind = models.CharField("人员类别", max_length=12, choices=Kind, blank=True)
    joined_on = models.DateField("入党日期", null=True)
    confirmed_on = models.DateField("转正日期", null=True)
    dues_base = models.DecimalField("党费计算基数", max_digits=10, decimal_places=2, null=True)
    dues_paid = models.DecimalField("每月交纳党费", max_digits=10, decimal_places=2, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "党籍"

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Affiliation(models.Model):
    """To which organisation, and to which group in it, a member belongs."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位")
    person = models.OneToOneField(Person, models.CASCADE, related_name="affiliation", verbose_name="党员")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations", verbose_name="党组织")
    group = models.CharField("党小组", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织关系"

    def __str__(self) -> str:
        return f"{self.person_id} {self.organisation_id}"


class Post(models.Model):
    """A party post that somebody holds in an organisation."""

    class Kind(models.TextChoices):
        SECRETARY = "secretary", "书记"
        DEPUTY_SECRETARY = "deputy_secretary", "副书记"
        ORGANISATION_MEMBER = "organisation_member", "组织委员"
        PUBLICITY_MEMBER = "publicity_member", "宣传委员"
        DISCIPLINE_MEMBER = "discipline_member", "纪检委员"
        COMMITTEE_MEMBER = "committee_member", "委员"
        DISCIPLINE_SECRETARY = "discipline_secretary", "机关纪委书记"
        GROUP_LEADER = "group_leader", "党小组组长"

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位")
    person = models.ForeignKey(Person, models.CASCADE, related_name="posts", verbose_name="党员")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="posts", verbose_name="党组织")
    kind = models.CharField("党内职务", max_length=20, choices=Kind)

    class Meta:
        verbose_name = verbose_name_plural = "党内职务"
        constraints = (models.UniqueConstraint(fields=("unit", "organisation", "person", "kind"), name="post_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
