"""Querysets that refuse to be read before it was said for whom.

A queryset of a scoped model raises when it is evaluated, in whatever way, before `within(scope)` was said; the check
sits where Django turns a query into SQL, so no way of evaluating escapes it. `unscoped("why")` is the exception, and is
searched for by a test. Forward foreign keys are followed freely: they lead on from something already fetched.
"""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.sql import Query

from dangwu.foundation.scope import Scope
from dangwu.foundation.tracking import TrackedQuerySet

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class UnscopedError(RuntimeError):
    """A query on scoped rows that does not say for whom: a mistake in the program."""


class ScopedQuery(Query):
    """A query that becomes SQL only once it was said whom it is for."""

    spoken_for = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's own signature
        """Refuse before that."""
        if not self.spoken_for:
            assert self.model is not None
            raise UnscopedError(f"{self.model.__name__}: say .within(scope), or .unscoped('why')")
        return super().get_compiler(*args, **kwargs)


class ScopedReading(models.QuerySet[M_co]):
    """Reading that has to say for whom."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:  # noqa: ANN401 - Django's own signature
        """Begin with a query that is for nobody yet."""
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def within(self, scope: Scope) -> Self:
        """Only what belongs to organisations in the scope, by the tree of its day."""
        return self._spoken_for().filter(self.model.in_scope(scope))  # type: ignore[attr-defined] # Scoped has it

    def of(self, **owner: Any) -> Self:  # noqa: ANN401 - a row or a key, by the column that refers to it
        """The rows of something that is at hand already: whoever fetched it was asked for whom."""
        return self._spoken_for().filter(**owner)

    def unscoped(self, why: str) -> Self:
        """Everything, for a reason that a reader can judge."""
        assert why
        return self._spoken_for()

    def _spoken_for(self) -> Self:
        clone = self._chain()  # type: ignore[attr-defined] # Django's own way to go on from a queryset
        clone.query.spoken_for = True
        return clone  # type: ignore[no-any-return]


class ScopedQuerySet(ScopedReading[M_co], TrackedQuerySet[M_co]):  # type: ignore[override] # both make managers
    """What every queryset of a scoped model is whose changes the audit is told."""


class DerivedQuerySet(ScopedReading[M_co]):
    """That of a scoped model whose rows only follow from others: they can be made again, so the audit is not told."""


class Scoped(models.Model):
    """A model whose rows belong to organisations."""

    class Meta:
        abstract = True

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """The condition that a row belongs to an organisation in the scope."""
        raise NotImplementedError(cls.__name__)
