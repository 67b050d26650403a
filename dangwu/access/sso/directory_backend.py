"""Name and password, checked by the office's directory. It stands behind the site's own passwords in
AUTHENTICATION_BACKENDS, so that one sign-in page, one lock-out and one set of words serve both.
"""

import logging

from django.contrib import messages
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from dangwu.access.models import Account
from dangwu.access.sso.binding import account_of
from dangwu.access.sso.directory import DirectoryError, prove
from dangwu.access.sso.entries import LdapEntry
from dangwu.access.sso.sign_on_file import SignOnFileError, configured_entries

AWAY = "“{name}”暂时连接不上，用单位账号不能登录。请稍后再试；用本系统账号的，请核对账号和密码。"

logger = logging.getLogger(__name__)


class DirectoryBackend(BaseBackend):
    """Signs in whom the directory knows and who has an account; creates nobody, keeps no password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: object,
    ) -> Account | None:
        """The account of whoever knows the password, or None."""
        for entry in directories():
            account = self._asked(request, entry, username or "", password or "")
            if account is not None:
                return account
        return None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, for as long as it is not disabled."""
        account: Account | None = Account.objects.filter(pk=user_id, is_active=True).first()
        return account

    def _asked(self, request: HttpRequest | None, entry: LdapEntry, login: str, password: str) -> Account | None:
        try:
            known = prove(entry, login, password)
        except DirectoryError as error:
            logger.warning("directory %s cannot be asked: %s", entry.id, error)
            if request is not None:
                messages.warning(request, AWAY.format(name=entry.name), fail_silently=True)
            return None
        if known is None:
            return None
        subject, username = (known.get(name.lower(), "") for name in (entry.subject, entry.username))
        # directories do not mind capitals, and accounts have none
        return account_of(entry.id, subject, username.lower())


def directories() -> list[LdapEntry]:
    """The entries that are directories; none where the file is wrong, which the sign-in page has logged already."""
    try:
        return [entry for entry in configured_entries().values() if isinstance(entry, LdapEntry)]
    except SignOnFileError:
        return []
