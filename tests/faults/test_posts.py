"""A form that is sent eight times at once, with the real pages: one effect, and every sender the same answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from dangwu.foundation.submissions import Submission
from dangwu.members.models import Affiliation, Person
from dangwu.members.services.lines import transfer_person
from dangwu.organisations.models import Group, Standing
from dangwu.organisations.queries import standing_of
from dangwu.organisations.services.keeping import form_group
from dangwu.records.models import Activity, AgendaItem, Service
from tests.accounts import appointed, sign_in
from tests.faults.failing import failing_commit, failing_statement
from tests.faults.racing import at_once
from tests.faults.serving import form
from tests.faults.stage import BY, FOUNDED, ON, Stage, audited, set_stage

pytestmark = pytest.mark.django_db(transaction=True)

EIGHT = 8
MOST, STEP = 200, 3  # statements of one page
Page = Callable[[Stage], tuple[str, dict[str, str]]]


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@pytest.fixture
def clerk(stage: Stage) -> Client:
    return sign_in(Client(), appointed(to=stage.committee))


def rename(stage: Stage) -> tuple[str, dict[str, str]]:
    version = str(standing_of(stage.office, ON).version)
    return f"/organisations/{stage.office.pk}/rename/", form(name="秘书处党支部", on=str(ON), version=version)


def new_group(stage: Stage) -> tuple[str, dict[str, str]]:
    return f"/organisations/{stage.office.pk}/groups/new/", form(name="第一党小组", on=str(ON), party_group="on")


def disband(stage: Stage) -> tuple[str, dict[str, str]]:
    """What the page sends once it was seen who goes where."""
    group = form_group(by=BY, organisation=stage.office, name="第二党小组", on=FOUNDED)
    transfer_person(by=BY, person=stage.deputy, organisation=stage.office, group=group, on=FOUNDED + timedelta(days=1))
    told = {"on": str(ON), "reason": "两个小组合为一个", "confirmed": "1", "version": str(group.version)}
    return f"/organisations/{stage.office.pk}/groups/{group.pk}/disband/", form(**told)


def register(stage: Stage) -> tuple[str, dict[str, str]]:
    told = {"name": "文清", "kind": "full", "on": str(ON), "identity": "990101194910010013"}
    return "/members/new/", form(organisation="办公室党支部", organisation_key=str(stage.office.pk), **told)


def record(stage: Stage) -> tuple[str, dict[str, str]]:
    told = {
        "held_on": str(ON),
        "topic": "年度工作",
        "minutes": "一、学习。",
        "then": "conclude",
        "late_reason": "出差",
    }
    rows = {"agenda_text": "学习计划", "agenda_outcome": "通过", "agenda_from": "", "absent": str(stage.deputy.pk)}
    return f"/organisations/{stage.office.pk}/record/general_assembly/", form(**told, **rows)


def effects() -> tuple[int, ...]:
    """How much there is of what the pages make, and of what is told of it."""
    models = (Standing, Group, Person, Affiliation, Activity, AgendaItem, Service)
    return (*(model.objects.unscoped("a test").count() for model in models), Submission.objects.count(), audited())


def send(session: str | None, url: str, fields: dict[str, str]) -> tuple[int, str]:
    client = Client()
    client.cookies["sessionid"] = session or ""
    answer = client.post(url, fields)
    return answer.status_code, answer.headers.get("Location", "")


def gained(before: tuple[int, ...]) -> list[int]:
    return [now - then for now, then in zip(effects(), before, strict=True)]


PAGES = [
    (rename, [1, 0, 0, 0, 0, 0, 0, 1, 1]),
    (new_group, [0, 1, 0, 0, 0, 0, 0, 1, 1]),
    (disband, [0, 0, 0, 1, 0, 0, 0, 1, 1]),
    (register, [0, 0, 1, 1, 0, 0, 0, 1, 1]),
    (record, [0, 0, 0, 0, 1, 1, 1, 1, 1]),
]


@pytest.mark.parametrize(("page", "effect"), PAGES)
def test_eight_at_once_have_one_effect_and_one_answer(
    stage: Stage, clerk: Client, page: Page, effect: list[int]
) -> None:
    url, fields = page(stage)
    before = effects()
    answers = at_once([partial(send, clerk.session.session_key, url, fields)] * EIGHT)
    (answer,) = set(answers)
    assert answer[0] == 302
    assert gained(before) == effect


@pytest.mark.parametrize(("page", "effect"), PAGES)
def test_a_form_whose_answer_was_lost_may_be_sent_again(
    stage: Stage, clerk: Client, page: Page, effect: list[int]
) -> None:
    url, fields = page(stage)
    before = effects()
    clerk.raise_request_exception = False
    with failing_commit(late=True):
        assert clerk.post(url, fields).status_code == 503
    assert clerk.post(url, fields).status_code == 302
    assert gained(before) == effect


@pytest.mark.parametrize(("page", "effect"), PAGES)
def test_a_form_that_failed_at_any_statement_may_be_sent_again(
    stage: Stage, clerk: Client, page: Page, effect: list[int]
) -> None:
    url, fields = page(stage)
    clerk.raise_request_exception = False
    before = effects()
    for at in range(0, MOST, STEP):
        with failing_statement(at):
            answer = clerk.post(url, fields)
        if answer.status_code == 302:
            break
        assert (answer.status_code, effects()) == (503, before)
    assert gained(before) == effect
