"""What every database must do alike, and what a service may rely on: run on each of them."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import IntegrityError, NotSupportedError, connection, models, transaction
from django.db.models.functions import Greatest, Now
from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.django_db


class Sample(models.Model):
    name = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    day = models.DateField(default=date.max)
    at = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    told = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    sealed = models.BinaryField(default=b"")
    known = models.BooleanField(null=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        apps = Apps()  # a registry of its own: the site knows no such table
        app_label = "foundation"
        constraints = (
            models.UniqueConstraint(fields=("name", "place", "day"), name="sample_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="sample_amount"),
        )

    def __str__(self) -> str:
        return self.name


def alter_and_alter_back(field: models.Field[Any, Any], other: models.Field[Any, Any]) -> None:
    other.set_attributes_from_name(field.name)
    for before, after in [(field, other), (other, field)]:
        with connection.schema_editor() as editor:
            editor.alter_field(Sample, before, after)


@pytest.fixture(scope="module", autouse=True)
def table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 - comes first
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Sample)
        Sample.objects.create(name="先有的一行", told={"学时": 32})
        alter_and_alter_back(Sample.told.field, models.TextField())
        alter_and_alter_back(Sample.place.field, models.CharField(max_length=30, null=True))
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Sample)


def names(*values: str) -> None:
    Sample.objects.bulk_create([Sample(name=value) for value in values])


def found(**conditions: Any) -> list[str]:  # noqa: ANN401 - any lookup
    return list(Sample.objects.filter(**conditions).values_list("name", flat=True).order_by("name"))


def constraints(model: type[models.Model]) -> Mapping[str, Any]:
    """What the database itself says of a model's table, by name."""
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, model._meta.db_table)  # noqa: SLF001


def without_index(model: type[models.Model]) -> list[str]:
    """The foreign keys of a model with which no index begins."""
    told = constraints(model).values()
    indexed = {tuple(one["columns"][:1]) for one in told if one["index"] or one["unique"] or one["primary_key"]}
    keys = [field for field in model._meta.local_concrete_fields if isinstance(field, models.ForeignKey)]  # noqa: SLF001
    return [field.name for field in keys if (field.column,) not in indexed]


def is_made(constraint: models.BaseConstraint) -> bool:
    """MySQL knows no condition of uniqueness: Django leaves such a constraint out."""
    conditional = isinstance(constraint, models.UniqueConstraint) and constraint.condition is not None
    return connection.features.supports_partial_indexes or not conditional


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True))
def test_every_foreign_key_has_an_index(model: type[models.Model]) -> None:
    assert without_index(model) == []


@pytest.mark.parametrize("model", [Sample, *apps.get_models()])
def test_every_constraint_outlived_the_migrations(model: type[models.Model]) -> None:
    wanted = {constraint.name for constraint in model._meta.constraints if is_made(constraint)}  # noqa: SLF001
    assert wanted <= set(constraints(model))


def test_rows_created_at_once_know_their_keys() -> None:
    rows = Sample.objects.bulk_create([Sample(name=f"{number}") for number in range(2_500)], batch_size=1_000)
    kept = dict(Sample.objects.filter(name__in=[row.name for row in rows]).values_list("name", "pk"))
    assert {row.name: row.pk for row in rows} == kept


def test_a_refused_row_takes_the_whole_batch_with_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        names("甲", "乙", "甲")
    assert found(name__in=["甲", "乙"]) == []


def test_names_that_differ_in_case_or_accent_are_different() -> None:
    names("cafe", "Cafe", "café")
    assert found(name="cafe") == ["cafe"]
    assert found(name__in=["Cafe", "CAFE"]) == ["Cafe"]


@pytest.mark.parametrize("lookup", ["iexact", "icontains", "istartswith", "iendswith"])
def test_case_is_ignored_where_that_is_asked_for(lookup: str) -> None:
    names("zhongzheng")
    assert found(**{f"name__{lookup}": "ZhongZheng"}) == ["zhongzheng"]


def test_percent_signs_and_underscores_mean_themselves() -> None:
    names("满意率100%", "满意率1000", "第_组", "第一组")
    assert found(name__contains="0%") == ["满意率100%"]
    assert found(name__startswith="第_") == ["第_组"]


def test_text_is_sorted_by_its_characters() -> None:
    names("张", "b", "", "B", "李", "é", "a", "𠮷")
    assert found(pk__gt=1) == ["", "B", "a", "b", "é", "张", "李", "𠮷"]


def test_paths_are_found_as_a_range() -> None:
    names("0001", "00010001", "000100010001", "00010002", "0002")
    assert found(name__gte="00010001", name__lt="00010002") == ["00010001", "000100010001"]


