import errno
import sqlite3
from http import HTTPStatus
from typing import NoReturn

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from dangwu.config.outages import is_outage

FULL = sqlite3.OperationalError("database or disk is full")


@login_not_required
def full(_request: HttpRequest) -> NoReturn:
    raise OperationalError("database or disk is full") from FULL


@login_not_required
def told_of_otherwise(_request: HttpRequest) -> NoReturn:
    raise RuntimeError("the file could not be kept") from OSError(errno.ENOSPC, "No space left on device")


@login_not_required
def mistaken(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    return HttpResponse()


urlpatterns = [path("full/", full), path("file/", told_of_otherwise), path("mistaken/", mistaken)]
handler500 = "dangwu.config.outages.failed"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/full/", "/file/"])
def test_whoever_sent_a_form_reads_that_it_was_not_kept_and_may_be_sent_again(visitor: Client, url: str) -> None:
    answer = visitor.post(url, {"name": "第一党支部"})
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "30")
    assert "这次没有保存" in page
    assert "已填写的内容没有丢失" in page
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_whoever_reads_is_not_told_of_a_form(visitor: Client) -> None:
    page = visitor.get("/full/").content.decode()
    assert "数据库暂时没有响应" in page
    assert "填写" not in page


@pytest.mark.django_db
def test_a_mistake_of_the_program_is_no_outage(visitor: Client) -> None:
    answer = visitor.get("/mistaken/")
    assert (answer.status_code, "没有料到" in answer.content.decode()) == (HTTPStatus.INTERNAL_SERVER_ERROR, True)


@pytest.mark.parametrize(
    "error", [OperationalError(), InterfaceError("connection already closed"), OSError(errno.EROFS, "")]
)
def test_what_passes_by_itself_is_an_outage(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize("error", [InternalError(), OSError(errno.ENOENT, ""), ValueError()])
def test_what_does_not_is_none(error: Exception) -> None:
    assert not is_outage(error)
