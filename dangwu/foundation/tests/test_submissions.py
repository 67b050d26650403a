"""A form sent often has one effect and one answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from dangwu.foundation.pages.tests.kitchen import Account
from dangwu.foundation.submissions import Submission, forget_submissions, once

effects: list[str] = []


@pytest.fixture(autouse=True)
def no_effects() -> Iterator[None]:
    effects.clear()
    yield
    effects.clear()


@once
def rename(request: HttpRequest) -> HttpResponseBase:
    name = request.POST.get("name", "")
    if name == "broken":
        raise RuntimeError
    if not name:
        return HttpResponse("请填写名称。", status=422)
    effects.append(name)
    return HttpResponseRedirect(f"/object/{len(effects)}/")


def post(key: object, name: str, *, actor: str = "account:17") -> HttpResponseBase:
    request = RequestFactory().post("/", {"idempotency_key": str(key), "name": name})
    request.actor = Account(key=actor)  # type: ignore[attr-defined] # as the sign-in does
    return rename(request)


def post_in_a_thread(key: object) -> str:
    try:
        answer = post(key, "第一党支部")
        assert isinstance(answer, HttpResponseRedirect)
        return answer.url
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_have_one_effect_and_one_answer() -> None:
    key = uuid4()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(post_in_a_thread, [key] * 8))
    assert (effects, set(answers)) == (["第一党支部"], {"/object/1/"})


@pytest.mark.django_db
def test_a_repetition_is_answered_alike_whatever_it_says() -> None:
    key = uuid4()
    answers = [post(key, name) for name in ("第一党支部", "第二党支部", "")]
    assert [answer.headers["Location"] for answer in answers] == ["/object/1/"] * 3
    assert effects == ["第一党支部"]


@pytest.mark.django_db
def test_a_form_that_was_refused_may_be_sent_again() -> None:
    key = uuid4()
    assert post(key, "").status_code == 422
    assert not Submission.objects.exists()
    assert post(key, "第一党支部").status_code == 302


@pytest.mark.django_db
def test_a_failure_leaves_no_key() -> None:
    with pytest.raises(RuntimeError):
        post(uuid4(), "broken")
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_the_key_of_somebody_else_is_refused() -> None:
    key = uuid4()
    post(key, "第一党支部")
    with pytest.raises(PermissionDenied):
        post(key, "第一党支部", actor="account:18")


@pytest.mark.parametrize("key", ["", "x", "00000000"])
def test_a_form_without_a_key_is_refused(key: str) -> None:
    with pytest.raises(BadRequest):
        post(key, "第一党支部")


@pytest.mark.django_db
def test_a_key_is_forgotten_after_a_week() -> None:
    post(uuid4(), "第一党支部")
    now = datetime.now(UTC)
    assert forget_submissions(now=now + timedelta(days=6)) == 0
    assert forget_submissions(now=now + timedelta(days=8)) == 1
