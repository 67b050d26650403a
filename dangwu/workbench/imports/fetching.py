"""Fetching a batch is authorising: whoever brings it in works on it, whoever keeps the place sees afterwards what it
did; for anybody else it is not there.
"""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.actors import Actor
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.imports.kinds import Kind
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.queries import batches_for
from dangwu.foundation.imports.services.batches import may_undo, may_write
from dangwu.foundation.requests import actor_of
from dangwu.workbench.imports.kinds import KINDS

KEEPERS = frozenset(kind.keepers for kind in KINDS.values())


def kinds_for(actor: Actor) -> list[Kind]:
    """What somebody can bring in, anywhere."""
    today = timezone.localdate()
    may = {keepers for keepers in KEEPERS if not keepers.reach(actor, today).is_nothing}
    return [kind for kind in KINDS.values() if kind.keepers in may]


def finder_for(actor: Actor) -> str:
    """The address that answers a box with the organisations into which somebody may bring something."""
    return reverse("find-organisation-to-appoint" if actor.holds("security") else "organisations-found")


def batch_or_404(request: HttpRequest, pk: int) -> Batch:
    """A batch of the visitor's own, or one that was written into his part of the tree. Raises Http404."""
    return fetch_or_404(batches_for(actor_of(request), KINDS.values(), timezone.localdate()), pk)


def own_or_404(request: HttpRequest, pk: int) -> Batch:
    """A batch that the visitor brings in himself, and still may. Raises Http404."""
    batch = batch_or_404(request, pk)
    if not is_own(request, batch):
        raise Http404
    return batch


def is_own(request: HttpRequest, batch: Batch) -> bool:
    """Whether the visitor brings it in himself, and still may."""
    return may_write(by=actor_of(request), batch=batch, kind=KINDS[batch.kind], on=timezone.localdate())


def is_kept(request: HttpRequest, batch: Batch) -> bool:
    """Whether the visitor keeps the part of the tree into which it went."""
    return may_undo(by=actor_of(request), batch=batch, kind=KINDS[batch.kind], on=timezone.localdate())
