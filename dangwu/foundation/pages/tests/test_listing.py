"""What a list shows for what its address asks."""

from datetime import date
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.tests.kitchen import GUESTS, Guests
from dangwu.foundation.submissions import Submission


def asking(address: str) -> Guests:
    return Guests(GUESTS, QueryDict(address))


def names(listing: Listing) -> list[str]:
    return [line[0].text for line in listing.lines()]


def test_a_list_shows_one_page_and_counts_all() -> None:
    listing = asking("page=2")
    assert (listing.total, len(list(listing.lines()))) == (len(GUESTS), 50)
    assert listing.page().number == 2


@pytest.mark.parametrize("page", ["0", "-3", "999", "x", ""])
def test_a_page_that_is_not_there_is_the_nearest_that_is(page: str) -> None:
    assert asking(f"page={page}").page().number in {1, 3}


def test_filters_narrow_together_and_show_as_chips_that_can_be_taken_away() -> None:
    listing = asking("q=赵&kind=full&sort=-joined")
    assert all(row.name.startswith("赵") and row.kind == "full" for row in listing.rows)
    first, second = listing.chips()
    assert (first.text, second.text) == ("姓名：赵", "类别：正式党员")
    assert QueryDict(first.url[1:]).dict() == {"kind": "full", "sort": "-joined"}


class Submissions(Listing):
    title = "表单"
    columns = (Column("actor", "提交者", sort=("actor",)), Column("at", "提交时间", sort=("at",)))
    filters = (Text("q", "提交者", "actor__contains"),)
    rows_per_page = 10


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [3, 30])
def test_a_list_of_any_length_costs_a_count_its_keys_and_its_rows(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Submission.objects.bulk_create(Submission(key=uuid4(), actor=f"account:{number}") for number in range(rows))
    with django_assert_num_queries(3):
        listing = Submissions(Submission.objects.all(), QueryDict("q=account&sort=-actor"))
        assert f"共 <strong>{rows}</strong> 项" in str(listing)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "walks"), [("", 1), ("sort=at", 1), ("page=2", 0), ("sort=-at", 0), ("q=account:2", 0)]
)
def test_only_the_first_pages_of_many_are_found_by_walking_along_the_order(
    address: str, walks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dangwu.foundation.pages.listing.MANY", 50)
    Submission.objects.bulk_create(Submission(key=uuid4(), actor=f"account:{number}") for number in range(100))
    asked: list[str] = []

    class Walking(Submissions):
        default_sort = "at"

        def walked(self) -> QuerySet[Submission]:
            asked.append(address)
            return Submission.objects.all()

    listing = Walking(Submission.objects.all(), QueryDict(address))
    assert names(listing) == [row.actor for row in listing.rows][(listing.page().number - 1) * 10 :][:10]
    assert len(asked) == walks


def test_an_index_can_serve_the_order_of_a_column_that_is_always_known() -> None:
    listing = Submissions(Submission.objects.all(), QueryDict("sort=at"))
    assert str(listing.rows.query).endswith('"foundation_submission"."at" ASC, "foundation_submission"."key" ASC')


NONSENSE = ("kind=nonsense", "since=yesterday", "sort=phone", "sort=__class__", "as=exe", "q=%00")


@pytest.mark.parametrize("address", NONSENSE)
def test_what_is_not_understood_chooses_nothing(address: str) -> None:
    listing = asking(address)
    assert (listing.total, listing.sort, listing.wants) == (len(GUESTS), "name", "page")
    assert listing.chips() == []


@pytest.mark.parametrize(("sort", "order"), [("joined", 1), ("-joined", -1)])
def test_unknown_values_come_last_either_way(sort: str, order: int) -> None:
    days = [row.joined for row in asking(f"sort={sort}").rows]
    known = [day for day in days if day]
    assert days[len(known) :] == [None] * (len(days) - len(known))
    assert known == sorted(known)[::order]


def test_a_head_leads_to_its_own_order_and_then_to_the_opposite() -> None:
    heads = {head.column.name: head for head in asking("sort=joined&page=3").heads()}
    assert (heads["joined"].sorted, heads["joined"].url) == ("ascending", "?sort=-joined")
    assert (heads["hours"].sorted, heads["hours"].url) == ("", "?sort=hours")
    assert heads["standing"].url == ""


def test_the_day_of_the_page_is_kept_by_everything() -> None:
    listing = asking("on=2025-03-01&kind=full&page=2")
    urls = [listing.heads()[0].url, listing.url_of_all(), listing.chips()[0].url, listing.url_of_workbook()]
    assert all("on=2025-03-01" in url and "page=" not in url for url in urls)
    assert listing.kept() == [("on", "2025-03-01")]


def test_a_day_chooses_from_that_day_on() -> None:
    assert min(row.joined for row in asking("since=2015-01-01").rows if row.joined) >= date(2015, 1, 1)


def test_the_print_has_no_pages() -> None:
    assert len(names(asking("as=print"))) == len(GUESTS)


def test_a_list_refuses_a_filter_that_takes_its_own_parameters() -> None:
    with pytest.raises(AssertionError):
        type("Wrong", (Listing,), {"columns": (Column("name", "姓名"),), "filters": (Choice("sort", "顺序", "name"),)})
