"""The forms of the entrance: allauth's, in the words and the dress of the house."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from dangwu.access.app_codes import spend_code, use_code
from dangwu.access.lockout import is_paused
from dangwu.foundation.pages.forms import SafeForm, dress

HELP = "至少 12 位，可以用一句只有自己知道的话，中文也行。不要用单位、本人的名字或者拼音加数字。"
CODE_WORDS = "验证码"
USED = "这个验证码已经用过，请等验证器显示下一个再输入。"


class Dressed:
    """Gives a form of allauth's the look of the house; `words` are labels by the name of the field."""

    words: dict[str, str]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            dress(field)


class SignInForm(Dressed, LoginForm):  # type: ignore[misc] # allauth has no types
    words = {"login": "账号", "password": "密码"}  # noqa: RUF012 - never changed


class PasswordAgainForm(Dressed, ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    words = {"password": "密码"}  # noqa: RUF012 - never changed


class _CodeForm(Dressed):
    """Asks for a code that nobody used before, unless too many were wrong."""

    words = {"code": CODE_WORDS}  # noqa: RUF012 - never changed
    user: Any
    authenticator: Authenticator
    _emit_authentication_failed: Callable[[Authenticator], None]

    def clean_code(self) -> str:
        if is_paused(context.request, self.user.username):
            raise forms.ValidationError("尝试次数过多，请稍后再试。")
        code: str = super().clean_code()  # type: ignore[misc] # the form of allauth's beside this one has it
        if self.authenticator.type == Authenticator.Type.TOTP and not use_code(self.authenticator, code):
            self._emit_authentication_failed(self.authenticator)
            raise forms.ValidationError(USED)
        return code


class CodeForm(_CodeForm, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The second factor at the sign-in."""


class CodeAgainForm(_CodeForm, ReauthenticateByCodeForm):  # type: ignore[misc] # allauth has no types
    """The second factor before a sensitive page."""


class SetUpCodeForm(Dressed, ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    words = {"code": "验证器显示的 6 位数字"}  # noqa: RUF012 - never changed
    user: Any
    secret: str

    def clean_code(self) -> str:
        code: str = super().clean_code()
        spend_code(self.user.pk, self.secret, code)
        return code


class PutAwayCodeForm(Dressed, DeactivateTOTPForm):  # type: ignore[misc] # allauth has no types
    words: dict[str, str] = {}  # noqa: RUF012 - never changed


class AddKeyForm(Dressed, AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    words = {"name": "给它起个名字"}  # noqa: RUF012 - never changed


class RenameKeyForm(Dressed, EditWebAuthnForm):  # type: ignore[misc] # allauth has no types
    words = {"name": "名字"}  # noqa: RUF012 - never changed


class PasswordField(forms.CharField):
    """A password as it was typed, blanks and all."""

    def __init__(self, label: str, *, new: bool = True, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        autocomplete = "new-password" if new else "current-password"
        widget = forms.PasswordInput({"autocomplete": autocomplete})
        super().__init__(label=label, strip=False, max_length=200, widget=widget, **options)


class TwicePasswordForm(SafeForm):
    """A new password, typed twice."""

    password = PasswordField("新密码", help_text=HELP)
    again = PasswordField("再输入一次新密码")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError("两次输入的密码不一样。")
        return again

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given.items() if name != "again"}


class _CodeOnPaper(forms.CharField):
    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        widget = forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})
        super().__init__(label="一次性口令", max_length=80, widget=widget, **options)


class BeginForm(TwicePasswordForm):
    """A new administrator's account."""

    field_order = ("code", "username", "name", "password", "again")

    code = _CodeOnPaper(help_text="纸上的口令，横线可以不写。由两人分别保管的，先写前半，再写后半。")
    username = forms.CharField(label="账号", max_length=60, help_text="登录时用，例如姓名的拼音。")
    name = forms.CharField(label="姓名", max_length=60, help_text="办理事项时显示的名字。")


class CodeForPasswordForm(TwicePasswordForm):
    """A new password by a code on paper."""

    field_order = ("code", "password", "again")

    code = _CodeOnPaper(help_text="系统管理员交给您的口令，横线可以不写。")


class ChangePasswordForm(TwicePasswordForm):
    """A new password by the old one."""

    field_order = ("old", "password", "again")

    old = PasswordField("原密码", new=False)
