"""Registering somebody, and keeping what is told of him."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pinyin import spelled
from dangwu.foundation.sealing.blind import blinds
from dangwu.foundation.sealing.sealed import Sealed, seal
from dangwu.foundation.sheets.identity import IdentityFault, read_identity
from dangwu.members.models import Affiliation, Membership, Person
from dangwu.members.policies import may_keep, may_keep_in, may_reveal
from dangwu.members.queries import last_affiliation
from dangwu.members.services.amending import Amending
from dangwu.organisations.models import Group, Organisation
from dangwu.organisations.queries import last_standing, lasting_standing

TOLD = frozenset({"gender", "ethnicity", "birth", "native_place", "education", "degree", "working_since", "unit_post"})
SEALED = frozenset({"identity", "phone"})
FAULTS = {
    IdentityFault.MALFORMED: "应当是 18 位，其中的出生日期也应当存在",
    IdentityFault.CHECK_DIGIT: "的最后一位与前 17 位对不上",
    IdentityFault.DAMAGED: "的末几位被表格软件改成了 0",
}


@action("member.register", allow=may_keep_in)
def register_person(
    *,
    by: Actor,
    organisation: Organisation,
    name: str,
    kind: str,
    on: date,
    group: Group | None = None,
    joined_on: date | None = None,
    confirmed_on: date | None = None,
    told: Mapping[str, Any] | None = None,
) -> Person:
    """Put somebody on the roster of an organisation from a day on. `told` are further columns, identity and phone as
    plain text. Raises ObjectionError.
    """
    lasting_standing(organisation, on)
    person = Person(unit_id=organisation.unit_id)
    _describe(person, {"name": name, **(told or {})})
    _refuse_double(person, (told or {}).get("identity"))
    person.save()
    lines = {"unit_id": organisation.unit_id, "person": person, "valid_from": on}
    open_line(Membership(kind=kind, joined_on=joined_on, confirmed_on=confirmed_on, **lines))
    open_line(Affiliation(organisation=organisation, group=group, **lines))
    return _told(person, on)


def still_single(row: Model) -> None:
    """Refuse that a number comes back under which somebody else is registered by now. Raises ObjectionError."""
    if isinstance(row, Person) and row.identity_index:
        _refuse_doubles_of(row, [row.identity_index])


@action("member.describe", allow=may_keep, undo=still_single)
def describe_person(
    *, by: Actor, person: Person, version: int, on: date, reason: str, told: Mapping[str, Any]
) -> Person:
    """Change what is told of somebody, for a reason. Raises ObjectionError, ConflictError."""
    if not reason.strip():
        raise ObjectionError("请写明修改的理由，例如“本人提供学历证明”。", field="reason")
    open_deed().reason = reason.strip()
    amending = Amending(person)
    person.version = version
    _describe(person, told)
    _refuse_double(person, told.get("identity"))
    person.save()
    amending.note(on)
    return _told(person, on)


@action("member.reveal", allow=may_reveal)
def reveal(*, by: Actor, person: Person, column: str, purpose: str, on: date) -> str:
    """Read a sealed number of somebody for a purpose, which the audit and the person himself see."""
    if column not in SEALED:
        raise ObjectionError("这一项没有加密，可以直接查看。")
    if not purpose.strip():
        raise ObjectionError("请写明查看的用途，本人可以看到。", field="purpose")
    _told(person, on)
    value: Sealed | None = getattr(person, column)
    return value.open(purpose.strip()) if value else ""


def _describe(person: Person, told: Mapping[str, Any]) -> None:
    """Put what is told into the columns; what is not known as a column is a mistake in the program."""
    for column, value in told.items():
        if column == "name":
            _name(person, value)
        elif column in SEALED:
            setattr(person, column, _sealed(person, column, value))
        else:
            assert column in TOLD, column
            setattr(person, column, value)


def _name(person: Person, name: str) -> None:
    if not name.strip():
        raise ObjectionError("请填写姓名。", field="name")
    spelling = spelled(name.strip())
    person.name = name.strip()
    person.pinyin, person.initials = spelling.whole[:200], spelling.initials[:60]


def _sealed(person: Person, column: str, text: str | None) -> Sealed | None:
    """A number to be kept; ObjectionError for an identity number that cannot be one."""
    if not text or not text.strip():
        return None
    plain = identity_number(text) if column == "identity" else text.strip()
    return seal(plain, owner=person.uid, field=f"members.person.{column}")


def identity_number(text: str) -> str:
    """The number that was written. Raises ObjectionError for what cannot be one."""
    reading = read_identity(text)
    if reading.value is None:
        fault = reading.fault or IdentityFault.MALFORMED
        raise ObjectionError(f"公民身份号码{FAULTS[fault]}，请对照证件重新填写。", field="identity")
    return reading.value.text


def _refuse_double(person: Person, number: str | None) -> None:
    if number:
        _refuse_doubles_of(person, blinds("members.person.identity", number))


def _refuse_doubles_of(person: Person, indexes: Sequence[str]) -> None:
    others = Person.objects.unscoped("nobody is on two rosters").filter(identity_index__in=indexes)
    if others.exclude(pk=person.pk).exists():
        raise ObjectionError(
            "这个公民身份号码已经登记在另一名人员名下。是同一个人的，请办理组织关系转入，不要重复登记。",
            field="identity",
        )


def _told(person: Person, on: date) -> Person:
    affiliation = last_affiliation(person, on)
    standing = last_standing(affiliation.organisation, on) if affiliation else None
    open_deed().about(person, place=standing.path if standing else "")
    return person
