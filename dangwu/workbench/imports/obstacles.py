"""What stands in the way of an undoing, as people know it."""

from collections.abc import Iterable

from django.apps import apps

from dangwu.foundation.undo.journals import Key
from dangwu.members.models import Person
from dangwu.organisations.models import Standing


def named_obstacles(keys: Iterable[Key]) -> list[str]:
    """Whom and what they concern, each once: people and organisations by their names."""
    rows = [apps.get_model(label)._base_manager.filter(pk=pk).first() for label, pk in keys]  # noqa: SLF001
    return list(dict.fromkeys(_named(row) for row in rows if row is not None))


def _named(row: object) -> str:
    person = row if isinstance(row, Person) else getattr(row, "person", None) or getattr(row, "account", None)
    if person is not None:
        return str(person.name)
    organisation = getattr(row, "organisation_id", None)
    standing = Standing.objects.unscoped("what was imported is named").filter(organisation=organisation or 0).last()
    return standing.name if standing else str(row)
