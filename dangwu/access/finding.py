"""Finding accounts and organisations by typing, for those who appoint or delegate."""

from datetime import date

from dangwu.access.models import Account
from dangwu.access.queries import search_accounts
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.finding import Found
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import found

SHOWN = 12


def people(text: str, *, but: Account | None = None) -> list[Found]:
    """The accounts in use that a text may mean."""
    if not text:
        return []
    rows = search_accounts(Account.objects.filter(is_active=True), text).order_by("name", "pk")
    others = rows.exclude(pk=but.pk) if but else rows
    return [Found(row.name, "", row.username, str(row.pk)) for row in others[:SHOWN]]


def places(text: str, *, on: date) -> list[Found]:
    """The organisations that a text may mean."""
    rows = found(Scope.everything(on), text)[:SHOWN] if text else ()
    return [Found(row.name, "", row.get_kind_display(), str(row.organisation_id)) for row in rows]


def chosen_account(key: str) -> Account:
    """The account with this key. ObjectionError where there is none."""
    account: Account | None = Account.objects.filter(pk=key).first() if key.isdecimal() else None
    if account is None:
        raise ObjectionError("请从列出的账号中选择一个。", field="account")
    return account


def chosen_organisation(key: str, *, on: date) -> Organisation:
    """The organisation with this key, where it stands on a day. ObjectionError where there is none."""
    rows = Organisation.objects.within(Scope.everything(on))
    organisation = rows.filter(pk=key).first() if key.isdecimal() else None
    if organisation is None:
        raise ObjectionError("请从列出的党组织中选择一个。", field="organisation")
    return organisation
