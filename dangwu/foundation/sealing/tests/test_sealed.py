from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.sealing.blind import blind, blind_tail
from dangwu.foundation.sealing.envelope import BrokenSealError
from dangwu.foundation.sealing.sealed import (
    UNREADABLE,
    OpenedOutsideActionError,
    Sealed,
    UnplacedError,
    masks,
    seal,
    unlogged,
)

LABEL, UID = "members.person.identity", "0b6f5a2e"
NUMBER = "99010119900101123X"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def sealed() -> Sealed:
    return seal(NUMBER, owner=UID, field=LABEL, mask="identity")


def test_the_mask_is_shown_to_anybody(sealed: Sealed) -> None:
    assert sealed.masked == "990***********123X"


def test_a_value_never_shows_itself_by_accident(sealed: Sealed) -> None:
    for shown in (repr(sealed), str(sealed), f"{sealed}", f"{sealed!r}", repr([sealed])):
        assert NUMBER not in shown
        assert "envelope" not in shown


def test_a_value_is_opened_in_an_action_which_tells_of_it(sealed: Sealed) -> None:
    with doing(Deed("member.reveal", CommandLine("reveal"))) as deed:
        assert sealed.open("核对介绍信") == NUMBER
        sealed.open("再看一次")
    assert deed.reason == "核对介绍信"
    assert deed.counted == {f"{LABEL}:opened": 2}


def test_a_value_is_not_opened_outside_an_action(sealed: Sealed) -> None:
    with pytest.raises(OpenedOutsideActionError):
        sealed.open("好奇")


def test_a_value_is_opened_without_an_action_where_a_reason_is_given(sealed: Sealed) -> None:
    with unlogged("a test"):
        assert sealed.open("核对") == NUMBER
    with pytest.raises(OpenedOutsideActionError):
        sealed.open("核对")


def test_a_purpose_must_be_told(sealed: Sealed) -> None:
    with unlogged("a test"), pytest.raises(AssertionError):
        sealed.open(" ")


def test_a_value_of_another_owner_does_not_open(sealed: Sealed) -> None:
    with unlogged("a test"), pytest.raises(BrokenSealError):
        sealed.of("somebody else").open("核对")


def test_a_value_that_does_not_open_spoils_no_list(sealed: Sealed, caplog: pytest.LogCaptureFixture) -> None:
    strange, lost = sealed.of("somebody else"), replace(sealed, envelope=sealed.envelope[:4] + bytes(30))
    assert masks([strange, lost, sealed]) == [UNREADABLE, UNREADABLE, sealed.masked]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert NUMBER not in caplog.text


def test_a_value_without_its_owner_is_not_opened(sealed: Sealed) -> None:
    with pytest.raises(UnplacedError):
        _ = Sealed(sealed.envelope, sealed.label).masked


def test_a_new_value_brings_its_indexes(sealed: Sealed) -> None:
    assert sealed.blinds is not None
    assert sealed.blinds.whole == blind(LABEL, NUMBER)
    assert sealed.blinds.tail == blind_tail(LABEL, "123X")


def test_values_are_equal_where_the_very_same_bytes_lie(sealed: Sealed) -> None:
    assert sealed == sealed.of(UID)
    assert sealed != seal(NUMBER, owner=UID, field=LABEL)
    assert len({sealed, sealed.of(UID)}) == 1


def test_a_column_of_masks_leaves_out_what_nobody_told(sealed: Sealed) -> None:
    assert masks([sealed, None]) == [sealed.masked, ""]


def test_the_suite_makes_no_difference_to_who_opens_what(settings: Settings, sealed: Sealed) -> None:
    settings.SEALING_SUITE = "national"
    national = seal(NUMBER, owner=UID, field=LABEL, mask="identity")
    assert sealed.masked == national.masked
    assert sealed.envelope[3] != national.envelope[3]
