"""Models whose every change is told to the audit, and which notice a lost update.

A save reads the row first: the diff is then true however stale the object is, and a version that has moved on meanwhile
is a conflict that both sides can look at.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from dangwu.foundation.audit.changes import Change
from dangwu.foundation.deeds import Deed, announcing
from dangwu.foundation.objections import ConflictError
from dangwu.foundation.personal import private_columns

BATCH = 5_000
M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class TrackedQuerySet(models.QuerySet[M_co]):
    """Bulk writes that tell what they change."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:  # noqa: ANN401 - Django's own signature
        """Create rows; told one by one, or as a count and a digest where they are many."""
        with announcing() as deed:
            created = super().bulk_create(objs, *args, **kwargs)
            tell(deed, self.model, len(created), ((row.pk, None, row_of(row)) for row in created))
        return created

    def update(self, **kwargs: Any) -> int:  # noqa: ANN401 - Django's own signature
        """Change columns of many rows; each gets a new version."""
        with announcing() as deed:
            before = {row.pk: row_of(row) for row in _locked(self)}
            for mine in self._by_key(before):
                models.QuerySet.update(mine, **kwargs, version=models.F("version") + 1)
            after = chain.from_iterable(self._by_key(before))
            tell(deed, self.model, len(before), ((row.pk, before[row.pk], row_of(row)) for row in after))
        return len(before)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Write back these columns of these objects; each gets a new version."""
        rows, names = list(objs), [*fields, "version"]
        with announcing() as deed:
            kept = chain.from_iterable(_locked(mine) for mine in self._by_key(row.pk for row in rows))
            before = {row.pk: row_of(row) for row in kept}
            _refuse_lost_updates(rows, before)
            for row in rows:
                row.version += 1
            every = self.model._base_manager.all()  # noqa: SLF001
            changed = models.QuerySet.bulk_update(every, rows, names, batch_size or BATCH)
            tell(deed, self.model, len(rows), ((row.pk, before[row.pk], row_of(row)) for row in rows))
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows that nothing else refers to. What refers to them must be deleted first: nothing is told by way of
        a cascade. Trial data is not read first.
        """
        with announcing() as deed:
            if deed.trial:
                number = self.count()
                self._raw_delete(self.db)
                tell(deed, self.model, number)
                return number, {self.model._meta.label: number}  # noqa: SLF001
            before = {row.pk: row_of(row) for row in _locked(self)}
            for mine in self._by_key(before):
                mine._raw_delete(mine.db)  # noqa: SLF001 - without looking for cascades
            tell(deed, self.model, len(before), ((pk, row, None) for pk, row in before.items()))
        return len(before), {self.model._meta.label: len(before)}  # noqa: SLF001

    def _by_key(self, keys: Iterable[Any]) -> Iterator[Any]:
        """The rows with these keys, as many at a time as a statement can name on every database."""
        every = list(keys)
        for start in range(0, len(every), BATCH):
            yield self.model._base_manager.filter(pk__in=every[start : start + BATCH])  # noqa: SLF001


class Tracked(models.Model):
    """A row whose changes are told to the audit. `personal` names the columns that go into it as commitments only;
    `part_of` the column that leads to whom or what the row belongs, where it does not stand for itself.
    """

    is_tracked = True
    part_of: ClassVar[str] = ""
    personal: ClassVar[Any] = {}

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Write the row and tell the change. Raises ConflictError where somebody else was faster."""
        with announcing() as deed:
            if self._state.adding:
                super().save(*args, **kwargs)
                tell(deed, type(self), 1, [(self.pk, None, row_of(self))])
            else:
                before = row_of(self._kept())
                _refuse_lost_updates([self], {self.pk: before})
                self.version += 1
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = [*kwargs["update_fields"], "version"]
                super().save(*args, **kwargs)
                tell(deed, type(self), 1, [(self.pk, before, row_of(self))])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401, ARG002 - Django's own signature
        """Delete the row, which nothing may refer to any more. Raises ConflictError where somebody else was faster."""
        _refuse_lost_updates([self], {self.pk: row_of(self._kept())})
        rows = type(self)._base_manager.filter(pk=self.pk)  # noqa: SLF001
        return TrackedQuerySet.delete(TrackedQuerySet(type(self), rows.query))

    def _kept(self) -> Self:
        return type(self)._base_manager.select_for_update().get(pk=self.pk)  # noqa: SLF001


def _locked(rows: Any) -> Any:  # noqa: ANN401 - any queryset
    """The rows as they are kept now, locked until the transaction ends where the database can."""
    return rows.order_by().select_for_update()


def row_of(instance: models.Model) -> dict[str, Any]:
    """The columns of a row by name."""
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}  # noqa: SLF001


def _refuse_lost_updates(rows: Sequence[Tracked], kept: dict[Any, dict[str, Any]]) -> None:
    for row in rows:
        if kept[row.pk]["version"] != row.version:
            raise ConflictError(yours=row_of(row), theirs=kept[row.pk])


Told = tuple[Any, dict[str, Any] | None, dict[str, Any] | None]


def tell(deed: Deed, model: type[models.Model], number: int, rows: Iterable[Told] = ()) -> None:
    """Tell the deed of so many rows by key, before and after. Trial data is told by its number alone, and the rows are
    not even looked at: it is nobody's record, and is thrown away whole.
    """
    label = model._meta.label_lower  # noqa: SLF001
    if deed.trial:
        deed.counted[label] += number
        return
    private = private_columns(model)
    deed.changes.extend(Change(label, pk, before, after, private) for pk, before, after in rows)
