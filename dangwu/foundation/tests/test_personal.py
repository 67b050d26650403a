import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from django.apps.registry import Apps
from django.db import models

from dangwu.foundation.personal import (
    Personal,
    Sensitivity,
    Shown,
    misdeclared,
    misdeclared_in,
    personal_fields,
    private_columns,
    registry,
    undeclared,
    undeclared_in,
)
from dangwu.foundation.sealing.fields import BlindField, SealedField

NAME = Personal(
    purpose="登记和联系党员。",
    basis="《中国共产党党员教育管理工作条例》",
    retention="组织关系转出后五年。",
)
IDENTITY = Personal(
    purpose="核对本人身份，避免同名混淆。",
    basis="《中华人民共和国个人信息保护法》",
    retention="党籍终止后一年。",
    sensitivity=Sensitivity.SENSITIVE,
    shown=Shown.MASKED,
)


class Versioned(models.Model):
    not_personal: ClassVar[frozenset[str]] = frozenset({"version"})
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        abstract = True
        apps = Apps()


class Neighbour(Versioned):
    """Everything is declared."""

    holds_personal_data = True
    personal: ClassVar[Mapping[str, Personal]] = {"identity": IDENTITY, "name": NAME}
    not_personal: ClassVar[frozenset[str]] = frozenset({"uid"})

    uid = models.UUIDField(default=uuid.uuid4)
    name = models.CharField("姓名", max_length=60)
    identity = SealedField("身份证号", null=True)
    identity_index = BlindField("身份证号检索值", of="identity")

    class Meta:
        app_label = "personal_tests"
        apps = Apps()

    def __str__(self) -> str:
        return self.name


class Stranger(Versioned):
    """Much is wrong."""

    holds_personal_data = True
    personal: ClassVar[Mapping[str, Personal]] = {"identity": NAME, "gone": NAME, "both": NAME}
    not_personal: ClassVar[frozenset[str]] = frozenset({"both"})

    both = models.CharField("甲", max_length=9)
    birth = models.CharField("出生日期", max_length=10)
    identity = SealedField("身份证号", null=True)

    class Meta:
        app_label = "personal_tests"
        apps = Apps()

    def __str__(self) -> str:
        return self.birth


def test_a_person_reads_what_is_kept_in_the_order_of_the_columns() -> None:
    fields = personal_fields(Neighbour)
    assert [(field.title, field.told.purpose) for field in fields] == [
        ("姓名", "登记和联系党员。"),
        ("身份证号", "核对本人身份，避免同名混淆。"),
    ]
    assert fields[1].label == "personal_tests.neighbour.identity"


def test_the_audit_keeps_neither_values_nor_what_they_are_found_by() -> None:
    assert private_columns(Neighbour) == {"name", "identity", "identity_index"}


def test_every_column_of_a_person_is_judged() -> None:
    assert undeclared_in(Neighbour) == []
    assert undeclared_in(Stranger) == ["birth"]


def test_a_model_that_holds_nothing_personal_owes_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stranger, "holds_personal_data", False)
    assert undeclared_in(Stranger) == []


def test_declarations_that_cannot_hold_are_named() -> None:
    assert misdeclared_in(Neighbour) == []
    assert misdeclared_in(Stranger) == ["both", "gone", "identity"]


@pytest.mark.parametrize("missing", [{"purpose": " "}, {"retention": ""}, {"basis": "有关规定"}])
def test_a_declaration_that_tells_nothing_is_refused(missing: dict[str, Any]) -> None:
    told = {"purpose": "登记。", "basis": "《中国共产党章程》", "retention": "长期。"}
    with pytest.raises(ValueError, match="personal column"):
        Personal(**told | missing)


def test_the_models_of_the_house_have_declared_everything() -> None:
    assert undeclared() == []
    assert misdeclared() == []


def test_the_registry_knows_columns_by_the_name_that_the_audit_uses() -> None:
    assert all(label == field.label and label.count(".") == 2 for label, field in registry().items())