@pytest.mark.parametrize("day", [date.min, date.max, date(2024, 2, 29)])
def test_the_farthest_days_are_kept(day: date) -> None:
    Sample.objects.create(name="日", day=day)
    assert Sample.objects.get(day=day, name="日").day == day


def test_a_day_that_a_query_brings_with_it_comes_back_as_a_day() -> None:
    day = models.Value(date(2024, 2, 29), models.DateField())
    rows = Sample.objects.annotate(told_day=day, later=Greatest("day", day))
    assert rows.values_list("told_day", "later").get() == (date(2024, 2, 29), date.max)


def test_a_moment_is_kept_to_the_microsecond() -> None:
    moment = datetime(1986, 5, 4, 1, 59, 59, 999_999, tzinfo=UTC)
    Sample.objects.create(name="时", at=moment)
    assert Sample.objects.get(at=moment).at == moment


def test_the_clock_of_the_database_is_read_as_utc() -> None:
    Sample.objects.create(name="时", at=Now())
    told = Sample.objects.get(name="时").at
    assert told is not None
    assert abs((datetime.now(UTC) - told).total_seconds()) < 60


def test_a_day_of_a_moment_is_right_or_refused() -> None:
    Sample.objects.create(name="时", at=datetime(2026, 6, 30, 16, 30, tzinfo=UTC))
    knows_zones = connection.features.has_zoneinfo_database
    with nullcontext() if knows_zones else pytest.raises(NotSupportedError, match="time zones"):
        assert found(at__date=date(2026, 7, 1)) == ["时"]


def test_money_is_added_exactly() -> None:
    Sample.objects.bulk_create([Sample(name=str(number), amount=Decimal("0.10")) for number in range(3)])
    assert Sample.objects.aggregate(all=models.Sum("amount")) == {"all": Decimal("0.30")}


def test_structures_and_sealed_values_come_back_as_they_went() -> None:
    told = {"党员": ["钟正", "𠮷"], "学时": 32, "应到": None, "已到": True}
    sealed = bytes(range(256))
    kept = Sample.objects.get(pk=Sample.objects.create(told=told, sealed=sealed, text="长" * 400_000).pk)
    assert (kept.told, bytes(kept.sealed), len(kept.text)) == (told, sealed, 400_000)


def test_a_structure_may_have_been_text() -> None:
    assert found(told__学时=32) == ["先有的一行"]


def test_what_is_not_told_is_neither_yes_nor_no() -> None:
    for name, known in (("是", True), ("否", False), ("未填", None)):
        Sample.objects.create(name=name, known=known)
    assert [found(pk__gt=1, known=known) for known in (True, False)] == [["是"], ["否"]]
    assert found(pk__gt=1, known__isnull=True) == ["未填"]


def test_a_savepoint_takes_back_what_came_after_it() -> None:
    with transaction.atomic():
        names("前")
        with pytest.raises(IntegrityError), transaction.atomic():
            names("后", "前")
        assert found(name__in=["前", "后"]) == ["前"]


@pytest.mark.parametrize("refused", [{"name": "先有的一行"}, {"amount": -1}, {"told": None}])
def test_a_constraint_refuses_with_the_same_error(refused: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(**refused)


@pytest.mark.parametrize("batch_size", [1, 2])
def test_a_key_may_be_nought_also_among_others(batch_size: int) -> None:
    Sample.objects.bulk_create([Sample(pk=7_000, name="七千"), Sample(pk=0, name="零")], batch_size=batch_size)
    assert (Sample.objects.get(name="零").pk, Sample.objects.get(name="七千").pk) == (0, 7_000)
    assert Sample.objects.create(name="后").pk > 0


def test_an_update_counts_rows_that_were_so_already() -> None:
    names("甲")
    assert [Sample.objects.filter(name="甲").update(place="乙") for _ in range(2)] == [1, 1]


def test_rows_are_deleted_by_what_another_query_finds() -> None:
    names("甲", "乙")
    Sample.objects.filter(pk__in=Sample.objects.filter(name="甲")).delete()
    assert found(name__in=["甲", "乙"]) == ["乙"]


def test_many_keys_fit_into_one_question() -> None:
    assert Sample.objects.filter(pk__in=range(2_000)).exists()


@pytest.mark.skipif("not connection.features.has_select_for_update_skip_locked", reason="one writer at a time")
def test_a_locked_row_is_passed_over_by_others() -> None:
    def seen_by_another() -> list[str]:
        with transaction.atomic():
            rows = list(Sample.objects.select_for_update(skip_locked=True))
        connection.close()
        return [row.name for row in rows]

    with transaction.atomic(), ThreadPoolExecutor(1) as another:
        assert Sample.objects.select_for_update().get(name="先有的一行")
        assert another.submit(seen_by_another).result(timeout=30) == []
