"""What the audit administrator looks for."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from dangwu.foundation.audit.bodies import models_told
from dangwu.foundation.audit.export import during
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.tables import tables_by_label
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath

READ = ("subject_name", "actor_name", "reason", "body")
"""The columns in which words are looked for."""


def search(
    *,
    actor: str = "",
    verb: str = "",
    subject: str = "",
    span: Span | None = None,
    subtree: TreePath | None = None,
    text: str = "",
) -> QuerySet[AuditEntry]:
    """Entries, newest first. A verb that ends with a dot is all of its kind (`organisation.`), a subject that ends with
    a colon every row of a model; what is left empty limits nothing.
    """
    conditions = during(span)
    if actor:
        conditions &= Q(actor_key=actor)
    if verb:
        conditions &= Q(verb__startswith=verb) if verb.endswith(".") else Q(verb=verb)
    if subject:
        conditions &= Q(subject__startswith=subject) if subject.endswith(":") else Q(subject=subject)
    if subtree:
        low, high = subtree.bounds
        conditions &= Q(place__gte=low, place__lt=high)
    for word in text.split():
        conditions &= reduce(or_, (Q((f"{column}__icontains", word)) for column in READ))
    return AuditEntry.objects.filter(conditions).order_by("-sequence")


def tables_changed(after: int, through: int) -> Iterator[tuple[int, str, str, set[str]]]:
    """Of the entries after one up to another: the number, the hash of the one before, its own, and the tables whose
    rows it changed.
    """
    rows = AuditEntry.objects.filter(sequence__gt=after, sequence__lte=through).order_by("sequence")
    tables = tables_by_label()
    for sequence, previous, seal, body in rows.values_list("sequence", "previous", "hash", "body"):
        yield sequence, previous, seal, {tables[label] for label in models_told(body) if label in tables}
