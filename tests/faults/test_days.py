"""A day is the same day in the form, in the service, in the database, on the page and in the workbook: on 29 February,
at the ends of months, and on the days on which clocks were changed (in Shanghai 1940–1949 and 1986–1991).
"""

import io
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.forms import DateField
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.forms import dress
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.pages.words import shown
from dangwu.foundation.pages.workbook import Sheet, write
from dangwu.members.ages import age_on
from dangwu.members.models import Membership
from dangwu.organisations.models import Organisation, Term
from dangwu.organisations.queries import standing_of
from dangwu.organisations.services.reorganising import found_organisation, rename_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import appointed, sign_in
from tests.faults.serving import form
from tests.faults.stage import BY, ON

BEGINNING, ONE = date(1930, 1, 1), timedelta(days=1)
FIRST, LAST = date(1940, 1, 1), date(2030, 12, 31)
DAYS = [FIRST + ONE * number for number in range((LAST - FIRST).days + 1)]
ZONE = ZoneInfo("Asia/Shanghai")


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)


CLOCKS_CHANGED = [day for day in DAYS if noon(day).utcoffset() != noon(day - ONE).utcoffset()]
ENDS = [
    date(1940, 2, 29),
    date(1988, 2, 29),
    date(1999, 12, 31),
    date(2000, 2, 29),
    date(2024, 2, 29),
    date(2025, 4, 30),
]
EDGES = sorted([*CLOCKS_CHANGED, *ENDS])


def test_a_typed_day_is_that_day_and_is_shown_as_it_was_typed() -> None:
    field = DateField()
    dress(field)
    for day in DAYS:
        typed = day.isoformat()
        assert field.clean(typed) == day
        assert field.widget.format_value(day) == typed == shown(day)


def test_the_day_of_a_moment_is_the_day_on_the_clocks_of_the_time() -> None:
    assert timezone.get_current_timezone() == ZONE
    for day in DAYS:
        for hour in (time(0, 0), time(12, 0), time(23, 59, 59)):
            stored = datetime.combine(day, hour, ZONE).astimezone(UTC)
            assert timezone.localdate(stored) == day
            assert shown(stored).startswith(day.isoformat())


def test_the_clocks_were_changed_in_the_years_of_daylight_saving() -> None:
    assert {day.year for day in CLOCKS_CHANGED} >= {1940, 1949, *range(1986, 1992)}


@pytest.fixture
def branch(db: None) -> Organisation:  # noqa: ARG001 - it stands in the database
    unit = register_unit(by=BY, name="示例局", kind="organ", on=BEGINNING)
    told = {"name": "办公室党支部", "kind": "branch"}
    return found_organisation(by=BY, unit=unit, parent=None, on=BEGINNING, stands_in=None, **told).organisation


@pytest.mark.at_length
def test_every_day_comes_back_from_the_database_and_from_the_workbook(branch: Organisation) -> None:
    with doing(Deed("faults.days", BY, trial=True)):
        Term.objects.bulk_create(
            [Term(unit_id=branch.unit_id, organisation=branch, started_on=day) for day in DAYS], batch_size=2_000
        )
    terms = Term.objects.unscoped("a test").order_by("started_on")
    assert [term.started_on for term in terms] == DAYS
    columns = [Column("started_on", "本届选举日期")]
    file = io.BytesIO()
    write(Sheet("届期", "届", [], columns, terms, len(DAYS), "示例", LAST), file)
    file.seek(0)
    _, _, *rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == DAYS


@pytest.mark.django_db
@pytest.mark.parametrize("day", EDGES)
def test_a_day_that_is_registered_on_the_page_is_shown_and_exported_as_it_is(branch: Organisation, day: date) -> None:
    clerk = sign_in(Client(), appointed(to=branch))
    told = {"name": "文清", "kind": "full", "on": str(day), "joined_on": str(day), "birth": str(day)}
    answer = clerk.post("/members/new/", form(organisation="", organisation_key=str(branch.pk), **told))
    assert answer.status_code == 302
    kept = Membership.objects.unscoped("a test").select_related("person").get()
    assert (kept.joined_on, kept.valid_from, kept.person.birth) == (day, day, str(day))
    assert str(day) in clerk.get(answer.headers["Location"]).content.decode()
    assert "文清" in clerk.get(f"/members/?on={day}").content.decode()
    assert "文清" not in clerk.get(f"/members/?on={day - ONE}").content.decode()
    exported = b"".join(clerk.get(f"/members/?on={day}&as=xlsx"))
    _, heads, row = openpyxl.load_workbook(io.BytesIO(exported)).active.iter_rows(values_only=True)
    cells = dict(zip(heads, row, strict=True))
    assert (cells["入党日期"].date(), cells["出生日期"]) == (day, str(day))


def test_what_changes_on_such_a_day_holds_from_that_day(branch: Organisation) -> None:
    for day in EDGES:
        rename_organisation(by=BY, organisation=branch, name=f"{day}党支部", on=day)
    for before, day in zip([BEGINNING, *EDGES], EDGES, strict=False):
        earlier = "办公室党支部" if before == BEGINNING else f"{before}党支部"
        assert [standing_of(branch, each).name for each in (day - ONE, day)] == [earlier, f"{day}党支部"]


@pytest.mark.parametrize("day", EDGES)
def test_a_page_is_as_of_the_day_that_its_address_names(day: date) -> None:
    asked = AsOf.of({"on": str(day)}, today=ON)  # type: ignore[arg-type] # reads like a query
    assert (asked.on, asked.parameter) == (day, f"?on={day}")


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1988-02-29", date(2023, 2, 28), 34),
        ("1988-02-29", date(2023, 3, 1), 35),
        ("1988-02-29", date(2024, 2, 29), 36),
        ("1986-05-04", date(2026, 5, 3), 39),
        ("1986-05-04", date(2026, 5, 4), 40),
    ],
)
def test_whoever_was_born_on_such_a_day_grows_older_on_it(birth: str, day: date, age: int) -> None:
    assert age_on(birth, day) == age
