"""Activities, what they served for, and who was away or took part."""

from django.db import models

from dangwu.foundation.tracking import Tracked, TrackedQuerySet
from dangwu.members.models import Person
from dangwu.organisations.models import Organisation, Unit
from dangwu.records.personal import ABSENCE, ACTIVITY, PARTICIPATION


class Activity(Tracked):
    """Something that an organisation held, as its ledger tells it."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activities", verbose_name="党组织")
    group = models.CharField("党小组", max_length=60, blank=True)
    held_on = models.DateField("日期")
    topic = models.CharField("主题", max_length=300, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    lecturer = models.CharField("主讲人", max_length=60, blank=True)
    expected = models.PositiveIntegerField("应到", null=True)
    present = models.PositiveIntegerField("实到", null=True)
    in_favour = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstained = models.PositiveIntegerField("弃权", null=True)
    hours = models.DecimalField("学时", max_digits=6, decimal_places=2, null=True)
    days = models.DecimalField("天数", max_digits=5, decimal_places=1, null=True)
    ledger = models.CharField("台账文件", max_length=200, blank=True)
    ledger_row = models.PositiveIntegerField("台账行号", null=True)

    holds_personal_data = True
    personal = ACTIVITY
    not_personal = frozenset(
        {
            *("unit_id", "version", "organisation_id", "group", "held_on", "topic", "place", "expected", "present"),
            *("in_favour", "against", "abstained", "hours", "days", "ledger", "ledger_row"),
        }
    )

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        indexes = (models.Index(fields=("unit", "organisation", "held_on"), name="activity_held"),)

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"


class Service(Tracked):
    """One kind of duty that an activity served: a theme day with a lecture serves two. It repeats whose and when,
    so that counting a year of duties reads nothing but this table's index.

    A duty that is `entailed` counts, but is not held to its own rules: an election is an assembly, and votes otherwise.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="services", verbose_name="活动")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="党组织")
    kind = models.CharField("活动类型", max_length=40)
    held_on = models.DateField("日期")
    entailed = models.BooleanField("是否随另一种活动计入", default=False)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动所尽职责"
        indexes = (models.Index(fields=("unit", "kind", "organisation", "held_on"), name="service_count"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind}"


class Absence(Tracked):
    """Somebody who should have been there and was not."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="absences", verbose_name="活动")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="党员")
    name = models.CharField("姓名", max_length=60)
    reason = models.CharField("原因", max_length=100, blank=True)

    holds_personal_data = True
    personal = ABSENCE
    not_personal = frozenset({"unit_id", "version", "activity_id"})

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "缺席"

    def __str__(self) -> str:
        return self.name


class Participation(Tracked):
    """Somebody who took part where the ledger names those who did instead of those who did not."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participations", verbose_name="活动")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="党员")
    name = models.CharField("姓名", max_length=60)

    holds_personal_data = True
    personal = PARTICIPATION
    not_personal = frozenset({"unit_id", "version", "activity_id"})

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参加"

    def __str__(self) -> str:
        return self.name
