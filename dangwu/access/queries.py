"""What the pages of accounts show."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dangwu.access import codes
from dangwu.access.models import Account, Administration, Appointment, CalendarFeed, Proposal
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.history import as_of
from dangwu.foundation.scoped import ScopedQuerySet
from dangwu.organisations.models import Standing

WHY = "the security administrator keeps every appointment"


def every_appointment() -> ScopedQuerySet[Appointment]:
    """Every appointment there is."""
    rows: ScopedQuerySet[Appointment] = Appointment.objects.unscoped(WHY)
    return rows


def accounts(on: date) -> QuerySet[Account]:
    """Every account, with its `duty` and the number of its appointments (`held`) on a day."""
    duty = Administration.objects.filter(as_of(on), account=OuterRef("pk")).values("duty")[:1]
    rows = every_appointment().filter(as_of(on), account=OuterRef("pk"))
    held = rows.order_by().values("account").annotate(n=Count("pk")).values("n")
    annotated: QuerySet[Account] = Account.objects.annotate(duty=Subquery(duty), held=Coalesce(Subquery(held), 0))
    return annotated


def search_accounts(rows: QuerySet[Account], text: str) -> QuerySet[Account]:
    """Those whose name, or the name by which they sign in, contains a text."""
    return rows.filter(Q(username__icontains=text.strip()) | Q(name__icontains=text.strip()))


def appointments(on: date) -> QuerySet[Appointment]:
    """Every appointment, with the name of its organisation (`place`) on a day, or the last it had."""
    return _with_place(every_appointment(), on).select_related("account", "delegated_from__account", "organisation")


def search_appointments(rows: QuerySet[Appointment], text: str) -> QuerySet[Appointment]:
    """Those of accounts, or in organisations, whose name contains a text."""
    asked = text.strip()
    return rows.filter(Q(account__name__icontains=asked) | Q(account__username=asked) | Q(place__icontains=asked))


def my_appointments(account: Account, on: date) -> QuerySet[Appointment]:
    """What an account holds on a day or will hold, what was delegated to it included."""
    mine = Appointment.objects.unscoped("they are one's own").filter(account=account, valid_until__gt=on)
    return _with_place(mine, on).select_related("delegated_from__account").order_by("valid_from", "pk")


def my_delegations(account: Account, on: date) -> QuerySet[Appointment]:
    """What an account has delegated to others on a day or from a later one."""
    given = Appointment.objects.unscoped("they are one's own").filter(
        delegated_from__account=account, valid_until__gt=on
    )
    return _with_place(given, on).select_related("account", "delegated_from__account").order_by("valid_from", "pk")


def delegations_with(account: Account, on: date) -> QuerySet[Appointment]:
    """Delegations to which an account is a party, in force on a day or later."""
    rows = Appointment.objects.unscoped("they are one's own").filter(valid_until__gt=on).exclude(delegated_from=None)
    mine = rows.filter(Q(account=account) | Q(delegated_from__account=account))
    return mine.select_related("account", "delegated_from__account")


def _with_place(rows: QuerySet[Appointment], on: date) -> QuerySet[Appointment]:
    named = Standing.objects.unscoped("what an appointment is for is told with it")
    last = named.filter(organisation=OuterRef("organisation"), valid_from__lte=on).order_by("-valid_from")
    return rows.annotate(place=Subquery(last.values("name")[:1]))


def administrators(on: date) -> Sequence[Administration]:
    """The administrators of a day, by duty."""
    rows = Administration.objects.filter(as_of(on)).select_related("account").order_by("valid_from", "pk")
    order = list(Administration.Duty.values)
    return sorted(rows, key=lambda row: order.index(row.duty))


def open_proposals() -> QuerySet[Proposal]:
    """What waits for a decision."""
    rows: QuerySet[Proposal] = Proposal.objects.filter(state=Proposal.State.OPEN)
    return rows.select_related("proposed_by", "ends__account").order_by("pk")


def is_new() -> bool:
    """Whether nobody has an account on this site yet."""
    return not Account.objects.exists()


def entries_about(account: Account) -> QuerySet[AuditEntry]:
    """What the audit tells of an account itself, the latest first."""
    subject = f"access.account:{account.pk}"
    return AuditEntry.objects.filter(subject=subject).order_by("-sequence")


def feed_of(account: Account) -> CalendarFeed | None:
    """The calendar feed of an account."""
    feed: CalendarFeed | None = CalendarFeed.objects.filter(account=account).first()
    return feed


def account_behind(secret: str) -> Account | None:
    """Whose calendar feed lies at a secret address; nobody's where the account is closed."""
    rows = CalendarFeed.objects.filter(digest=codes.digest(secret), account__is_active=True)
    feed = rows.select_related("account").first()
    return feed.account if feed else None
