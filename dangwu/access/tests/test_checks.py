import pytest
from django.core.checks import run_checks
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import include, path
from pytest_django import Settings

from dangwu.access.addresses import client_address
from dangwu.access.checks import no_admin_site, no_superuser
from dangwu.access.models import Account
from dangwu.access.passkeys import can_have_passkeys

urlpatterns = [path("admin/", include(([], "admin"), namespace="admin"))]


def test_this_site_passes() -> None:
    assert [told for told in run_checks(tags=["security"]) if str(told.id).startswith("dangwu")] == []


def test_an_admin_site_is_found(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert [told.id for told in no_admin_site()] == ["dangwu.E002"]


def test_the_flag_of_a_superuser_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mighty:
        class _meta:  # noqa: N801 - Django's own name
            @staticmethod
            def get_fields() -> list[object]:
                return [type("Field", (), {"name": "is_superuser"})]

    monkeypatch.setattr("dangwu.access.checks.get_user_model", lambda: Mighty)
    assert [told.id for told in no_superuser()] == ["dangwu.E001"]


def test_an_account_has_no_such_flag() -> None:
    assert not hasattr(Account, "is_superuser")
    assert not hasattr(Account, "is_staff")


@pytest.mark.parametrize(
    ("behind", "told", "address"),
    [
        (False, "1.2.3.4", "10.0.0.9"),
        (True, "1.2.3.4, 10.5.5.5", "10.5.5.5"),
        (True, None, "10.0.0.9"),
        (True, "nonsense", "127.0.0.1"),
    ],
)
def test_what_a_client_says_of_its_address_counts_for_nothing(
    settings: Settings, behind: bool, told: str | None, address: str
) -> None:
    settings.BEHIND_PROXY = behind
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "10.0.0.9", **({"HTTP_X_FORWARDED_FOR": told} if told else {})}
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("host", "https", "possible"),
    [
        ("localhost:8000", False, True),
        ("127.0.0.1:8000", False, False),
        ("dw.example", True, True),
        ("dw.example", False, False),
    ],
)
def test_where_passkeys_work(settings: Settings, host: str, https: bool, possible: bool) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    request = RequestFactory().get("/", secure=https, headers={"host": host})
    assert can_have_passkeys(request) is possible
