"""Many rows in one statement arrive as they are, whatever the database writes them with."""

import pytest
from django.db.models import Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from dangwu.foundation.imports.models import RememberedHead

pytestmark = pytest.mark.django_db


def made(*kinds: str | Combinable) -> list[str]:
    rows = [RememberedHead(kind=kind, digest=str(place), columns={"A": "姓名%s"}) for place, kind in enumerate(kinds)]
    kept = RememberedHead.objects.bulk_create(rows)
    assert len({row.pk for row in kept}) == len(kinds)
    assert all(row.columns == {"A": "姓名%s"} for row in RememberedHead.objects.all())
    return list(RememberedHead.objects.order_by("digest").values_list("kind", flat=True))


def test_plain_values_arrive_as_they_are() -> None:
    assert made("党员", "%s", "'); --") == ["党员", "%s", "'); --"]


def test_expressions_are_worked_out_beside_them() -> None:
    assert made("名册", Concat(Value("台"), Value("账"))) == ["名册", "台账"]
