"""Two thousand random steps of people who administer, whatever they think of doing: what must never be, never is."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from dangwu.access.actors import Visitor
from dangwu.access.models import Account, Administration, Appointment, Proposal
from dangwu.access.scoping import AccountActor
from dangwu.access.services import accounts, administrators, appointing, delegating, passwords
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.history import as_of
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.organisations.models import Organisation
from tests.accounts import PASSWORD, actor

STEPS = 2_000
START = date(2026, 1, 5)
DUTIES = Administration.Duty.values
REASON = "按任职文件办理"


class Walk:
    """Everybody tries everything; codes and halves of codes lie where their holders left them."""

    def __init__(self, seed: int, places: list[Organisation]) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
        self.places, self.on = places, START
        self.halves: dict[int, str] = {}  # by proposal
        self.whole: list[str] = []
        self.for_passwords: list[str] = []
        self.done: dict[str, int] = {}

    @property
    def now(self) -> datetime:
        return datetime.combine(self.on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=2)

    def one_of(self, rows: Any) -> Any:  # noqa: ANN401 - any rows
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=self.chance.choice(pks)) if pks else None

    def anyone(self) -> Account:
        return self.one_of(Account.objects.all())  # type: ignore[no-any-return] # of any rows

    def somebody(self) -> AccountActor:
        """Mostly an administrator, so that something happens."""
        rows = Administration.objects.filter(as_of(self.on))
        who = self.one_of(rows).account if self.chance.random() < 0.8 else self.anyone()
        return actor(who, self.on)

    def step(self) -> None:
        if self.chance.random() < 0.05:
            self.on += timedelta(days=self.chance.randint(1, 9))
        step: Any = self.chance.choice(STEP_KINDS)
        before = AuditEntry.objects.count()
        try:
            happened = step(self, self.somebody())
        except (ObjectionError, RefusedError):
            assert AuditEntry.objects.count() == before
            return
        if happened is not False:
            assert AuditEntry.objects.count() == before + 1
            self.done[step.__name__] = self.done.get(step.__name__, 0) + 1

    # --- what people try

    def open(self, by: AccountActor) -> None:
        name = f"u{Account.objects.count()}"
        opened = accounts.open_account(
            by=by, username=name, name=name, kind="person", email="", now=self.now, on=self.on
        )
        self.for_passwords.append(opened.code)

    def disable(self, by: AccountActor) -> None:
        accounts.disable_account(by=by, account=self.anyone(), reason=REASON, on=self.on)

    def enable(self, by: AccountActor) -> None:
        accounts.enable_account(by=by, account=self.anyone(), reason=REASON, on=self.on)

    def reset(self, by: AccountActor) -> None:
        self.for_passwords.append(accounts.issue_reset_code(by=by, account=self.anyone(), now=self.now, on=self.on))

    def lift(self, by: AccountActor) -> None:
        passwords.lift_second_factor(by=by, account=self.anyone(), reason=REASON, on=self.on)

    def appoint(self, by: AccountActor) -> None:
        role, place = self.chance.choice(Appointment.Role.values), self.chance.choice(self.places)
        until = self.on + timedelta(days=self.chance.randint(1, 200))
        kind: dict[str, Any] = {"role": role, "since": self.on, "until": until, "reason": REASON}
        appointing.appoint(by=by, account=self.anyone(), organisation=place, **kind)

    def end(self, by: AccountActor) -> object:
        row = self.one_of(Appointment.objects.unscoped("the walk sees all"))
        return (row and appointing.end_appointment(by=by, appointment=row, on=self.on, reason=REASON)) or False

    def delegate(self, _by: AccountActor) -> object:
        row = self.one_of(Appointment.objects.unscoped("the walk sees all").filter(as_of(self.on)))
        if row is None:
            return False
        until = self.on + timedelta(days=self.chance.randint(1, 100))
        by = actor(self.chance.choice([row.account, self.anyone()]), self.on)
        chosen: dict[str, Any] = {"account": self.anyone(), "since": self.on, "until": until, "on": self.on}
        return delegating.delegate(by=by, appointment=row, **chosen)

    def propose(self, by: AccountActor) -> None:
        chosen: dict[str, Any] = {
            "duty": self.chance.choice(DUTIES),
            "proposer": by.account,
            "reason": REASON,
            "on": self.on,
        }
        proposal, half = administrators.propose(by=by, **chosen)
        self.halves[proposal.pk] = half

    def propose_end(self, by: AccountActor) -> object:
        row = self.one_of(Administration.objects.filter(as_of(self.on)))
        told: dict[str, Any] = {"administration": row, "proposer": by.account, "reason": REASON, "on": self.on}
        return administrators.propose_end(by=by, **told)

    def agree(self, by: AccountActor) -> object:
        proposal = self.one_of(Proposal.objects.filter(state="open"))
        if proposal is None:
            return False
        half = administrators.agree(by=by, proposal=proposal, decider=by.account, now=self.now, on=self.on)
        if half:
            self.whole.append(self.halves[proposal.pk] + half)
        return None

    def withdraw(self, by: AccountActor) -> object:
        proposal = self.one_of(Proposal.objects.filter(state="open"))
        if proposal is None or self.chance.random() < 0.8:
            return False
        return administrators.withdraw(by=by, proposal=proposal, decider=by.account, on=self.on)

    def begin(self, _by: AccountActor) -> None:
        code = self.chance.choice([*self.whole, *self.halves.values(), *self.for_passwords, "nothing"])
        name = f"a{Account.objects.count()}"
        told: dict[str, Any] = {"username": name, "name": name, "password": PASSWORD, "now": self.now, "on": self.on}
        administrators.begin(by=Visitor(), code=code, **told)

    def use_code(self, _by: AccountActor) -> None:
        code = self.chance.choice([*self.whole, *self.for_passwords, "nothing"])
        passwords.set_password_with_code(by=Visitor(), code=code, password=PASSWORD, now=self.now)

    # --- what must never be

    def check(self) -> None:
        in_force = Administration.objects.filter(as_of(self.on))
        twice = in_force.values("account").annotate(n=Count("pk")).filter(n__gt=1)
        assert not twice, "an account has two duties"
        held = Appointment.objects.unscoped("the walk sees all").filter(valid_until__gt=self.on)
        assert not held.filter(account__in=in_force.values("account")), "an administrator has a part in it"
        active = set(in_force.filter(account__is_active=True).values_list("duty", flat=True))
        assert active == set(DUTIES), "a duty has nobody"


STEP_KINDS = (
    *(Walk.open, Walk.disable, Walk.enable, Walk.reset, Walk.lift, Walk.appoint, Walk.end, Walk.delegate),
    *(Walk.propose, Walk.propose_end, Walk.agree, Walk.withdraw, Walk.begin, Walk.use_code),
)


@pytest.fixture
def walk(places: dict[str, Organisation]) -> Walk:
    walk = Walk(seed=20261015, places=list(places.values()))
    codes = administrators.issue_first_codes(by=CommandLine("setup"), now=walk.now, on=walk.on)
    for duty, code in codes.items():
        told: dict[str, Any] = {"username": duty, "name": duty, "password": PASSWORD, "now": walk.now, "on": walk.on}
        administrators.begin(by=Visitor(), code=code, **told)
    return walk


@pytest.mark.at_length
def test_no_steps_lead_past_the_three_administrators(walk: Walk) -> None:
    for _ in range(STEPS):
        walk.step()
        walk.check()
    assert {step.__name__ for step in STEP_KINDS} - walk.done.keys() <= {"lift"}, walk.done
    assert_nobody_made_himself_mighty()
    assert inspect(timezone.now()).sequence == AuditEntry.objects.count()


def assert_nobody_made_himself_mighty() -> None:
    """Every new administrator came by two others of different duties; no opener of accounts ever granted anything."""
    for proposal in Proposal.objects.filter(state="agreed").select_related("proposed_by", "decided_by"):
        assert proposal.proposed_by != proposal.decided_by
    for verb, duty in (("account.open", "system"), ("appointment.open", "security")):
        for key in AuditEntry.objects.filter(verb=verb).values_list("actor_key", flat=True).distinct():
            duties = Administration.objects.filter(account=int(key.removeprefix("account:")))
            assert set(duties.values_list("duty", flat=True)) == {duty}
