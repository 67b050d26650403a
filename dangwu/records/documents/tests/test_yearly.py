"""The ledger of the year is read back as what was written, whatever stands in it; of talks it tells a number."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dangwu.organisations.models import Organisation, Standing
from dangwu.records.branch_years import BranchYear, year_span
from dangwu.records.documents.tests.conftest import SECRET
from dangwu.records.documents.yearly import ABOUT, ledger_bytes
from dangwu.records.models import Absence, Activity, Participation
from dangwu.records.queries import Record
from dangwu.records.sheets import LedgerRow, read_ledgers
from dangwu.records.standing import activity_kinds
from tests.cast import OFFICE, PERSONNEL, Bureau

LAST = date(2026, 12, 31)
KINDS = activity_kinds()
OPEN_KINDS = [kind.id for kind in KINDS if not kind.is_confidential]
NAMES = st.sampled_from(["钟正", "谷雨", "阿依古丽·买买提", "欧阳明月", "𠮷田"])
REASONS = st.sampled_from(["", "出差", "病假", "参加培训", "因公外出"])
TOPICS = st.builds(
    "{}学习{}".format,
    st.sampled_from(["", "=", "+", "-", "@", "'"]),
    st.text("讨论会议（一）“”12《》、；", max_size=12),
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """An activity with whoever was away or took part."""
    main = draw(st.sampled_from(OPEN_KINDS))
    others = draw(st.lists(st.sampled_from([kind for kind in OPEN_KINDS if kind != main]), max_size=2, unique=True))
    expected = draw(st.none() | st.integers(0, 500))
    present = None if expected is None else draw(st.integers(0, expected))
    first = draw(st.dates(date(2026, 1, 1), LAST))
    until = draw(st.none() | st.dates(first, LAST))
    activity = Activity(
        organisation_id=1,
        kind=main,
        besides=",".join(others),
        topic=draw(TOPICS),
        held_on=first,
        until_on=until,
        place=draw(st.sampled_from(["", "三楼会议室", "=1+1"])),
        chair=draw(st.just("") | NAMES),
        lecturer=draw(st.just("") | NAMES),
        expected=expected,
        present=present,
        in_favour=present,
        against=None if present is None else 0,
        abstained=None if present is None else 0,
        hours=draw(st.none() | st.decimals("0.25", 40, places=2)),
        days=draw(st.decimals("0.5", 20, places=1)) if until else None,
    )
    away = {name: Absence(name=name, reason=draw(REASONS)) for name in draw(st.sets(NAMES, max_size=3))}
    took_part = [Participation(name=name) for name in draw(st.lists(NAMES, max_size=3, unique=True))]
    return Record(activity, list(away.values()), [], [], [], [], took_part)


def year_of(held: list[Record]) -> BranchYear:
    standing = Standing(organisation_id=1, organisation=Organisation(pk=1), name="办公室党支部", kind="branch")
    for number, record in enumerate(held):
        record.activity.topic += f"第{number}次"  # what says the same twice is read once
    return BranchYear(standing, "", year_span(2026), LAST, KINDS, held, {}, {}, (), (), {})


def read_back(content: bytes) -> list[LedgerRow]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        path.write_bytes(content)
        return [row for reading in read_ledgers(path, on=LAST, kinds=KINDS) for row in reading.rows]


def told(record: Record) -> dict[str, Any]:
    activity = record.activity
    names = ("topic", "held_on", "place", "chair", "lecturer", "expected", "present", "in_favour", "against", "hours")
    return {name: getattr(activity, name) for name in (*names, "days")} | {
        "kinds": KINDS.served(activity.kinds),
        "absent": tuple((row.name, row.reason) for row in record.absences),
        "participants": tuple(row.name for row in record.participations),
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(records(), max_size=8))
def test_what_is_written_is_read_back_the_same(held: list[Record]) -> None:
    year = year_of(held)
    rows = {row.topic: row for row in read_back(ledger_bytes([year]))}
    wanted = {record.activity.topic: told(record) for record in held}
    assert {topic: {name: getattr(row, name) for name in wanted[topic]} for topic, row in rows.items()} == wanted


@pytest.mark.django_db
def test_each_kind_has_a_sheet_and_every_sheet_is_read(office: Callable[[], BranchYear]) -> None:
    content = ledger_bytes([office()])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        path.write_bytes(content)
        sheets = CalamineWorkbook.from_path(path).sheet_names
    assert sheets == ["支部委员会会议", "下沉社区入列轮值", "党员大会", "主题党日", ABOUT]
    assert len(read_back(content)) == 4


@pytest.mark.django_db
def test_of_talks_only_their_number_is_told(place: Bureau, office: Callable[[], BranchYear], tmp_path: Path) -> None:
    place.held(
        OFFICE, "integrity_talk", "2026-04-02", topic=SECRET, took_part=("白露",)
    )  # from a ledger kept elsewhere
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(ledger_bytes([office()]))
    with zipfile.ZipFile(path) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "谈心谈话 1 次" in text
    assert "廉政谈话 1 次" in text
    assert SECRET not in text
    assert "白露" not in text


@pytest.mark.django_db
def test_what_another_organisation_led_stands_in_its_ledger(
    place: Bureau, held: Callable[..., Activity], office: Callable[[], BranchYear]
) -> None:
    held("theme_day", "2026-10-01", topic="联合主题党日", partners=(place.place(PERSONNEL),))
    year = office()
    assert "联合主题党日" in {row.topic for row in read_back(ledger_bytes([year]))}
