"""The address of somebody's calendar feed: made, renewed, ended. Whoever knows it reads the feed."""

import secrets
from datetime import date

from dangwu.access import codes
from dangwu.access.models import Account, CalendarFeed
from dangwu.access.policies import is_self
from dangwu.access.scoping import AccountActor
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError

SECRET = 32  # bytes


@action("account.renew_feed", allow=is_self)
def renew_feed(*, by: Actor, account: Account, on: date) -> str:
    """A fresh secret, which is told this once; the one before it is void. ObjectionError for whoever needs a second
    factor: an address alone is one factor.
    """
    open_deed().about(account)
    if AccountActor(account, on).needs_second_factor:
        raise ObjectionError("您的权限要求第二重验证，只凭地址就能看的订阅不能开通。")
    secret = secrets.token_urlsafe(SECRET)
    feed = CalendarFeed.objects.filter(account=account).first() or CalendarFeed(account=account)
    feed.digest, feed.made_on = codes.digest(secret), on
    feed.save()
    return secret


@action("account.end_feed", allow=is_self)
def end_feed(*, by: Actor, account: Account) -> None:
    """Void the address. ObjectionError where there is none."""
    open_deed().about(account)
    feed = CalendarFeed.objects.filter(account=account).first()
    if feed is None:
        raise ObjectionError("日历订阅已经停用。")
    feed.delete()
