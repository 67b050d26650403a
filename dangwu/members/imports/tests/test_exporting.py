"""A roster that is exported reads back as it is registered, whatever that is."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.imports.exporting import OutOf
from dangwu.members.imports.exporting import RosterExport
from dangwu.members.imports.roster import Roster
from dangwu.members.services.lines import change_circumstances
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.members.tests.conftest import FOUNDED, House
from tests.importing import BY, Clinic, codes, states

pytestmark = pytest.mark.django_db

ON = date(2026, 6, 30)
JOINED = st.dates(date(2005, 1, 1), date(2020, 1, 1))
BIRTH = {"birth": st.sampled_from(["1985-03", "1985-03-12"])}  # without it nobody is known for sure
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "gender": st.sampled_from(["男", "女"]),
    "ethnicity": st.sampled_from(["汉族", "回族"]),
    "native_place": st.just("山东济宁"),
    "education": st.sampled_from(["大学本科", "研究生"]),
    "degree": st.just("法学学士"),
    "unit_post": st.just("一级主任科员"),
    "phone": st.sampled_from(["13900001111", "13900002222"]),
}
NUMBERS = count()  # nobody has the name of another
POSTS = st.sets(
    st.tuples(
        st.sampled_from(["office", "committee"]),
        st.sampled_from(["deputy_secretary", "organisation_member", "committee_member", "discipline_secretary"]),
    ),
    max_size=2,
)


def taken(path: Path) -> Path:
    RosterExport().take(by=BY, out_of=OutOf("", ON), file=path, today=ON)
    return path


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.fixed_dictionaries(BIRTH, optional=FACTS), JOINED, POSTS), min_size=1, max_size=4))
def test_what_is_exported_changes_nothing_when_it_comes_in(
    house: House, tmp_path: Path, people: list[tuple[dict[str, Any], date, set[tuple[str, str]]]]
) -> None:
    for told, joined, posts in people:
        name = "𠮷" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(next(NUMBERS)))
        person = register_person(
            by=BY, organisation=house.office, name=name, kind="full", on=FOUNDED, joined_on=joined, told=told
        )
        change_circumstances(by=BY, person=person, on=FOUNDED, employment="retired")
        for where, kind in posts:
            take_post(by=BY, person=person, organisation=getattr(house, where), kind=kind, on=FOUNDED)
    again = Clinic(Roster(), ON).stage(taken(tmp_path / "out.xlsx"))
    assert (set(states(again)), codes(again)) == ({"same"}, [])


def test_a_whole_number_that_leaves_is_told_to_the_audit(house: House, tmp_path: Path) -> None:
    told = {"identity": "990000199001011239", "gender": "男", "birth": "1990-01-01"}
    register_person(by=BY, organisation=house.office, name="白露", kind="full", on=FOUNDED, told=told)
    again = Clinic(Roster(), ON).stage(taken(tmp_path / "out.xlsx"))
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, "members.person.identity:opened" in entry.body) == ("member.export", True)
    assert states(again) == ["same"]
