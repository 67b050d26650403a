"""Taking out what is registered, as workbooks that can be brought in again unchanged."""

from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from dangwu.foundation.imports.exporting import Export, OutOf
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.foundation.pages.shell import AsOf, Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.organisations.forms import OrganisationField
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standing_of, tops
from dangwu.workbench.imports.around import HERE
from dangwu.workbench.imports.centre_pages import XLSX
from dangwu.workbench.imports.fetching import finder_for
from dangwu.workbench.imports.kinds import EXPORTS

WHOLE = "表中有完整的身份证号码和电话，请妥善保管，用完删除。"
WITHOUT_NUMBERS = ("organisations", "appointments")
NOTED = "谁在哪天导出了多少行，记入日志，本人也看得到。"
AGAIN = "表中的栏目就是导入的栏目：改好以后可以再导入，只变更改动的地方。"


class ExportForm(SafeForm):
    """Which part, as of which day."""

    under = OrganisationField("导出哪个党组织", help_text="连同它的下级。输入名称、简称或者拼音首字母。")
    on = forms.DateField(label="哪一天的情况", widget=forms.DateInput(), help_text="默认今天。")
    purpose = ReasonField(label="为什么导出", help_text="表中有完整号码。用途会记入日志，本人可以看到。")

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["purpose"]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Ask which part, and give it out."""
    by, today = actor_of(request), timezone.localdate()
    chosen = EXPORTS.get(kind)
    if chosen is None or chosen.keepers.reach(by, today).is_nothing:
        raise Http404
    own = list(tops(chosen.keepers.reach(by, today))[:2])
    initial = {"on": today, **({"under": (str(own[0].organisation_id), own[0].name)} if len(own) == 1 else {})}
    form = ExportForm(request.POST or None, initial=initial, asks=kind not in WITHOUT_NUMBERS)
    as_of = AsOf.of(request.GET, today=today)
    under: Any = form.fields["under"]
    under.among([chosen.keepers.reach(by, today)], as_of, finder_for(by))
    if form.carried_out(partial(_taken, request, chosen)):
        answer: HttpResponse = form.result
        return answer
    context = {
        "here": HERE,
        "heading": f"导出{chosen.title}",
        "crumbs": [Crumb("导入导出", reverse("imports")), Crumb(f"导出{chosen.title}")],
        "consequences": [*([] if kind in WITHOUT_NUMBERS else [WHOLE]), NOTED, AGAIN],
        "form": form,
        "submit": "导出",
        "cancel": reverse("imports"),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)


def _taken(request: HttpRequest, chosen: Export, *, under: Organisation, on: date, purpose: str = "") -> HttpResponse:
    """The workbook. Raises ObjectionError for a part that is not the visitor's, or was not there on the day."""
    by, today = actor_of(request), timezone.localdate()
    standing = standing_of(under, on)
    out_of = OutOf(standing.path, on, purpose)
    if out_of.scope(by, chosen.keepers).is_nothing:
        raise ObjectionError(f"您没有导出“{standing.called}”{chosen.title}的权限。", field="under")
    name = f"{chosen.title}（{standing.called}，{on}）.xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        chosen.take(by=by, out_of=out_of, file=path, today=today)
        content = path.read_bytes()
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
