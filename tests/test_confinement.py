"""The fences around the tests themselves."""

import socket

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.browsing import Live


@login_not_required
def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!DOCTYPE html><title>党务</title><link rel=icon href='data:,'>")


@login_not_required
def coloured_in_place(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!DOCTYPE html><link rel=icon href='data:,'><p style='color: red'>红</p>")


@login_not_required
def calling_outside(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!DOCTYPE html><link rel=icon href='data:,'><img src='http://elsewhere.example/x.png'>")


urlpatterns = [path("", plain), path("coloured/", coloured_in_place), path("outside/", calling_outside)]


def test_no_test_can_reach_another_machine() -> None:
    with socket.socket() as outside, pytest.raises(PermissionError, match="tried to reach"):
        outside.connect(("192.0.2.1", 80))


def test_no_test_can_look_up_a_name() -> None:
    with pytest.raises(PermissionError, match="tried to reach"):
        socket.getaddrinfo("elsewhere.example", 80)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_a_page_opens_in_a_browser_as_wide_as_asked(live: Live) -> None:
    page = live.open("/", width=375)
    assert page.title() == "党务"
    assert page.evaluate("innerWidth") == 375


@pytest.mark.browser
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("path", ["/coloured/", "/outside/"])
def test_a_breach_of_the_policy_for_content_is_noticed(live: Live, path: str) -> None:
    live.open(path).wait_for_load_state("networkidle")
    assert any("Content Security Policy" in fault for fault in live.faults)
    live.faults.clear()
