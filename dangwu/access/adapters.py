"""What allauth asks the house: its words, where people come from, and what may be taken away."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from dangwu.access.addresses import client_address
from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.access.secrecy import cipher

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SAID = {
    "mfa/messages/totp_activated.txt": "验证器已设置。",
    "mfa/messages/totp_deactivated.txt": "验证器已停用。",
    "mfa/messages/webauthn_added.txt": "通行密钥已添加。",
    "mfa/messages/webauthn_removed.txt": "通行密钥已删除。",
    "mfa/messages/recovery_codes_generated.txt": "恢复码已生成。",
    "account/messages/logged_out.txt": "您已退出。",
}
"""What is worth saying of what allauth did; the rest can be seen."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Sign-in without sign-up, in the words of the house."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "账号或者密码不对。忘记密码的，请系统管理员重置。",
        "account_inactive": "账号已停用，请联系系统管理员。",
        "incorrect_password": "密码不对，请再输入一次。",
        "incorrect_code": "验证码不对，请核对后再输入一次。",
        "too_many_login_attempts": "尝试次数过多，请稍后再试。",
        "rate_limited": "操作过于频繁，请稍后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the same for everybody
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in; for some minutes that counts as having just proved who one is."""
        super().login(request, user)
        record_authentication(request, user, method="sign_in", reauthenticated=True)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **told: Any) -> None:  # noqa: ANN401 - allauth's own signature
        template = args[0] if args else told.get("message_template")
        words = told.get("message") or SAID.get(template or "")
        if words:
            super().add_message(request, level, message=words)

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, str]]:
        words = {
            "reauthenticate": "输入密码",
            "mfa_reauthenticate": "输入验证码",
            "mfa_reauthenticate:webauthn": "使用通行密钥",
        }
        return [{**each, "description": words[each["id"]]} for each in super().get_reauthentication_methods(user)]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Second factors: sealed where they lie, named in Chinese, and kept where they are owed."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "您的职责要求第二重验证，至少保留一种。请先添加另一种，再停用这一种。",
        "cannot_generate_recovery_codes": "请先设置验证器或者通行密钥，再生成恢复码。",
        "incorrect_code": "验证码不对，请核对后再输入一次。手机时间不准时验证码也会不对。",
    }

    def encrypt(self, text: str) -> str:
        return cipher("second factors").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher("second factors").decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        account = authenticator.user
        if authenticator.type not in STRONG or not needs_second_factor(account):
            return True
        others = Authenticator.objects.filter(user=account, type__in=STRONG).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002 - allauth's own signature
        return f"通行密钥 {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def _get_site_name(self) -> str:
        return "党务"


def needs_second_factor(account: Account) -> bool:
    return AccountActor(account, timezone.localdate()).needs_second_factor


def has_second_factor(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account, type__in=STRONG).exists())
