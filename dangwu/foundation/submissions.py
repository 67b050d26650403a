"""A form has one effect however often it is sent: by a double click, by a browser that tries again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
KEPT = timedelta(days=7)


class Submission(models.Model):
    """A form that was carried out, and where its answer led.

    The row is written in the transaction of what the form did, before it: whoever sends the same key waits for that
    transaction, and then finds the answer.
    """

    key = models.UUIDField("编号", primary_key=True)
    actor = models.CharField("提交者", max_length=100, blank=True)
    at = models.DateTimeField("提交时间", auto_now_add=True, db_index=True)
    answer = models.TextField("答复地址", blank=True)

    objects = models.Manager["Submission"]()

    class Meta:
        app_label = "foundation"
        verbose_name = verbose_name_plural = "表单提交"

    def __str__(self) -> str:
        """Which one."""
        return str(self.key)


def once(view: View[P]) -> View[P]:
    """Make a view do what a POST asks at most once for its `idempotency_key`.

    The view runs in one transaction with the key, for whose length nobody else writes on SQLite: what takes long and
    writes nothing is better done before (see `answer_before`). Only a redirect counts as done: after any other answer,
    and after an exception, the same form may be sent again. A repetition gets the same redirect and nothing else
    happens. Raises BadRequest for a POST without a key, PermissionDenied for the key of somebody else.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key, actor = _key_of(request), _actor_of(request)
        with transaction.atomic():
            earlier = _take(key, actor)
            if earlier:
                return _again(earlier, actor)
            response = view(request, *args, **kwargs)
            _keep(key, response)
        return response

    return answer


def answer_before(request: HttpRequest) -> HttpResponseBase | None:
    """What the same form was answered when it was carried out before, None where it was not yet: for a view that reads
    much before it does anything. BadRequest and PermissionDenied as for `once`.
    """
    key, actor = _key_of(request), _actor_of(request)
    earlier = Submission.objects.filter(key=key).first()
    return _again(earlier, actor) if earlier else None


def _again(earlier: Submission, actor: str) -> HttpResponseRedirect:
    if earlier.actor != actor:
        raise PermissionDenied("the form of somebody else")
    return HttpResponseRedirect(earlier.answer)


def _actor_of(request: HttpRequest) -> str:
    return str(getattr(getattr(request, "actor", None), "key", ""))


def _key_of(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        raise BadRequest("a form without its key") from None


def _take(key: UUID, actor: str) -> Submission | None:
    """Take the key, or tell who had it before."""
    try:
        with transaction.atomic():
            Submission.objects.create(key=key, actor=actor)
    except IntegrityError:
        return Submission.objects.get(key=key)
    return None


def _keep(key: UUID, response: HttpResponseBase) -> None:
    taken = Submission.objects.filter(key=key)
    if isinstance(response, HttpResponseRedirect):
        taken.update(answer=response.url)
    else:
        taken.delete()


def forget_submissions(*, now: datetime) -> int:
    """Delete the keys that are older than any page is kept open; how many they were."""
    return Submission.objects.filter(at__lt=now - KEPT).delete()[0]
