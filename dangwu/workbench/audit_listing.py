"""The search in the audit, and its list."""

from datetime import date, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from dangwu.foundation.audit.export import during
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.audit.queries import search
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Day, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState
from dangwu.kernel.span import DAWN, FAR, Span
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Standing
from dangwu.workbench.audit_telling import model_words, subject_words
from dangwu.workbench.audit_words import offered_verbs, verb_words

Entries = QuerySet[AuditEntry]
FORGOTTEN = "（已按规定删去）"


def by_whom(rows: Entries, text: str) -> Entries:
    """By whoever is called so, or has this key."""
    return rows.filter(Q(actor_name__icontains=text.strip()) | Q(actor_key=text.strip()))


def about(rows: Entries, text: str) -> Entries:
    """About what is called so, or has this key."""
    return rows.filter(Q(subject_name__icontains=text.strip()) | Q(subject=text.strip()))


def of_verb(rows: Entries, verb: str) -> Entries:
    """Of one verb, or of a kind of them."""
    return rows & search(verb=verb)


def of_model(rows: Entries, label: str) -> Entries:
    """About the rows of one table."""
    return rows.filter(subject__startswith=f"{label}:")


def since(rows: Entries, day: date) -> Entries:
    """From a day on."""
    return rows.filter(during(Span(day, FAR)))


def until(rows: Entries, day: date) -> Entries:
    """Up to a day, which is included."""
    return rows.filter(during(Span(DAWN, day + timedelta(days=1))))


def below(rows: Entries, name: str) -> Entries:
    """In an organisation of this name and below it, wherever it ever stood."""
    named = Standing.objects.unscoped("the audit administrator reads the whole log, and names alone are asked here")
    paths = set(named.filter(Q(name=name.strip()) | Q(short_name=name.strip())).values_list("path", flat=True))
    condition = Q(pk__in=())
    for low, high in (TreePath(path).bounds for path in paths):
        condition |= Q(place__gte=low, place__lt=high)
    return rows.filter(condition)


def with_words(rows: Entries, text: str) -> Entries:
    """With these words anywhere in what was written down."""
    return rows & search(text=text)


def offered_models() -> list[tuple[str, str]]:
    """What deeds are about."""
    tracked = (model._meta.label_lower for model in apps.get_models() if getattr(model, "is_tracked", False))  # noqa: SLF001 - Django's own way
    return [(label, model_words(label)) for label in tracked]


def actor_of_entry(entry: AuditEntry) -> str:
    """Who did it, unless he was forgotten."""
    return entry.actor_name or FORGOTTEN


class AuditListing(Listing):
    """Entries, the newest first."""

    title, noun = "审计记录", "条"
    columns = (
        Column("at", "时间", link=lambda entry: reverse("audit-entry", args=[entry.pk]), width=18),
        Column("sequence", "序号", number=True, only_exported=True, width=10),
        Column("verb", "事项", value=lambda entry: verb_words(entry.verb), width=20),
        Column("actor", "操作者", value=actor_of_entry, width=16),
        Column("actor_key", "操作者编号", only_exported=True, width=16),
        Column("subject", "对象", value=lambda e: e.subject_name, note=lambda e: subject_words(e.subject), width=28),
        Column("reason", "理由", width=30),
        Column("hash", "校验值", only_exported=True, width=66),
    )
    filters = (
        Text("who", "操作者", by=by_whom, help="姓名或者编号"),
        Choice("verb", "事项", by=of_verb),
        Text("about", "对象", by=about, help="名称或者姓名"),
        Choice("kind", "对象类别", by=of_model),
        Text("under", "党组织及其下级", by=below, help="全称或者简称"),
        Day("since", "起始日期", by=since),
        Day("until", "截止日期", by=until),
        Text("text", "内容", by=with_words, help="理由、变动中的文字"),
    )
    empty = EmptyState("还没有审计记录", "办理任何事项以后，都会记在这里。")


def audit_listing(asked: QueryDict) -> AuditListing:
    """The list that an address asks for."""
    return AuditListing(search(), asked, verb=offered_verbs(), kind=offered_models())
