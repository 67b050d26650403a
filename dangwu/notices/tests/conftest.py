"""A small bureau whose secretaries have accounts and telephones, and the outside as a process."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from pytest_django import Settings

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.members.models import Person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.notices.gateways import HttpGateway
from dangwu.notices.models import Delivery, Notice
from dangwu.notices.services.drafting import Recipient, draft_notice
from dangwu.notices.services.sending import send_notice, switch_channels
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import account, actor, appointed, rewrite

BY = CommandLine("test")
FOUNDED = date(2025, 1, 1)
DAY = date(2026, 11, 30)  # a Monday
NOON, NIGHT = (datetime.fromisoformat(f"2026-11-30T{hour}:00+08:00") for hour in (12, 22))


@dataclass
class Bureau:
    """机关党委 with a clerk, over 办公室党支部 and 人事处党支部; a committee elsewhere."""

    committee: Organisation
    office: Organisation
    personnel: Organisation
    elsewhere: Organisation
    clerk: Account

    def secretary(self, name: str, where: Organisation, phone: str = "", username: str = "", email: str = "") -> Person:
        """A secretary with a telephone, and an account where a name to sign in with is told."""
        told = {"phone": phone} if phone else {}
        person = register_person(by=BY, organisation=where, name=name, kind="full", on=FOUNDED, told=told)
        take_post(by=BY, person=person, organisation=where, kind="secretary", on=FOUNDED)
        if username:
            rewrite(appointed(where, role="secretary", username=username), email=email)
        return person

    def draft(self, *to: Organisation | Person, **more: str) -> Notice:
        """A draft of the committee's."""
        chosen = [
            Recipient(organisation=each.pk) if isinstance(each, Organisation) else Recipient(person=each.pk)
            for each in to
        ]
        words = {"about": "节前廉洁提醒", "text": "请严格执行中央八项规定精神。", **more}
        by = actor(self.clerk, DAY)
        return draft_notice(by=by, organisation=self.committee, recipients=chosen, on=DAY, **words)

    def send(self, *to: Organisation | Person, now: datetime = NOON, email: bool = False, sms: bool = False) -> Notice:
        """The same, sent."""
        notice, by = self.draft(*to), actor(self.clerk, DAY)
        ways = {"by_email": email, "by_sms": sms}
        return send_notice(by=by, notice=notice, version=notice.version, now=now, on=DAY, **ways)


@pytest.fixture
def bureau(db: None) -> Bureau:  # noqa: ARG001 - it stands in the database
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)
    committee = founded(unit, "机关党委", "committee", None)
    office, personnel = (founded(unit, name, "branch", committee) for name in ("办公室党支部", "人事处党支部"))
    clerk = appointed(committee, role="clerk", username="clerk")
    return Bureau(committee, office, personnel, founded(unit, "别局机关党委", "committee", None), clerk)


def founded(unit: Unit, name: str, kind: str, parent: Organisation | None) -> Organisation:
    return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation


def states(notice: Notice, channel: str) -> dict[str, str]:
    """How far each delivery of a notice is on one way, by who gets it."""
    rows = Delivery.objects.filter(notice=notice, channel=channel).select_related("person", "account")
    return {str(row.person or row.account): row.state for row in rows}


@dataclass
class Outside:
    """The gateway and the mail server."""

    address: str
    gateway: HttpGateway

    def taken(self) -> dict[str, Any]:
        """How often the gateway took a message for each number, what they said, and which mails came."""
        told: dict[str, Any] = requests.get(f"{self.address}/taken", timeout=5).json()
        return told


@pytest.fixture
def outside(settings: Settings, bureau: Bureau) -> Iterator[Outside]:
    program = [sys.executable, str(Path(__file__).with_name("outside.py"))]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        gateway, mail = process.stdout.readline().split()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_FROM = "127.0.0.1", int(mail), "dangwu@example.org"
        address = f"http://127.0.0.1:{gateway}"
        settings.SMS_GATEWAY, settings.SMS_TOKEN = address, "secret"
        switch_channels(by=BY, organisation=bureau.committee, email=True, sms=True, on=DAY)
        yield Outside(address, HttpGateway(address, "secret"))
        process.stdin.close()


def nobody(username: str) -> Account:
    """An account without any right."""
    return account(username)
