"""Lists: one declaration gives the page with its filters, sorting and paging, the print, and the workbook."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, OrderBy, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.columns import Column, Line
from dangwu.foundation.pages.filters import Filter, Rows
from dangwu.foundation.pages.paper import pdf_answer
from dangwu.foundation.pages.parts import EmptyState, Part
from dangwu.foundation.pages.selects import Pair
from dangwu.foundation.pages.workbook import Sheet, workbook_answer
from dangwu.foundation.remembering import remembered
from dangwu.foundation.requests import actor_of

PAPERS = {"a4": "A4", "a3": "A3"}
EXPORT_ROWS_CAP = 20_000  # rows that may leave at once, where the settings say nothing else
PRINT_ROWS_CAP = 2_000  # a PDF of so many takes a second and a half and 440 MiB
MANY = 2_000
"""From so many rows on, finding the first of them is quicker by walking along their order than by sorting them all."""
RESERVED = frozenset({"sort", "page", "as", "paper", "on"})
Exported = Callable[[int], object]


class Head(NamedTuple):
    """The head of a column: where its sorting leads, and how it is sorted now (“”, ascending, descending)."""

    column: Column
    url: str
    sorted: str


class Chip(NamedTuple):
    """A filter that is active, and the address without it."""

    text: str
    url: str


class KeysFirst(Paginator[Any]):
    """Finds the keys of a page, and then those rows: sorting whole rows costs more than one query more.

    `walked` gives the same rows as a query that the database can answer by walking along their order; asked for the
    first tenth of many. `counted` gives them as a query that is quickly counted, `told` the rows to keys that were
    found. With `known_by`, which names the rows with all that they depend on, their number is remembered until
    something is written, and `rows` are asked for when needed.
    """

    def __init__(
        self,
        rows: "Callable[[], QuerySet[Any]]",
        per_page: int,
        *,
        walked: "Callable[[], QuerySet[Any]] | None" = None,
        counted: "Callable[[], QuerySet[Any]] | None" = None,
        told: Callable[[list[Any]], Iterable[Any]] | None = None,
        known_by: Hashable = None,
    ) -> None:
        """Take what gives the rows in their order."""
        super().__init__((), per_page)
        self.rows, self.walked, self.counted = rows, walked, counted or rows
        self.told, self.known_by = told, known_by

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return remembered(self.known_by, self._count) if self.known_by else self._count()

    def _count(self) -> int:
        return self.counted().count()

    def page(self, number: int | str) -> "Page[Any]":
        """The rows of a page in their order; one that went away meanwhile is left out."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        near = self.count > MANY and (first + self.per_page) * 10 <= self.count
        every: Any = self.walked() if self.walked and near else self.rows()
        keys = list(every.prefetch_related(None).values_list("pk", flat=True)[first : first + self.per_page])
        told = self.told(keys) if self.told else every.order_by().filter(pk__in=keys)
        rows = {row.pk: row for row in told}
        return Page([rows[key] for key in keys if key in rows], number, self)


