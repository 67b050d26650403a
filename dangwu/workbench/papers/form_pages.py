"""A committee's own forms: brought, explained, tried out, retired; used by it and by all below it."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from docx import Document

from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.files.names import shown_name
from dangwu.foundation.pages.forms import ConfirmForm, SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Organisation, Standing
from dangwu.records.paper_models import FormFile, LedgerForm
from dangwu.records.paper_queries import forms_for, forms_of
from dangwu.records.policies import KEEP, SEE
from dangwu.records.services.papers import bring_form, retire_form
from dangwu.workbench.papers.around import HERE, TITLE, address_of, download
from dangwu.workbench.papers.offered import file_name
from dangwu.workbench.papers.own_forms.checking import check_form
from dangwu.workbench.papers.own_forms.vocabulary import ACTIVITY, MEMBER, ONCE

FORMS = "自带表样"
WORDS = (
    ("写一次的", "可以放在任何地方，页眉页脚也可以。", tuple(ONCE)),
    ("每次活动一行的", "放在表格的一行里，这一行按当年的活动自动重复。", tuple(ACTIVITY)),
    ("每名党员一行的", "放在表格的一行里，这一行按名册自动重复。", tuple(MEMBER)),
)


class BringForm(SafeForm):
    """A form and what it is called."""

    name = forms.CharField(
        label="表样名称", max_length=40, help_text="例如“支部活动登记表”。同名的再上传一次，就是新的一版。"
    )
    file = forms.FileField(
        label="文件", help_text=".docx 或者 .xlsx，不超过 2 MB，不能有宏、公式、外部链接。", allow_empty_file=True
    )


class Version(NamedTuple):
    """A form as its page lists it."""

    form: LedgerForm
    may_retire: bool


@require_safe
def own_forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms that hold for an organisation, and the versions of its own."""
    by, today = actor_of(request), timezone.localdate()
    standing = standing_or_404(by.scope(SEE, today), pk)
    keeps = by.scope(KEEP, today).covers(standing.path)
    inherited = [row for row in forms_for(standing, Scope.everything(today)) if row.organisation_id != pk]
    own = [Version(row, keeps and row.retired_on is None) for row in forms_of(standing)]
    context = {
        **_around(standing, FORMS),
        "heading": f"{standing.called}：{FORMS}",
        "standing": standing,
        "own": own,
        "inherited": inherited,
        "keeps": keeps,
    }
    return render(request, "workbench/ledger_forms.html", context)


def _around(standing: Standing, here: str) -> dict[str, object]:
    ways = [Crumb(standing.called, address_of(standing.organisation_id))]
    if here != FORMS:
        ways.append(Crumb(FORMS, reverse("ledger-forms", args=[standing.organisation_id])))
    return {"here": HERE, "crumbs": [*ways, Crumb(here)]}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def bring(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Bring a form, or another version of one."""
    standing = standing_or_404(actor_of(request).scope(KEEP, timezone.localdate()), pk)
    form = BringForm(request.POST or None, request.FILES or None)
    if form.carried_out(partial(_brought, request, standing.organisation)):
        tell(request, f"已启用“{form.result}”，本组织和全部下级都可以用它生成。")
        return redirect("ledger-forms", pk)
    back = reverse("ledger-forms", args=[pk])
    context = {**_around(standing, "上传"), "heading": "上传自带表样", "form": form, "submit": "上传", "cancel": back}
    return render(request, "workbench/ledger_form_bring.html", context, status=form.status)


def _brought(request: HttpRequest, organisation: Organisation, *, name: str, file: Any) -> LedgerForm:  # noqa: ANN401 - an upload
    """Keep the form that was sent. Raises ObjectionError for what cannot be used."""
    content, called = file.read(), shown_name(file.name or "")
    suffix = Path(called).suffix.lower()
    check_form(content, suffix)
    form = LedgerForm(name=name, file_name=called, suffix=suffix)
    today = timezone.localdate()
    return bring_form(by=actor_of(request), organisation=organisation, form=form, content=content, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def retire(request: HttpRequest, pk: int, form: int) -> HttpResponseBase:
    """Offer a form no longer."""
    by, today = actor_of(request), timezone.localdate()
    standing = standing_or_404(by.scope(KEEP, today), pk)
    row = fetch_or_404(forms_of(standing).filter(retired_on=None), form)
    asked = ConfirmForm(request.POST or None, of=row)
    if asked.carried_out(partial(retire_form, by=by, form=row, today=today)):
        tell(request, f"“{row.name}”已停用。")
        return redirect("ledger-forms", pk)
    context = {
        **_around(standing, "停用"),
        "heading": f"停用“{row.name}”",
        "consequences": ["停用后，本组织和下级不能再用它生成台账；已经生成的文件不受影响。", "需要时可以重新上传。"],
        "form": asked,
        "submit": "停用",
        "cancel": reverse("ledger-forms", args=[pk]),
    }
    return render(request, "foundation/confirm.html", context, status=asked.status)


@require_safe
def blank(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """A version of a form as it was brought, for whoever keeps it."""
    standing = standing_or_404(actor_of(request).scope(KEEP, timezone.localdate()), pk)
    row = fetch_or_404(forms_of(standing), form)
    content = bytes(FormFile.objects.get(form=row).content)
    return download(content, file_name(row.name, f"第{row.number}版", suffix=row.suffix), row.suffix)


@require_safe
def placeholders(request: HttpRequest) -> HttpResponse:
    """All placeholders, and a sample to begin with."""
    context = {"here": HERE, "heading": "占位符说明", "crumbs": [Crumb(TITLE, reverse("ledgers")), Crumb("占位符说明")]}
    return render(request, "workbench/placeholders.html", {**context, "words": WORDS})


@require_safe
def sample(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """A form that can be used as it is."""
    return download(sample_bytes(), "支部活动登记表（样例）.docx", ".docx")


def sample_bytes() -> bytes:
    """A small register: whose, of which year, a line for each activity."""
    document = Document()
    document.add_heading("{{支部名称}}{{年度}}年活动登记表", 1)
    document.add_paragraph("书记：{{书记}}　党员：{{党员人数}}人　截至{{截至日期}}")
    heads = ("序号", "日期", "类型", "主题", "应到", "实到", "缺席")
    names = ("活动序号", "活动日期", "活动类型", "活动主题", "应到人数", "实到人数", "缺席人员")
    _add_table(document, heads, names)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: Any, heads: Sequence[str], names: Sequence[str]) -> None:  # noqa: ANN401 - python-docx has no types
    table = document.add_table(2, len(heads), style="Table Grid")
    for place, (head, name) in enumerate(zip(heads, names, strict=True)):
        table.cell(0, place).text, table.cell(1, place).text = head, f"{{{{{name}}}}}"
