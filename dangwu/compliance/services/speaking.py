"""People's word over verdicts: exemptions, what a branch says to what it has not done, findings of the level above."""

from datetime import date

from dangwu.compliance.models import Answer, DutyState, Exemption, Overruling, Word
from dangwu.compliance.policies import may_answer, may_decide, may_decide_on
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.kernel.span import FAR
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standing_of

NOT_ASKED = "这个党组织在这个期间没有这一项要求，请核对规则和期间。"


@action("verdict.exempt", allow=may_decide)
def exempt(
    *, by: Actor, organisation: Organisation, rule: str, since: date, until: date = FAR, basis: str, today: date
) -> Exemption:
    """Ask nothing of an organisation, or not one thing, from a day to another, both inclusive; an empty rule stands for
    everything. ObjectionError without a basis.
    """
    _require(basis, "免除须写明依据，例如批准的文件和文号。", "basis")
    if rule:
        _known(rule)
    if until < since:
        raise ObjectionError("截止日期早于起始日期，请核对两个日期。", field="until")
    exemption = Exemption(unit_id=organisation.unit_id, organisation=organisation, rule=rule, since=since, until=until)
    exemption.basis, exemption.given_on, exemption.given_by = basis.strip(), today, by.name
    exemption.save()
    _about(organisation, today, basis)
    return exemption


@action("verdict.end_exemption", allow=may_decide_on)
def end_exemption(*, by: Actor, row: Exemption, until: date, today: date) -> None:
    """Let an exemption end earlier, `until` being its last day; one that has not begun by then goes."""
    if until > row.until:
        raise ObjectionError("免除只能提前结束；需要延长的，请另办一次并写明依据。", field="until")
    _about(row.organisation, today, row.basis)
    if until < row.since:
        row.delete()
        return
    row.until = until
    row.save()


@action("verdict.answer", allow=may_answer)
def answer(*, by: Actor, organisation: Organisation, rule: str, period: str, text: str, today: date) -> Answer:
    """Say something to what an organisation has not done; what it said before is replaced. It changes no verdict."""
    _require(text, "请写下情况说明。", "text")
    if not _state(organisation, rule, period).unmet:
        raise ObjectionError("这一项没有未完成的要求，不需要说明。", field="rule")
    subject = {"unit_id": organisation.unit_id, "organisation": organisation, "rule": rule, "period": period}
    row = Answer.objects.of(organisation=organisation).filter(rule=rule, period=period).first() or Answer(**subject)
    row.text, row.given_on, row.given_by = text.strip(), today, by.name
    row.save()
    _about(organisation, today)
    return row


@action("verdict.overrule", allow=may_decide)
def overrule(
    *, by: Actor, organisation: Organisation, rule: str, period: str, word: str, reason: str, today: date
) -> Overruling:
    """Find otherwise than the rule says; a finding that stood before is replaced. ObjectionError without a reason."""
    _require(reason, "上级认定须写明理由。", "reason")
    if word not in Word.values:
        raise ObjectionError("请选择认定的结论。", field="word")
    _state(organisation, rule, period)
    subject = {"unit_id": organisation.unit_id, "organisation": organisation, "rule": rule, "period": period}
    kept = Overruling.objects.of(organisation=organisation).filter(rule=rule, period=period)
    row = kept.first() or Overruling(**subject)
    row.word, row.reason, row.given_on, row.given_by = word, reason.strip(), today, by.name
    row.save()
    _about(organisation, today, reason)
    return row


@action("verdict.withdraw", allow=may_decide_on)
def withdraw_overruling(*, by: Actor, row: Overruling, reason: str, today: date) -> None:
    """Let the rule's own verdict stand again."""
    _require(reason, "撤回上级认定须写明理由。", "reason")
    _about(row.organisation, today, reason)
    row.delete()


def _require(text: str, objection: str, field: str) -> None:
    if not text.strip():
        raise ObjectionError(objection, field=field)


def _known(rule: str) -> None:
    if rule not in every_rule().rules:
        raise ObjectionError(f"没有编号为“{rule}”的规则，请从列表中选择。", field="rule")


def _state(organisation: Organisation, rule: str, period: str) -> DutyState:
    _known(rule)
    row = DutyState.objects.of(organisation=organisation).filter(rule=rule, period=period).first()
    if row is None:
        raise ObjectionError(NOT_ASKED, field="period")
    return row


def _about(organisation: Organisation, today: date, reason: str = "") -> None:
    standing, deed = standing_of(organisation, today), open_deed()
    deed.about(organisation, name=standing.name, place=standing.path)
    deed.reason = reason.strip() or deed.reason
