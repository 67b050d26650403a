"""The pages that tell of a refusal or a failure."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

REFUSALS = ("400.html", "403.html", "403_csrf.html", "404.html")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_where_to_go(name: str) -> None:
    page = render_to_string(name, request=RequestFactory().get("/"))
    assert 'href="/">返回首页</a>' in page


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_holds_no_form_that_could_not_be_sent(name: str) -> None:
    assert "<form" not in render_to_string(name, request=RequestFactory().get("/"))


def test_the_page_of_a_failure_needs_neither_request_nor_collected_files() -> None:
    page = render_to_string("500.html")
    assert "出错了，没有完成" in page
    assert 'href="/static/dangwu/theme.css"' in page
