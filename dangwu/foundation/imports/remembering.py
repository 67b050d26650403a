"""Remembering for which fields the columns of a head were taken, so that nobody says it twice."""

from collections.abc import Iterable, Mapping
from typing import Any

from dangwu.foundation.imports.models import RememberedHead
from dangwu.foundation.imports.queries import head_digest


def remember_columns(kind: str, columns: Iterable[Mapping[str, Any]]) -> None:
    """Keep how a head was understood by whoever brought it in."""
    headed = [column for column in columns if column["head"]]
    heads = tuple((str(column["column"]), str(column["head"])) for column in headed)
    told = {str(column["column"]): str(column["field"]) for column in headed}
    RememberedHead.objects.update_or_create(kind=kind, digest=head_digest(heads), defaults={"columns": told})
