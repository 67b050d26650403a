"""The same roster by django-import-export, as its makers show it: a dry run with its differences, then the import.

It writes what we write of a person, each row by its hooks. It is let off much: it checks no value, maps no head, asks
after nobody, tells no audit, and cannot be undone. Needs django-import-export, which only benches install.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource

from dangwu.foundation.pinyin import spelled
from dangwu.foundation.sealing.sealed import seal
from dangwu.members.models import Affiliation, Circumstances, Membership, Person

DAY = date(2026, 1, 1)
HEADS = {
    "姓名": "name",
    "性别": "gender",
    "民族": "ethnicity",
    "出生日期": "birth",
    "学历": "education",
    "学位": "degree",
    "籍贯": "native_place",
    "行政职务": "unit_post",
}
NUMBERS = {"身份证号码": "identity", "联系电话": "phone"}
BRANCH = "所在党支部"


class People(ModelResource):  # type: ignore[misc] # theirs has no types
    """Somebody is known by his name and birth."""

    class Meta:
        model = Person
        fields = tuple(HEADS.values())
        import_id_fields = ("name", "birth")

    def __init__(self, unit: int, places: Mapping[str, int]) -> None:
        super().__init__()
        self._unit, self._places = unit, places

    def get_queryset(self) -> Any:  # noqa: ANN401 - theirs has no types
        return Person.objects.unscoped("a bench")

    def before_save_instance(self, instance: Person, row: Mapping[str, Any], **_: object) -> None:
        """What belongs to the row itself."""
        spelling = spelled(instance.name)
        instance.unit_id, instance.pinyin, instance.initials = self._unit, spelling.whole, spelling.initials
        for head, column in NUMBERS.items():
            setattr(instance, column, seal(str(row[head]), owner=instance.uid, field=f"members.person.{column}"))

    def after_save_instance(self, instance: Person, row: Mapping[str, Any], **_: object) -> None:
        """The rows beside it."""
        since = {"unit_id": self._unit, "person_id": instance.pk, "valid_from": DAY}
        Membership(kind="full", **since).save()
        Affiliation(organisation_id=self._places[str(row[BRANCH])], **since).save()
        Circumstances(employment="in_service", **since).save()


def bring_in(path: Path, unit: int, places: Mapping[str, int]) -> int:
    """How many people were written."""
    table = XLSX().create_dataset(path.read_bytes())
    table.headers = [HEADS.get(head, head) for head in table.headers]
    people = People(unit, places)
    assert not people.import_data(table, dry_run=True).has_errors()
    return int(people.import_data(table, dry_run=False, raise_errors=True).totals["new"])
