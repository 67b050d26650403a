"""The limit on what one request may bring."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEBIBYTE = 1024 * 1024


class LimitUploads:
    """Refuses a request by its announced length, before a byte of it is stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # without a readable length Django takes the body for empty, so there is nothing to limit
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.UPLOAD_LIMIT:
            return self.get_response(request)
        sizes = {"size": -(-int(length) // MEBIBYTE), "limit": settings.UPLOAD_LIMIT // MEBIBYTE}
        return render(request, "413.html", sizes, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
