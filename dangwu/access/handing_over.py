"""Codes that are shown once, on a slip to be printed and handed over. Until then they lie sealed in the session."""

import json
from dataclasses import asdict, dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest
from dangwu.access.secrecy import cipher

PLACE = "to_hand_over"
PURPOSE = "codes to hand over"


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on the slip. `path` is the page on which the code is entered."""

    heading: str
    code: str
    path: str
    hints: tuple[str, ...]
    back: str
    username: str = ""


def hand_over(request: ActingRequest, slip: Slip) -> HttpResponse:
    """Lead to the page that shows the slip, once."""
    request.session[PLACE] = cipher(PURPOSE).encrypt(json.dumps(asdict(slip)).encode()).decode()
    return redirect("hand-over")


@require_safe
def slip(request: ActingRequest) -> HttpResponse:
    sealed = request.session.pop(PLACE, None)
    if sealed is None:
        raise Http404
    told = json.loads(cipher(PURPOSE).decrypt(sealed.encode()))
    return render(request, "access/slip.html", {**told, "address": request.build_absolute_uri(told["path"])})