class Listing(Part):
    """A list of rows: a queryset, or a sequence of anything.

    Reads `sort`, `page`, `as` (xlsx, print) and `paper` from the address, and one parameter for each filter; passes on
    whatever else is in it. Costs one query for the count, one for the keys of the page and one for its rows.
    """

    template = "listing"

    title: ClassVar[str]
    noun: ClassVar[str] = "项"  # what follows a number: 名党员
    columns: ClassVar[tuple[Column, ...]]
    filters: ClassVar[tuple[Filter, ...]] = ()
    default_sort: ClassVar[str] = ""  # a column's name, with a minus for descending
    rows_per_page: ClassVar[int] = 50
    paper: ClassVar[str] = "a4"
    empty: ClassVar[EmptyState] = EmptyState("这里还没有内容")
    # what a long list of tracked rows may have, see KeysFirst: all rows for walking along the order that is there by
    # default, all rows for counting, the rows to some keys, and what names all rows before they are filtered
    walked: Callable[[], Rows] | None = None
    counted: Callable[[], Rows] | None = None
    told: Callable[[list[Any]], Iterable[Any]] | None = None
    known_by: Hashable = None

    def __init_subclass__(cls) -> None:
        """Refuse a filter whose parameter the list itself needs."""
        assert RESERVED.isdisjoint(each.name for each in cls.filters), cls.__name__

    def __init__(self, rows: "Rows | Callable[[], QuerySet[Any]]", asked: QueryDict, **offered: Sequence[Pair]) -> None:
        """Take the rows, or what gives them; an address; and what filters offer that depends on who asks, by the
        filter's name.
        """
        self.given = rows
        self.asked = asked
        self.choices = Choices(asked)
        self.printed_by = self.checkpoint = ""
        self.offered = {each.name: offered.get(each.name, getattr(each, "offered", ())) for each in self.filters}

    # --- what was asked for

    @cached_property
    def form(self) -> forms.Form:
        """The filters as a form."""
        form = forms.Form(self.asked)
        form.fields.update({each.name: each.field(self.offered[each.name]) for each in self.filters})
        return form

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What the filters were set to, by name."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in {None, "", False}}

    @cached_property
    def sort(self) -> str:
        """The column by which it is sorted, with a minus for descending."""
        asked = self.asked.get("sort", "")
        sortable = {column.name for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in sortable else self.default_sort

    @property
    def wants(self) -> str:
        """What was asked for: “page”, “print”, “pdf” or “xlsx”."""
        asked = self.asked.get("as", "")
        return asked if asked in {"print", "pdf", "xlsx"} else "page"

    @property
    def printing(self) -> bool:
        """Whether the page is made for paper."""
        return self.wants in {"print", "pdf"}

    @property
    def paper_size(self) -> Literal["a4", "a3"]:
        """The paper that was asked for."""
        return "a3" if (self.asked.get("paper") or self.paper) == "a3" else "a4"

    # --- the rows

    @cached_property
    def rows(self) -> Rows:
        """The rows that were asked for, in order."""
        return self._asked_for(self.given() if callable(self.given) else self.given)

    def _asked_for(self, rows: Rows) -> Rows:
        return self._ordered(self._filtered(rows))

    def _filtered(self, rows: Rows) -> Rows:
        for each in self.filters:
            if each.name in self.wanted:
                rows = each.narrow(rows, self.wanted[each.name])
        return rows

    def _ordered(self, rows: Rows) -> Rows:
        column = next((each for each in self.columns if each.name == self.sort.removeprefix("-")), None)
        if column is None:
            return rows
        descending = self.sort.startswith("-")
        if isinstance(rows, QuerySet):
            return rows.order_by(*(_key(rows.model, field, descending=descending) for field in column.sort), "pk")
        known = [row for row in rows if column.value_of(row) is not None]
        unknown = [row for row in rows if column.value_of(row) is None]
        return sorted(known, key=column.value_of, reverse=descending) + unknown

    def page(self) -> "Page[Any]":
        """The rows that are shown."""
        return self._page

    @cached_property
    def _page(self) -> "Page[Any]":
        size = PRINT_ROWS_CAP if self.printing else self.rows_per_page
        return self._pages(size).get_page(self.asked.get("page"))

    def _pages(self, size: int) -> "Paginator[Any]":
        if not callable(self.given) and not isinstance(self.rows, QuerySet):
            return Paginator(self.rows, size)
        walked = self.walked if self.sort == self.default_sort else None
        counted = self.counted
        return KeysFirst(
            lambda: self.rows,
            size,
            walked=(lambda: self._asked_for(walked())) if walked else None,
            counted=(lambda: self._filtered(counted())) if counted else None,
            told=self.told,
            known_by=(self.title, self.known_by, *self.wanted.items()) if self.known_by else None,
        )

    @property
    def total(self) -> int:
        """How many rows there are on all pages."""
        return self._page.paginator.count

    # --- what the template shows

    @property
    def shown_columns(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.columns if not column.only_exported]

    def lines(self) -> Iterator[Line]:
        """The cells of the page, row by row."""
        columns = self.shown_columns
        return (Line(column.cell(row) for column in columns) for row in self._page)

    def heads(self) -> list[Head]:
        """The heads of the columns."""
        return [self._head(column) for column in self.shown_columns]

    def _head(self, column: Column) -> Head:
        order = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")
        following = f"-{column.name}" if order == "ascending" else column.name
        return Head(column, self.choices.with_(sort=following, page=None) if column.sort else "", order)

    def sorts(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from where a narrow screen shows no heads: address, title, whether it is this."""
        return [(head.url, head.column.title, bool(head.sorted)) for head in self.heads() if head.url]

    def chips(self) -> list[Chip]:
        """The filters that are active."""
        active = [each for each in self.filters if each.name in self.wanted]
        return [
            Chip(each.told(self.wanted[each.name], self.offered[each.name]), self._url_without(each)) for each in active
        ]

    def _url_without(self, one: Filter) -> str:
        return self.choices.without(one.name, "page")

    def url_of_all(self) -> str:
        """The page with no filter."""
        return self.choices.without("page", *(each.name for each in self.filters))

    def kept(self) -> list[tuple[str, str]]:
        """What the filter form passes on."""
        return self.choices.kept("page", "as", "paper", *(each.name for each in self.filters))

    def url_of_page(self) -> str:
        """Back from the print."""
        return self.choices.without("as", "paper")

    def url_of_print(self) -> str:
        """The page made for paper."""
        return self.choices.with_(**{"as": "print", "page": None})

    def papers(self) -> list[tuple[str, str, bool]]:
        """The sizes of paper: address, name, whether it is this."""
        return [(self.choices.with_(paper=size), name, size == self.paper_size) for size, name in PAPERS.items()]

    def url_of_pdf(self) -> str:
        """What is printed, as a file."""
        return self.choices.with_(**{"as": "pdf", "page": None})

    def url_of_workbook(self) -> str:
        """The list as a workbook."""
        return self.choices.with_(**{"as": "xlsx", "page": None, "paper": None})

    @property
    def export_cap(self) -> int:
        """How many rows may leave at once."""
        return int(getattr(settings, "EXPORT_ROWS_CAP", EXPORT_ROWS_CAP))

    @property
    def too_long_to_export(self) -> bool:
        """Whether it must be narrowed before it leaves."""
        return self.total > self.export_cap

    def url_of_previous(self) -> str:
        """One page back."""
        return self.choices.with_(page=self._page.number - 1)

    def url_of_next(self) -> str:
        """One page on."""
        return self.choices.with_(page=self._page.number + 1)

    def numbers(self) -> list[tuple[int | None, str]]:
        """The pages to go to: the ends, and those around this one; None without an address stands for a gap."""
        pages = self._page.paginator.get_elided_page_range(self._page.number, on_each_side=2, on_ends=1)
        return [(each, self.choices.with_(page=each)) if isinstance(each, int) else (None, "") for each in pages]

    # --- the answer

    def answer(
        self,
        request: HttpRequest,
        template: str = "foundation/list_page.html",
        context: Mapping[str, Any] | None = None,
        *,
        exported: Exported | None = None,
    ) -> HttpResponseBase:
        """The page, the print, the PDF, or the workbook. `exported` is told the number of rows before a file leaves."""
        self.checkpoint = "" if self.wants == "page" else audit_footer()
        if self.wants == "xlsx" and not self.too_long_to_export:
            if exported:
                exported(self.total)
            return workbook_answer(self.sheet(by=actor_of(request).name))
        if self.wants == "pdf":
            return self._pdf(actor_of(request).name, exported)
        if self.printing:
            self.printed_by = actor_of(request).name
        refused = self.wants == "xlsx"
        around = {"heading": self.title, **(context or {}), "listing": self, "printing": self.printing}
        return render(request, template, around, status=403 if refused else 200)

    def _pdf(self, by: str, exported: Exported | None) -> HttpResponseBase:
        if exported:
            exported(min(self.total, PRINT_ROWS_CAP))
        return pdf_answer(self, by=by)

    def sheet(self, *, by: str) -> Sheet:
        """The list as the sheet of a workbook, in the name of whoever exports it."""
        return Sheet(
            title=self.title,
            noun=self.noun,
            chosen=[chip.text for chip in self.chips()],
            columns=self.columns,
            rows=self.rows,
            total=self.total,
            by=by,
            on=timezone.localdate(),
            checkpoint=self.checkpoint,
        )


def _key(model: type[Model], path: str, *, descending: bool) -> OrderBy:
    """The order by a field, unknown values last. Said only where there may be such, for it keeps an index from use."""
    last = True if _may_be_unknown(model, path) else None
    return F(path).desc(nulls_last=last) if descending else F(path).asc(nulls_last=last)


def _may_be_unknown(model: Any, path: str) -> bool:  # noqa: ANN401 - a model, or what a relation leads to
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)  # noqa: SLF001 - Django's own way
        except FieldDoesNotExist:  # an annotation
            return True
        if field.null:
            return True
        model = field.related_model
    return False
