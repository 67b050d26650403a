from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from pytest_django import DjangoDbBlocker

from dangwu.config.settings import database


@login_not_required
def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("页面")


urlpatterns = [path("", page)]


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", 2), ("foreign_keys", 1), ("journal_mode", "wal"), ("busy_timeout", 20_000)]
)
def test_an_acknowledged_write_on_sqlite_is_on_disk(
    pragma: str, value: object, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    connection = ConnectionHandler({"default": database(f"sqlite:///{tmp_path}/site.sqlite3")})["default"]
    with django_db_blocker.unblock(), closing(connection), connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_server_database_is_chosen_by_its_address() -> None:
    settings = database("postgres://clerk@127.0.0.1:5432/dangwu")
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert "init_command" not in settings.get("OPTIONS", {})


def test_an_oceanbase_cluster_is_chosen_by_its_address() -> None:
    settings = database("oceanbase://clerk%40bureau%23cluster:secret@127.0.0.1:2881/dangwu")
    assert settings["ENGINE"] == "dangwu.foundation.oceanbase"
    assert (settings["USER"], settings["PASSWORD"]) == ("clerk@bureau#cluster", "secret")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("127.0.0.1", 2881, "dangwu")
    assert ConnectionHandler({"default": settings})["default"].display_name == "OceanBase"


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_may_load_only_what_the_site_serves() -> None:
    policy = Client().get("/").headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_can_be_neither_framed_nor_guessed_at() -> None:
    headers = Client().get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_name_that_is_not_the_site_is_refused() -> None:
    assert Client().get("/", HTTP_HOST="elsewhere.example").status_code == 400
