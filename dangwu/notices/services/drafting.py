"""Drafts: what a notice says and to whom it would go. Nothing leaves before a person has sent it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dangwu.access.scoping import AccountActor
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.portions import portions
from dangwu.foundation.undo.checks import freely
from dangwu.members.queries import people
from dangwu.notices.models import Addressee, Notice
from dangwu.notices.policies import SEND, may_export, may_send, may_send_from
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standings

BATCH = 1_000
OUTSIDE = "有的通知对象不在您可以发通知的范围内，请重新选择。"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organisation or a person to whom a notice shall go, by key, and why."""

    organisation: int | None = None
    person: int | None = None
    why: str = ""

    def __post_init__(self) -> None:
        assert (self.organisation is None) != (self.person is None), "a notice goes to one or to the other"


@action("notice.draft", allow=may_send_from)
def draft_notice(
    *,
    by: Actor,
    organisation: Organisation,
    about: str,
    recipients: Sequence[Recipient],
    text: str,
    on: date,
    basis: str = "",
    url: str = "",
    kind: str = Notice.Kind.NOTICE,
) -> Notice:
    """Draft a notice in the name of an organisation. Whoever is named twice gets it once, for the first reason.

    ObjectionError where nobody is named, or somebody to whom the actor may not send.
    """
    chosen = _each_once(recipients)
    if not chosen:
        raise ObjectionError("没有选中任何通知对象，请重新选择。", field="to")
    _refuse_outside(by, chosen, on)
    notice = Notice(unit_id=organisation.unit_id, organisation=organisation, kind=kind, drafted_on=on)
    notice.about, notice.text, notice.basis, notice.url = about.strip(), text.strip(), basis.strip(), url
    notice.drafted_by = by.account if isinstance(by, AccountActor) else None
    notice.save()
    _address(notice, chosen)
    return notice


@action("notice.draft_reminders", allow=may_send_from)
def draft_reminders(
    *,
    by: Actor,
    organisation: Organisation,
    about: str,
    recipients: Sequence[Recipient],
    text: str,
    basis: str,
    on: date,
    url: str = "",
) -> Notice:
    """Draft a reminder to those who are late, each with what is missing of him, and the clause that asks for it.

    It waits among the drafts until a person has read it over and sends it. ObjectionError as with any notice.
    """
    return draft_notice(
        by=by,
        organisation=organisation,
        about=about,
        recipients=recipients,
        text=text,
        basis=basis,
        url=url,
        on=on,
        kind=Notice.Kind.REMINDER,
    )


@action("notice.edit", allow=may_send)
def edit_draft(*, by: Actor, notice: Notice, version: int, about: str, text: str, basis: str, on: date) -> Notice:
    """Change what a draft says. ObjectionError where it is a draft no more, ConflictError where somebody was faster."""
    refuse_unless_draft(notice)
    notice.version = version
    notice.about, notice.text, notice.basis = about.strip(), text.strip(), basis.strip()
    notice.save()
    return notice


@action("notice.drop", allow=may_send, undo=freely)
def drop_addressee(*, by: Actor, notice: Notice, addressee: Addressee, on: date) -> Notice:
    """Take somebody off the list of a draft. ObjectionError where he is the last, or it is a draft no more."""
    refuse_unless_draft(notice)
    if Addressee.objects.of(notice=notice).count() == 1:
        raise ObjectionError("只剩这一个通知对象了；不再发送的，请把草稿作废。")
    addressee.delete()
    return notice


@action("notice.discard", allow=may_send, undo=freely)
def discard_draft(*, by: Actor, notice: Notice, version: int, on: date) -> Notice:
    """Give a draft up; it stays to be looked at. ObjectionError where it is a draft no more."""
    refuse_unless_draft(notice)
    notice.version = version
    notice.state = Notice.State.DISCARDED
    notice.save()
    return notice


@action("notice.export", allow=may_export)
def export_notices(*, by: Actor, rows: int, chosen: str, on: date) -> None:
    """Note that a list of notices or of their deliveries leaves, and how long it is."""
    open_deed().subject_name, open_deed().reason = chosen, f"共 {rows} 行"


def refuse_unless_draft(notice: Notice) -> None:
    """Refuse what only a draft allows. Raises ObjectionError."""
    if notice.state != Notice.State.DRAFT:
        raise ObjectionError(f"这份通知{notice.get_state_display()}，不能再改动。")


def _each_once(recipients: Iterable[Recipient]) -> list[Recipient]:
    first: dict[tuple[int | None, int | None], Recipient] = {}
    for each in recipients:
        first.setdefault((each.organisation, each.person), each)
    return list(first.values())


def _refuse_outside(by: Actor, chosen: Sequence[Recipient], on: date) -> None:
    """Refuse those to whom the actor may not send. Raises ObjectionError."""
    scope = by.scope(SEND, on)
    organisations = [each.organisation for each in chosen if each.organisation is not None]
    persons = [each.person for each in chosen if each.person is not None]
    seen = sum(standings(scope).filter(organisation__in=keys).count() for keys in portions(organisations))
    seen += sum(people(scope).filter(pk__in=keys).count() for keys in portions(persons))
    if seen != len(chosen):
        raise ObjectionError(OUTSIDE, field="to")


def _address(notice: Notice, chosen: Sequence[Recipient]) -> None:
    rows = [
        Addressee(
            unit_id=notice.unit_id,
            notice=notice,
            organisation_id=each.organisation,
            person_id=each.person,
            why=each.why[:200],
        )
        for each in chosen
    ]
    Addressee.objects.bulk_create(rows, batch_size=BATCH)
