"""Every write is an action: a service that is asked who does it, may be refused, and leaves one row in the audit:

`@action("organisation.rename", allow=may_reorganise)` over `def rename_organisation(*, by: Actor, ...)`.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from dangwu.foundation.audit.bodies import Mass
from dangwu.foundation.audit.chain import Record, append, await_turn, fresh_salt, hash_algorithm
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.deeds import Deed, current_deed, doing, tell_listeners
from dangwu.foundation.objections import RefusedError
from dangwu.foundation.undo.checks import Check
from dangwu.foundation.undo.keeping import UNDOABLE, keep_undo, withdraw_offer

if TYPE_CHECKING:
    from dangwu.foundation.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")
Policy = Callable[..., bool]
"""A predicate that takes what the action takes, by keyword, and says whether `by` may do it."""

VERBS: dict[str, Callable[..., Any]] = {}
"""Every action of the product by its verb."""

REFUSED = "您没有办理这一事项的权限。如确需办理，请联系上级党组织的党务工作人员。"


def action(
    verb: str, *, allow: Policy, trial: bool = False, undo: Check | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a service an action.

    It runs in a transaction whose last statement is the audit row. Actions run one at a time, so that what one finds to
    be so is so until it has ended; trials alone run side by side, for nobody else touches their rows. An action that is
    called by another joins it: its own policy is asked as well, but the audit tells of the outer one. With `undo` it is
    one that can be taken back (`dangwu.foundation.undo`). Raises RefusedError where the policy says no.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        assert verb not in VERBS, f"two actions are called {verb}"
        if undo:
            UNDOABLE[verb] = undo

        @wraps(function)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            assert not args, "an action takes keywords only"
            if current_deed() is not None:
                _ask(allow, kwargs)
                return function(*args, **kwargs)
            by = cast("Actor", kwargs["by"])
            withdraw_offer()
            with transaction.atomic(), doing(Deed(verb, by, trial=trial)) as deed:
                if not trial:
                    await_turn()
                _ask(allow, kwargs)
                result = function(*args, **kwargs)
                if isinstance(result, Model):
                    deed.about(result)
                if undo:
                    keep_undo(deed)
                tell_listeners(deed)
                append(record_of(deed))
            return result

        VERBS[verb] = perform
        return perform

    return decorate


def _ask(allow: Policy, kwargs: dict[str, Any]) -> None:
    if not allow(**kwargs):
        raise RefusedError(REFUSED)


def record_of(deed: Deed) -> Record:
    """What the audit is told of a deed."""
    counted = [Change(label, 0, None, {"rows": number}) for label, number in sorted(deed.counted.items()) if number]
    return Record(
        verb=deed.verb,
        actor_key=deed.by.key,
        actor_name=deed.by.name,
        subject=deed.subject,
        subject_name=deed.subject_name,
        place=deed.place,
        reason=deed.reason,
        at=timezone.now(),
        changes=[*deed.changes, *counted],
        masses=list(deed.masses.values()),
        salt=deed.salt,
    )


def sum_up(deed: Deed) -> None:
    """Fold the rows that a long action has told so far into digests, one for each model, and forget them."""
    tell_listeners(deed)
    deed.salt = deed.salt or fresh_salt()
    by_model: dict[str, list[Change]] = defaultdict(list)
    for change in deed.changes:
        by_model[change.model].append(change)
    for model, changes in by_model.items():
        mass = deed.masses.setdefault(model, Mass(model, hash_algorithm(), deed.salt))
        mass.add(changes)
    deed.changes.clear()


def anybody(**_: object) -> bool:
    """The policy of what everybody may do who can call it."""
    return True
