"""A table of people as far as seals are concerned."""

import uuid

from django.apps.registry import Apps
from django.db import models

from dangwu.foundation.sealing.fields import BlindField, SealedField
from dangwu.foundation.sealing.sealed import Sealed, seal, unlogged

NUMBER, OTHER = "99010119900101123X", "990101198512120019"
IDENTITY = "sealing_fields.holder.identity"


class Holder(models.Model):
    """A person as far as seals are concerned; its registry is its own, so no migration knows of it."""

    identity_index = BlindField("身份证号检索值", of="identity")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    identity = SealedField("身份证号", null=True, mask="identity")
    phone = SealedField("电话", null=True, mask="phone", label="members.person.phone")
    identity_tail = BlindField("身份证号末四位检索值", of="identity", tail=True)

    class Meta:
        app_label = "sealing_fields"
        apps = Apps()

    def __str__(self) -> str:
        return str(self.uid)


def holder(number: str | None = NUMBER) -> Holder:
    uid = uuid.uuid4()
    sealed = seal(number, owner=uid, field=IDENTITY) if number else None
    return Holder(uid=uid, identity=sealed)


def opened(value: Sealed | None) -> str | None:
    with unlogged("a test looks at what was kept"):
        return value.open("核对") if value else None


def people() -> models.QuerySet[Holder]:
    return models.QuerySet(Holder)


def kept(person: Holder) -> Holder:
    return people().get(pk=person.pk)
