"""Two who write the minutes of one meeting at once: one text is kept, and the other is shown beside it."""

from functools import partial
from typing import Any

import pytest
from django.test import Client

from dangwu.records.models import AgendaItem
from tests.accounts import appointed, sign_in
from tests.faults.racing import at_once
from tests.faults.recording import plan, the_assembly
from tests.faults.serving import form
from tests.faults.stage import ON, Stage, audited, set_stage

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 10
WRITERS = {"甲": "first", "乙": "second"}


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@pytest.fixture
def writers(stage: Stage) -> dict[str, Client]:
    """Two who keep the records of the office."""
    accounts = {who: appointed(stage.office, role="secretary", username=name) for who, name in WRITERS.items()}
    return {who: sign_in(Client(), account) for who, account in accounts.items()}


def write(client: Client, address: str, version: int, text: str) -> Any:  # noqa: ANN401 - an answer of Django's client
    told = {"held_on": str(ON), "topic": "年度工作", "version": str(version), "minutes": f"{text}的记录"}
    rows = {"agenda_text": "学习计划", "agenda_outcome": f"{text}的结果", "agenda_from": ""}
    return client.post(address, form(then="minute", **told, **rows))


def test_whoever_is_slower_sees_both_texts_and_the_faster_one_is_kept(stage: Stage, writers: dict[str, Client]) -> None:
    plan(stage)
    told, address = audited(), f"/activities/{the_assembly().pk}/minutes/"
    for number in range(PAIRS):
        version = the_assembly().version
        texts = {who: f"{who}第{number}次" for who in WRITERS}
        calls = [partial(write, writers[who], address, version, text) for who, text in texts.items()]
        answers = dict(zip(WRITERS, at_once(calls), strict=True))
        assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
        ((slower, page),) = [(who, told) for who, told in answers.items() if told.status_code == 409]
        (kept,) = [text for who, text in texts.items() if who != slower]
        both = [f"{text}{what}" for text in texts.values() for what in ("的记录", "的结果")]
        assert [words for words in both if words not in page.content.decode()] == []
        assert the_assembly().minutes == f"{kept}的记录"
        assert AgendaItem.objects.of(activity=the_assembly()).get().outcome == f"{kept}的结果"
    assert audited() == told + PAIRS
