"""Every write is an action: asked who, refused or done whole, and told once."""

from datetime import date

import pytest
from django.db import connection, transaction

from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import OutsideActionError, open_deed
from dangwu.foundation.objections import ConflictError, RefusedError
from dangwu.organisations.models import Unit

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
ON = date(2026, 3, 1)


def nobody(**_: object) -> bool:
    return False


@action("test.name", allow=anybody)
def name_unit(*, by: Actor, name: str, on: date) -> Unit:  # noqa: ARG001 - as an action takes them
    unit = Unit(name=name)
    unit.save()
    return unit


@action("test.rename", allow=anybody)
def rename_unit(*, by: Actor, unit: Unit, name: str) -> Unit:  # noqa: ARG001 - as an action takes them
    unit.name = name
    unit.save()
    return unit


@action("test.forbidden", allow=nobody)
def forbidden(*, by: Actor) -> None:  # noqa: ARG001 - as an action takes them
    Unit(name="不应出现").save()


@action("test.fails", allow=anybody)
def fails(*, by: Actor) -> None:
    name_unit(by=by, name="半途", on=ON)
    raise ZeroDivisionError


@action("test.many", allow=anybody)
def name_two(*, by: Actor) -> list[Unit]:
    return [name_unit(by=by, name=name, on=ON) for name in ("甲局", "乙局")]


def told() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("sequence").values_list("verb", "actor_key"))


def test_an_action_is_told_once_with_who_and_what() -> None:
    unit = name_unit(by=BY, name="示例局", on=ON)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_key, entry.subject) == (
        "test.name",
        "command:test",
        f"organisations.unit:{unit.pk}",
    )
    assert "示例局" in entry.body


def test_what_the_policy_refuses_does_not_happen() -> None:
    with pytest.raises(RefusedError, match="没有办理这一事项的权限"):
        forbidden(by=BY)
    assert (Unit.objects.count(), told()) == (0, [])


def test_what_fails_half_way_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        fails(by=BY)
    assert (Unit.objects.count(), told()) == (0, [])


def test_an_action_inside_another_is_told_by_the_outer_one() -> None:
    name_two(by=BY)
    assert Unit.objects.count() == 2
    assert told() == [("test.many", "command:test")]


def test_a_save_outside_an_action_is_a_mistake() -> None:
    with pytest.raises(OutsideActionError):
        Unit(name="示例局").save()
    with pytest.raises(OutsideActionError):
        Unit.objects.bulk_create([Unit(name="示例局")])
    with pytest.raises(OutsideActionError):
        Unit.objects.update(name="示例局")
    with pytest.raises(OutsideActionError):
        Unit.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_unit SET name = 'x'",
        "DELETE FROM organisations_unit",
        "INSERT INTO organisations_unit (name) VALUES ('x')",
        "  update organisations_unit set name = 'x'",
        "DELETE FROM foundation_auditentry",
        "UPDATE foundation_auditentry SET verb = 'x'",
    ],
)
def test_no_statement_gets_past_the_guard(statement: str) -> None:
    with pytest.raises(OutsideActionError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_statement_past_the_models_is_refused_even_inside_an_action() -> None:
    @action("test.past", allow=anybody)
    def past(*, by: Actor) -> None:  # noqa: ARG001 - as an action takes them
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM organisations_unit")

    with pytest.raises(OutsideActionError):
        past(by=BY)


def test_a_lost_update_shows_both_values() -> None:
    unit = name_unit(by=BY, name="示例局", on=ON)
    mine, theirs = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=unit.pk)
    rename_unit(by=BY, unit=theirs, name="他们的局")
    with pytest.raises(ConflictError) as conflict:
        rename_unit(by=BY, unit=mine, name="我的局")
    assert (conflict.value.yours["name"], conflict.value.theirs["name"]) == ("我的局", "他们的局")


def test_bulk_writes_are_told_row_by_row_and_get_new_versions() -> None:
    @action("test.bulk", allow=anybody)
    def bulk(*, by: Actor) -> int:  # noqa: ARG001 - as an action takes them
        Unit.objects.bulk_create([Unit(name="甲局"), Unit(name="乙局")])
        Unit.objects.filter(name="甲局").update(short_name="甲")
        Unit.objects.filter(name="乙局").delete()
        return len(open_deed().changes)

    assert bulk(by=BY) == 4
    assert Unit.objects.get().version == 2
