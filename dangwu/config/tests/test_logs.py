import io
import logging
import sqlite3
from collections.abc import Iterator
from typing import NoReturn

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from dangwu.config.logs import ImpersonalFormatter

NAME, NUMBER, LATIN = "张三", "990101194910010015", "Zhang San"
CANARIES = (NAME, NUMBER, LATIN, "9901011949", "%E5%BC%A0", r"\u5f20", "zhang@example.cn", "138 0013 8000")


@login_not_required
def failing(_request: HttpRequest, name: str = "") -> NoReturn:
    raise ValueError(f"{name} {NAME} {NUMBER} {LATIN}")


@login_not_required
def failing_query(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column, %s", [request.POST["name"]])
    return HttpResponse()


urlpatterns = [path("people/<str:name>/", failing), path("query/", failing_query)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at any level, as the site writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    writer = logging.StreamHandler(stream)
    writer.setFormatter(ImpersonalFormatter("{levelname} {name} {message}", style="{"))
    level = root.level
    root.addHandler(writer)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(writer)
    root.setLevel(level)
    assert [canary for canary in CANARIES if canary in stream.getvalue()] == []


def line_for(error: Exception) -> str:
    with pytest.raises(type(error)) as caught:
        raise error
    record = logging.LogRecord(
        "dangwu", logging.ERROR, __file__, 1, "import failed", (), (caught.type, caught.value, caught.tb)
    )
    return ImpersonalFormatter("{message}", style="{").format(record)


def test_a_logged_error_does_not_quote_the_row_that_caused_it() -> None:
    line = line_for(ValueError(f"{NAME} {NUMBER}"))
    assert NAME not in line
    assert "9901" not in line


def test_a_logged_error_tells_its_type_and_place() -> None:
    line = line_for(ValueError(NAME))
    assert line.endswith("ValueError")
    assert "test_logs.py" in line


def test_the_cause_of_an_error_is_told_before_it() -> None:
    error = RuntimeError(NAME)
    error.__cause__ = KeyError("李四")
    line = line_for(error)
    assert line.index("KeyError") < line.index("RuntimeError")
    assert "李四" not in line


def test_what_another_formatter_made_of_an_error_is_not_taken_over() -> None:
    record = logging.LogRecord("dangwu", logging.ERROR, __file__, 1, "failed", (), None)
    record.exc_text = f"ValueError: {NAME}"
    assert ImpersonalFormatter().format(record) == "failed"


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_fails_is_told_by_its_pattern(log: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).post(
        f"/people/{NAME}/?name={NAME}&number={NUMBER}", {"name": LATIN, "number": NUMBER}
    )
    assert answer.status_code == 500
    line = log.getvalue()
    assert "status=500 method=POST route=people/<str:name>/" in line
    assert "ValueError" in line


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_what_a_query_was_given_is_not_logged(log: io.StringIO) -> None:
    Client(raise_request_exception=False).post("/query/", {"name": NUMBER})
    assert "route=query/" in log.getvalue()


@pytest.mark.django_db
def test_neither_a_missing_page_nor_a_wrong_host_is_quoted(log: io.StringIO) -> None:
    Client().get(f"/{NAME}/{NUMBER}/?q={NAME}")
    Client().get("/", HTTP_HOST=f"{NUMBER}.example")
    assert "status=400" in log.getvalue()


@pytest.mark.parametrize(
    "args",
    [
        ("stored %s", NAME),
        ("stored %s of %r", LATIN, [NAME, NUMBER]),
        ("stored %(name)s", {"name": LATIN}),
        (f"stored '{LATIN}' and \"{LATIN}\"",),
        (f"stored {NAME}, born 1949-10-01, {NUMBER}",),
        ("call 138 0013 8000 or zhang@example.cn",),
        (f"GET /people/?q={LATIN.replace(' ', '+')}",),
        ("GET /people/%E5%BC%A0%E4%B8%89/",),
        (r"no such key: \u5f20\u4e09",),
        (ValueError(NAME),),
        ("failed: %s", sqlite3.IntegrityError(f"UNIQUE: {NUMBER}")),
    ],
)
def test_a_value_never_reaches_a_line(args: tuple[object, ...], log: io.StringIO) -> None:
    logging.getLogger("anybody").error(*args)
    assert log.getvalue().startswith("ERROR anybody ")
    assert "1949" not in log.getvalue()


def test_a_value_in_the_place_of_a_figure_is_masked_too() -> None:
    record = logging.LogRecord("dangwu", logging.ERROR, __file__, 1, "row %d of %s", (NUMBER, NAME), None)
    assert ImpersonalFormatter().format(record) == "row %d of %s"


def test_words_and_figures_are_told(log: io.StringIO) -> None:
    logging.getLogger("dangwu").info("stored %d rows in %.1f s, %s left: %s", 1200, 0.25, None, OSError(NAME))
    assert log.getvalue() == "INFO dangwu stored 1200 rows in 0.2 s, None left: OSError\n"
