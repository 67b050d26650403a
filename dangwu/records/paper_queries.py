"""Reading archives and forms: an archive is its owner's, a form holds for whoever brought it and all below."""

from django.db.models import QuerySet

from dangwu.foundation.actors import Actor
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import line_of
from dangwu.organisations.models import Standing
from dangwu.records.paper_models import Bundle, LedgerForm


def bundles_of(actor: Actor) -> QuerySet[Bundle]:
    """What somebody had packed, the latest first."""
    return Bundle.objects.filter(by_key=actor.key).select_related("organisation").order_by("-pk")


def forms_for(standing: Standing, scope: Scope) -> list[LedgerForm]:
    """The forms in use for an organisation at hand: its own, and those of all above it on the scope's day."""
    above = Standing.objects.unscoped("a form holds for all below whoever brought it").filter(as_of(scope.on))
    keys = above.filter(path__in=line_of(standing.path)).values("organisation")
    rows = LedgerForm.objects.of(organisation__in=keys).filter(retired_on=None)
    return list(rows.select_related("organisation").order_by("organisation__pk", "name"))


def forms_of(standing: Standing) -> QuerySet[LedgerForm]:
    """All versions of the forms of one organisation at hand, the latest first."""
    rows = LedgerForm.objects.of(organisation=standing.organisation_id)
    return rows.select_related("organisation").order_by("name", "-number")
