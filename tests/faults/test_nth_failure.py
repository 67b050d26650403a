"""Whichever statement of a service fails, and at the commit as well: nothing was done, and it can be done again."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import OperationalError

from dangwu.access.models import Appointment, OneTimeCode
from dangwu.access.services.accounts import open_account
from dangwu.members.models import Person, Post
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.members.services.reorganising import merge_organisations
from dangwu.organisations.models import Standing
from dangwu.organisations.services.reorganising import found_organisation, move_organisation
from dangwu.workbench.recording.queries import served
from tests.faults.failing import Fails, failing_commit, failing_statement
from tests.faults.recording import STEPS, the_assembly
from tests.faults.stage import BY, NOW, ON, Stage, audited, set_stage, tables

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 200  # statements of one service
Use = Callable[[Stage], object]


def found(stage: Stage) -> object:
    unit, parent = stage.unit, stage.committee
    return found_organisation(by=BY, unit=unit, parent=parent, name="信息中心党支部", kind="branch", on=ON)


def move(stage: Stage) -> object:
    return move_organisation(by=BY, organisation=stage.committee, under=stage.other, on=ON)


def merge(stage: Stage) -> object:
    return merge_organisations(by=BY, organisations=[stage.office], into=stage.personnel, on=ON)


def register(stage: Stage) -> object:
    told = {"identity": "990101194910010013", "phone": "13800138000", "birth": "1949-10-01"}
    return register_person(by=BY, organisation=stage.office, name="文清", kind="full", on=ON, told=told)


def take(stage: Stage) -> object:
    kind = Post.Kind.DISCIPLINE_MEMBER
    return take_post(by=BY, person=stage.deputy, organisation=stage.office, kind=kind, on=ON)


def open_one(_stage: Stage) -> object:
    return open_account(by=BY, username="wenqing", name="文清", kind="person", email="", now=NOW, on=ON)


USES = (found, move, merge, register, take, open_one)


@pytest.fixture
def stage() -> Stage:
    return set_stage()


def changes_nothing(use: Use, stage: Stage, fault: AbstractContextManager[Fails | None]) -> bool:
    """Whether the fault struck; then every table is as it was, and the audit holds."""
    before = tables()
    try:
        with fault as counting:
            use(stage)
    except OperationalError:
        assert tables() == before
        assert audited() == len(before["foundation_auditentry"])
        return True
    assert not (counting and counting.struck), "somebody swallowed the failure"
    return False


def done_at_last(use: Use, stage: Stage) -> int:
    """How many statements had to fail, one after the other, before it was done."""
    told = audited()
    struck = 0
    while changes_nothing(use, stage, failing_statement(struck)):
        struck += 1
        assert struck < MOST
    assert audited() == told + 1
    return struck


@pytest.mark.parametrize("use", USES)
def test_every_failure_leaves_all_as_it_was(use: Use, stage: Stage) -> None:
    assert done_at_last(use, stage) >= 8, "a service that hardly asks the database was not tried"


@pytest.mark.at_length
def test_every_failure_on_the_way_to_a_concluded_activity_leaves_all_as_it_was(stage: Stage) -> None:
    struck = [done_at_last(step, stage) for step in STEPS]
    assert min(struck) >= 8, "a step that hardly asks the database was not tried"
    held = the_assembly()
    assert (held.state, held.topic, held.present, len(served(held))) == ("concluded", "全年工作", 1, 1)


@pytest.mark.parametrize("use", USES)
def test_a_failed_commit_leaves_all_as_it_was(use: Use, stage: Stage) -> None:
    told = audited()
    assert changes_nothing(use, stage, failing_commit())
    use(stage)
    assert audited() == told + 1


def test_what_succeeds_at_last_is_done_whole(stage: Stage) -> None:
    for use in (register, take, merge, open_one):
        changes_nothing(use, stage, failing_statement(7))
        use(stage)
    everybody = Person.objects.unscoped("a test")
    assert everybody.get(name="文清").identity_index
    assert Standing.objects.unscoped("a test").filter(organisation=stage.office, valid_until=ON).exists()
    assert Appointment.objects.unscoped("a test").filter(account=stage.account, valid_until=ON).exists()
    assert OneTimeCode.objects.filter(account__username="wenqing").count() == 1
