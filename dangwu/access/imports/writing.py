"""Writing appointments: a thousand at a time, each judged beside what is registered by then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.policies import is_self
from dangwu.access.queries import every_appointment
from dangwu.access.services.appointing import end_many
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import open_lines
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task

CHUNK = 1_000
REASON = "导入任用表"
LONGEST = 400


def write_appointments(task: Task, rows: Iterable[Accepted]) -> None:
    """Appoint whoever is new and let others end when the file says. Part of an action. Raises OutdatedError."""
    every, bases = iter(rows), dict[str, None]()
    while chunk := [row.draft for row in islice(every, CHUNK)]:
        bases |= dict.fromkeys(draft["basis"] for draft in chunk if draft["basis"])
        _end([draft for draft in chunk if "row" in draft])
        _open([draft for draft in chunk if "account" in draft])
        task.written()
    told = f"：{'、'.join(bases)}"[:LONGEST] if bases else ""
    open_deed().reason = open_deed().reason or f"{REASON}{told}"


def _end(drafts: Sequence[Json]) -> None:
    wanted = {draft["row"][0]: draft for draft in drafts}
    if not wanted:
        return
    rows = list(every_appointment().filter(pk__in=list(wanted)).select_related("account"))
    moved = [row.account.name for row in rows if row.version != wanted[row.pk]["row"][1]]
    if moved or len(rows) < len(wanted):
        raise OutdatedError(moved or ["任用"])
    days = {row.pk: date.fromisoformat(wanted[row.pk]["until"]) for row in rows}
    taken = [row.account.name for row in _overlapping([_until(row, days[row.pk]) for row in rows], but=days)]
    if taken:
        raise OutdatedError(taken)
    end_many(rows, days)


def _until(row: Appointment, day: date) -> Appointment:
    """A copy that ends on another day, to be judged."""
    return Appointment(
        account_id=row.account_id,
        organisation_id=row.organisation_id,
        role=row.role,
        post_key=row.post_key,
        valid_from=row.valid_from,
        valid_until=day,
    )


def _open(drafts: Sequence[Json]) -> None:
    if not drafts:
        return
    rows = [_appointment(draft) for draft in drafts]
    accounts = {account.pk: account for account in Account.objects.filter(pk__in={row.account_id for row in rows})}
    unfit = [accounts[row.account_id].name for row in rows if not _is_fit(accounts[row.account_id])]
    unfit += [accounts[row.account_id].name for row in _administrators(rows)]
    unfit += [row.account.name for row in _overlapping(rows)]
    if unfit:
        raise OutdatedError(unfit)
    open_lines(rows)


def _is_fit(account: Account) -> bool:
    return account.is_active and not is_self(by=open_deed().by, account=account)


def _administrators(rows: Sequence[Appointment]) -> Iterator[Appointment]:
    """Those whose account has become an administrator's."""
    until: dict[int, date] = {}
    for duty in Administration.objects.filter(account__in={row.account_id for row in rows}):
        until[duty.account_id] = max(duty.valid_until, until.get(duty.account_id, duty.valid_until))
    return (row for row in rows if row.account_id in until and until[row.account_id] > row.valid_from)


def _overlapping(rows: Sequence[Appointment], but: Iterable[int] = ()) -> Iterator[Appointment]:
    """The registered appointments of the same lines on the same days."""
    lines = defaultdict(list)
    for row in rows:
        lines[row.account_id, row.organisation_id, row.role].append(row)
    kept = every_appointment().filter(account__in={row.account_id for row in rows}, post_key="")
    for other in kept.exclude(pk__in=list(but)).select_related("account"):
        mine = lines.get((other.account_id, other.organisation_id, other.role), ())
        if any(other.span.overlaps(row.span) for row in mine):
            yield other


def _appointment(draft: Json) -> Appointment:
    row = Appointment(unit_id=draft["unit"], account_id=draft["account"], organisation_id=draft["organisation"])
    row.role = draft["role"]
    row.valid_from, row.valid_until = date.fromisoformat(draft["since"]), date.fromisoformat(draft["until"])
    return row
