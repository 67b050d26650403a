"""What is found, on every database alike."""

import pytest

from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import terms_of
from dangwu.foundation.search.sources import Source
from dangwu.foundation.search.tests.conftest import BY, DAY, UNITS, add, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

TEXTS = ["学习贯彻党的建设会议精神", "党建带团建ABC-2026号", "研究设备采购", "𠮷祥里社区共建𬭳"]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("党的", [0]),
        ("建设", [0]),
        ("的建设会", [0]),
        ("设备", [2]),
        ("团建", [1]),
        ("建", [3, 1, 0]),
        ("abc", [1]),
        ("AB", [1]),
        ("bc", []),
        ("２０２６", [1]),
        ("党 会议", [0]),
        ("会议 党建", []),
        ("党建会议", []),
        ("𠮷祥", [3]),
        ("𬭳", [3]),
    ],
)
def test_pairs_in_a_row_words_from_their_beginning_and_all_of_several(asked: str, numbers: list[int]) -> None:
    add(by=BY, names=TEXTS)
    assert found(asked) == [TEXTS[number] for number in numbers]


@pytest.mark.parametrize("asked", ['"党的', "党的*", "NEAR(党的)", "党的' OR '1", "words:党的", "%党的_"])
def test_signs_have_no_meaning_of_their_own(asked: str) -> None:
    add(by=BY, names=TEXTS)
    words = [term for term in terms_of(asked) if term.text == "党的"]
    assert [entry.day for entry in UNITS.found(Scope.everything(DAY), words)]
    assert set(found(asked)) <= {TEXTS[0]}


def test_whoever_may_see_nothing_finds_nothing() -> None:
    add(by=BY, names=TEXTS)
    assert found("党的", Scope.nothing(DAY)) == []
    assert UNITS.found(Scope.nothing(DAY), terms_of("党的")).count() == 0


def test_the_newest_come_first_and_as_many_as_wanted(units: Source) -> None:
    add(by=BY, names=[f"党建工作第{number}期" for number in range(30)])
    newest = units.found(Scope.everything(DAY), terms_of("党建"))[:3]
    days = [entry.day for entry in newest]
    assert len(days) == 3
    assert days == sorted(days, reverse=True)
    assert min(days) >= max(e.day for e in units.found(Scope.everything(DAY), terms_of("党建"))[3:30])
