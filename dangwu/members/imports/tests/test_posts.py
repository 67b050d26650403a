"""Posts brought in: who held what from when to when, so that past days are right, and rights follow."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dangwu.access.models import Appointment
from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.exporting import OutOf
from dangwu.kernel.span import FAR
from dangwu.members.imports.post_exporting import PostsExport
from dangwu.members.imports.posts import Posts
from dangwu.members.models import Post
from dangwu.members.services.posts import leave_post, take_post
from dangwu.members.tests.accounts import linked, somebody
from dangwu.members.tests.conftest import House
from dangwu.organisations.models import Term
from tests.importing import BY, Clinic, codes, states, workbook

ON = date(2026, 6, 30)
EVERYTHING = "a test"


@pytest.fixture
def clinic(house: House) -> Clinic:
    for name in ("白露", "谷雨"):
        house.register(name, house.office)
    house.register("方圆", house.personnel)
    return Clinic(Posts(), ON)


def row(name: str, post: str, since: str | None, until: str | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - cells
    days = {"任职日期": since, "卸任日期": until}
    return {"党组织": "办公室党支部", "姓名": name, "党内职务": post, **days, **more}


def put(path: Path, *rows: dict[str, Any]) -> Path:
    return workbook(path / "职务.xlsx", rows)


def held() -> list[tuple[str, str, date, date]]:
    rows = Post.objects.unscoped(EVERYTHING).select_related("person").order_by("valid_from", "kind")
    return [(post.person.name, post.kind, post.valid_from, post.valid_until) for post in rows]


def test_posts_of_past_and_present_come_in_and_a_second_time_nothing(clinic: Clinic, tmp_path: Path) -> None:
    path = put(
        tmp_path,
        row("谷雨", "书记", "2025-03-01", "2026-01-10", 届选举日期="2025-03-01", 届满日期="2028-02-29"),
        row("白露", "书记", "2026-01-10"),
        row("谷雨", "组织委员、宣传委员", "2026-01", 是否专职="否"),
    )
    assert states(clinic.stage(path)) == ["new"] * 3
    clinic.write(path)
    assert held()[:2] == [
        ("谷雨", "secretary", date(2025, 3, 1), date(2026, 1, 10)),
        ("谷雨", "organisation_member", date(2026, 1, 1), FAR),
    ]
    assert Term.objects.unscoped(EVERYTHING).get().until == date(2028, 2, 29)
    again = clinic.stage(path)
    assert (states(again), codes(again)) == (["same"] * 3, [])


def test_it_is_taken_back_exactly(clinic: Clinic, house: House, tmp_path: Path) -> None:
    person = house.register("夏至", house.office)
    take_post(by=BY, person=person, organisation=house.office, kind="secretary", on=date(2026, 2, 1))
    before = held()
    batch = clinic.write(
        put(tmp_path, row("夏至", "书记", "2025-05-01", "2026-03-01"), row("白露", "书记", "2026-03-01"))
    )
    assert held() != before
    clinic.undo(batch)
    assert held() == before


def test_a_post_that_was_held_longer_is_mended(clinic: Clinic, house: House, tmp_path: Path) -> None:
    person = house.register("夏至", house.office)
    take_post(by=BY, person=person, organisation=house.office, kind="secretary", on=date(2026, 2, 1))
    clinic.write(put(tmp_path, row("夏至", "书记", "2025-05-01")))
    assert held() == [("夏至", "secretary", date(2025, 5, 1), FAR)]


def test_two_secretaries_at_once_are_an_error(clinic: Clinic, tmp_path: Path) -> None:
    staging = clinic.stage(put(tmp_path, row("谷雨", "书记", "2025-03-01"), row("白露", "书记", "2026-01-10")))
    assert (states(staging), codes(staging)) == (["new", "error"], ["post.twice"])


def test_a_holder_of_whom_the_file_says_nothing_is_asked_about(clinic: Clinic, house: House, tmp_path: Path) -> None:
    person = house.register("夏至", house.office)
    take_post(by=BY, person=person, organisation=house.office, kind="secretary", on=date(2025, 2, 1))
    path = put(tmp_path, row("白露", "书记", "2026-01-10"))
    assert (states(clinic.stage(path)), codes(clinic.stage(path))) == (["doubtful"], ["post.held"])
    clinic.decisions = Decisions(groups={"post.held:post": "accept"})
    clinic.write(path)
    assert held() == [
        ("夏至", "secretary", date(2025, 2, 1), date(2026, 1, 10)),
        ("白露", "secretary", date(2026, 1, 10), FAR),
    ]


def test_whoever_belongs_elsewhere_is_asked_about_and_nobody_is_made_up(clinic: Clinic, tmp_path: Path) -> None:
    staging = clinic.stage(put(tmp_path, row("方圆", "组织委员", "2026-01-10"), row("无人", "组织委员", "2026-01-10")))
    assert (states(staging), codes(staging)) == (["doubtful", "error"], ["person.likely", "person.unknown"])


def test_of_two_namesakes_none_is_taken(clinic: Clinic, house: House, tmp_path: Path) -> None:
    house.register("白露", house.office)
    staging = clinic.stage(put(tmp_path, row("白露", "组织委员", "2026-01-10")))
    assert (states(staging), codes(staging)) == (["doubtful"], ["person.ambiguous"])


def test_rights_follow_posts_that_are_held_and_not_those_that_have_ended(
    clinic: Clinic, house: House, tmp_path: Path
) -> None:
    person = house.register("夏至", house.office)
    linked(person, somebody("xiazhi"))
    rows = row("夏至", "书记", "2025-03-01", "2026-01-10"), row("夏至", "组织委员", "2026-01-10")
    clinic.write(put(tmp_path, *rows))
    given = Appointment.objects.unscoped(EVERYTHING).get()
    assert (given.role, given.valid_from, given.valid_until) == ("committee_member", ON, FAR)


def test_a_day_that_leaves_none_to_hold_it_is_an_error(clinic: Clinic, tmp_path: Path) -> None:
    staging = clinic.stage(put(tmp_path, row("白露", "书记", "2026-01-10", "2025-01-10")))
    assert (states(staging), codes(staging)) == (["error"], ["left_on.before_taken"])


def test_what_is_exported_changes_nothing_when_it_comes_in(clinic: Clinic, house: House, tmp_path: Path) -> None:
    person = house.register("夏至", house.office)
    for number, kind in enumerate(Post.Kind.values, 1):
        ended = f"2026-0{number}-11" if number % 2 else None
        post = take_post(by=BY, person=person, organisation=house.committee, kind=kind, on=date(2025, number, 2))
        if ended:
            leave_post(by=BY, row=post, on=date.fromisoformat(ended))
    PostsExport().take(by=BY, out_of=OutOf("", date(2026, 11, 30)), file=tmp_path / "out.xlsx", today=ON)
    again = clinic.stage(tmp_path / "out.xlsx")
    assert (states(again), codes(again)) == (["same"] * len(Post.Kind), [])
