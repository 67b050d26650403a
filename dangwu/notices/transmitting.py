"""Handing over what is due, and asking what became of it: short messages to the gateway, e-mails to the mail server.

Each delivery is claimed first and its outcome kept after, so that a program that stops in between leaves it to the
next, which asks before it sends. While anything is on the line no transaction is open.
"""

from collections import Counter
from datetime import datetime, timedelta

from dangwu.foundation.actors import CommandLine
from dangwu.notices.gateways import Answer, Gateway, Outcome
from dangwu.notices.mail import send_mail
from dangwu.notices.models import Delivery
from dangwu.notices.opening_hours import is_open
from dangwu.notices.services.opening import Parcel, claim_due

State, Channel = Delivery.State, Delivery.Channel
BY = CommandLine("tick")
WAITS = (1, 5, 15, 60, 240)
"""Minutes after each attempt before the next; after the last it is given up."""
ASK_EVERY = timedelta(minutes=10)
ASKED_FOR = timedelta(hours=48)
"""For so long a gateway is asked whether a message has arrived."""
MOST = 2_000  # deliveries of one run
DOWN = 3  # attempts in a row without an answer, after which a way is left alone until the next run


def transmit(now: datetime, gateway: Gateway | None) -> str:
    """Hand over whatever is due at a moment; what was done in words, nothing where there was nothing to do."""
    sent = _Run(now, gateway).hand_over() if is_open(now) else 0
    asked = _ask(now, gateway) if gateway else 0
    words = [f"办理 {sent} 件" if sent else "", f"核实 {asked} 件" if asked else ""]
    return "，".join(filter(None, words))


class _Run:
    """One run over what is due; it notices when a way is down, and does not wait for it again and again."""

    def __init__(self, now: datetime, gateway: Gateway | None) -> None:
        self.now = now
        self.gateway = gateway
        self.silent: Counter[str] = Counter()

    def hand_over(self) -> int:
        """Hand over what is due, claimed a few at a time; how many there were."""
        waiting = Delivery.objects.filter(due_at__lte=self.now, state__in=(State.QUEUED, State.SENDING))
        taken = 0
        while taken < MOST and not self._is_down() and waiting.exists():
            for parcel in claim_due(by=BY, now=self.now):
                taken += 1
                _keep(parcel, self._answer(parcel), self.now)
        return taken

    def _is_down(self) -> bool:
        return any(number >= DOWN for number in self.silent.values())

    def _answer(self, parcel: Parcel) -> Answer:
        if self.silent[parcel.channel] >= DOWN:
            return Answer(Outcome.UNSURE, "前面的几件都没有答复，没有再试")
        answer = _handed_over(parcel, self.gateway)
        self.silent[parcel.channel] = self.silent[parcel.channel] + 1 if answer.outcome is Outcome.UNSURE else 0
        return answer


def _handed_over(parcel: Parcel, gateway: Gateway | None) -> Answer:
    if parcel.channel == Channel.EMAIL:
        return send_mail(parcel)
    if gateway is None:
        return Answer(Outcome.UNSURE, "短信平台没有设置")
    known = gateway.state_of(str(parcel.uid)) if parcel.again else None
    return known or gateway.send(str(parcel.uid), parcel.to, _short(parcel))


def _short(parcel: Parcel) -> str:
    """What a short message says: who opens the product finds the rest there."""
    return f"【{parcel.about}】{parcel.text}"


def _keep(parcel: Parcel, answer: Answer, now: datetime) -> None:
    """Keep what became of an attempt, unless another has been made meanwhile."""
    told = _after(parcel, answer, now)
    mine = Delivery.objects.filter(pk=parcel.pk, state=State.SENDING, attempts=parcel.attempts)
    mine.update(**told, changed_at=now)


def _after(parcel: Parcel, answer: Answer, now: datetime) -> dict[str, object]:
    if answer.outcome is Outcome.ACCEPTED:
        later = now + ASK_EVERY if parcel.channel == Channel.SMS else None
        return {"state": State.SENT, "reason": "", "due_at": later}
    if answer.outcome is Outcome.UNSURE:
        return _once_more(parcel, answer, now)
    state = State.DELIVERED if answer.outcome is Outcome.DELIVERED else State.FAILED
    return {"state": state, "reason": answer.reason, "due_at": None}


def _once_more(parcel: Parcel, answer: Answer, now: datetime) -> dict[str, object]:
    if parcel.attempts > len(WAITS):
        return {"state": State.FAILED, "reason": f"{answer.reason}，已试 {parcel.attempts} 次", "due_at": None}
    wait = timedelta(minutes=WAITS[parcel.attempts - 1])
    return {"state": State.QUEUED, "reason": f"{answer.reason}，稍后再试", "due_at": now + wait}


def _ask(now: datetime, gateway: Gateway) -> int:
    """Ask what became of messages that the gateway took; how many answers there were."""
    rows = Delivery.objects.filter(due_at__lte=now, state=State.SENT, channel=Channel.SMS).order_by("due_at", "pk")
    return sum(_heard(row, gateway.state_of(str(row.uid)), now) for row in rows.select_related("notice")[:MOST])


def _heard(row: Delivery, answer: Answer | None, now: datetime) -> bool:
    assert row.notice.sent_at is not None
    told: dict[str, object] = {"due_at": now + ASK_EVERY if now - row.notice.sent_at < ASKED_FOR else None}
    final = answer is not None and answer.outcome in {Outcome.DELIVERED, Outcome.FAILED}
    if answer is not None and final:
        state = State.DELIVERED if answer.outcome is Outcome.DELIVERED else State.FAILED
        told = {"state": state, "reason": answer.reason, "due_at": None, "changed_at": now}
    Delivery.objects.filter(pk=row.pk, state=State.SENT).update(**told)
    return final
