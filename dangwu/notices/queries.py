"""Reading notices: for whom comes first."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dangwu.access.models import Account
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import line_of
from dangwu.notices.models import Addressee, ChannelSwitch, Delivery, Notice
from dangwu.organisations.models import Organisation, Standing
from dangwu.organisations.queries import last_standing

State, Channel = Delivery.State, Delivery.Channel


class Channels(NamedTuple):
    """On which ways beside the product itself a notice may go."""

    email: bool
    sms: bool


def _named(on: date, lookup: str) -> Subquery:
    """The name of an organisation on a day, or the last it had."""
    rows = Standing.objects.unscoped("what sends or receives a notice is told with it")
    held = rows.filter(organisation=OuterRef(lookup), valid_from__lte=on).order_by("-valid_from")
    return Subquery(held.values("name")[:1])


def notices(scope: Scope) -> QuerySet[Notice]:
    """The notices of organisations in a scope, the newest first, each with its sender's name (`place`) and how many it
    is addressed to (`to`).
    """
    to = Addressee.objects.unscoped("counted beside a notice that is in the scope").filter(notice=OuterRef("pk"))
    number = to.order_by().values("notice").annotate(n=Count("pk")).values("n")
    rows = Notice.objects.within(scope).select_related("organisation", "drafted_by", "sent_by")
    named = rows.annotate(place=_named(scope.on, "organisation"), to=Coalesce(Subquery(number), 0))
    return named.order_by("-drafted_on", "-pk")


def addressees_of(notice: Notice, on: date) -> QuerySet[Addressee]:
    """To whom a notice goes, each with its name (`called`)."""
    rows = Addressee.objects.of(notice=notice).select_related("person")
    return rows.annotate(called=Coalesce("person__name", _named(on, "organisation"))).order_by("pk")


def deliveries_of(notice: Notice, on: date) -> QuerySet[Delivery]:
    """What became of a notice, recipient by recipient, with whom it was addressed to (`called`) and who got it
    (`got`).
    """
    rows = Delivery.objects.filter(notice=notice).select_related("account", "person", "addressee")
    called = Coalesce("addressee__person__name", _named(on, "addressee__organisation"))
    return rows.annotate(called=called, got=Coalesce("person__name", "account__name")).order_by("addressee", "pk")


def tally_of(notice: Notice) -> dict[tuple[str, str], int]:
    """How many deliveries of a notice are how far, by way and state."""
    rows = Delivery.objects.filter(notice=notice).order_by().values_list("channel", "state").annotate(n=Count("pk"))
    return {(channel, state): number for channel, state, number in rows}


def inbox(account: Account, on: date) -> QuerySet[Delivery]:
    """What an account was told, the newest first, with who told it (`place`)."""
    rows = Delivery.objects.filter(account=account, channel=Channel.IN_PRODUCT, state=State.DELIVERED)
    place = _named(on, "notice__organisation")
    return rows.select_related("notice", "addressee").annotate(place=place).order_by("-notice__sent_at", "-pk")


def unread_for(account: Account) -> int:
    """How many notices an account has not opened yet."""
    mine = Delivery.objects.filter(account=account, channel=Channel.IN_PRODUCT, state=State.DELIVERED)
    return mine.filter(read_at=None).count()


def channels_of(organisation: Organisation | int, on: date) -> Channels:
    """On which ways an organisation may send: the nearest that has decided, and what the site can do at all."""
    standing = last_standing(organisation, on)
    parts = line_of(standing.path) if standing else []
    above = Standing.objects.unscoped("what was decided above holds below").filter(as_of(on), path__in=parts)
    paths = dict(above.values_list("organisation", "path"))
    rows = ChannelSwitch.objects.unscoped("what was decided above holds below").filter(organisation__in=paths)
    nearest = max(rows, key=lambda row: len(paths[row.organisation_id]), default=None)
    if nearest is None:
        return Channels(email=False, sms=False)
    return Channels(email=nearest.email and can_email(), sms=nearest.sms and can_sms())


def can_email() -> bool:
    """Whether the site has somewhere to hand e-mails in."""
    return bool(settings.MAIL_FROM)


def can_sms() -> bool:
    """Whether the site has a gateway for short messages."""
    return bool(settings.SMS_GATEWAY)


def switches(scope: Scope) -> QuerySet[Standing]:
    """The organisations of a scope that decide for others or have decided, with what they decided."""
    rows = Standing.objects.within(scope).exclude(kind__in=("branch", "joint_branch", "temporary_branch", "group"))
    decided = ChannelSwitch.objects.unscoped("told with an organisation of the scope").filter(
        organisation=OuterRef("organisation")
    )
    told = {"email": Subquery(decided.values("email")[:1]), "sms": Subquery(decided.values("sms")[:1])}
    return rows.annotate(**told).order_by("path")


def meant(text: str) -> Q:
    """The condition that a notice is about what was typed."""
    return Q(about__icontains=text.strip()) | Q(text__icontains=text.strip())
