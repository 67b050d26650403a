"""What is found, on every database alike."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import terms_of
from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.search.queries import FEW, Question, Reach, newest
from dangwu.foundation.search.sources import Draft, Source, entries_of
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
    assert UNITS.newest(Scope.everything(DAY), words, most=1)
    assert set(found(asked)) <= {TEXTS[0]}


def test_whoever_may_see_nothing_finds_nothing() -> None:
    add(by=BY, names=TEXTS)
    assert found("党的", Scope.nothing(DAY)) == []


def test_the_newest_come_first_and_as_many_as_wanted_of_the_days_that_are_told(units: Source) -> None:
    add(by=BY, names=[f"党建工作第{number}期" for number in range(30)])
    days = dict(SearchEntry.objects.values_list("source", "day"))
    newest = sorted(days, key=lambda key: (days[key], key), reverse=True)
    ask = partial(units.newest, Scope.everything(DAY), terms_of("党建"))
    assert ask(most=3) == newest[:3]
    assert ask(most=100) == newest
    since, until = days[newest[9]], days[newest[4]]
    assert ask(most=100, since=since, until=until) == [key for key in newest if since <= days[key] <= until]


PLACES = range(1, 7)
MANY = frozenset(range(1_000, 1_001 + FEW))
"""So many that they are walked through."""


@given(
    places=st.none() | st.frozensets(st.sampled_from(PLACES)).flatmap(lambda few: st.sampled_from([few, few | MANY])),
    besides=st.frozensets(st.integers(1, 12), max_size=3),
    gone=st.frozensets(st.sampled_from(PLACES)),
)
def test_a_reach_finds_just_what_it_says_whether_it_is_looked_up_or_walked_through(
    places: frozenset[int] | None, besides: frozenset[int], gone: frozenset[int]
) -> None:
    """Twelve rows, two in each place."""
    reach = Reach(gone=gone) if places is None else Reach(places, besides)
    lies = {key: PLACES[key % len(PLACES)] for key in range(1, 13)}
    rows = [Draft(key, 1, (place,), DAY, "党建工作") for key, place in lies.items()]
    with transaction.atomic():
        SearchEntry.objects.bulk_create(entries_of(replace(UNITS, drafts=lambda _: rows), ()))
        found = newest(Question(UNITS.kind, terms_of("党建"), reach, most=100))
        transaction.set_rollback(True)
    if places is None:
        assert set(found) == {key for key, place in lies.items() if place not in gone}
    else:
        assert set(found) == {key for key, place in lies.items() if place in places} | besides
    assert len(found) == len(set(found))
