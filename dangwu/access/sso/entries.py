"""What the operator writes about a provider, declared once."""

import os
import re
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)
from sansldap import LDAPFilter

from dangwu.access.sso.addresses import LDAPS_ONLY, is_loopback, origin, web_address

EMAIL = re.compile(r"e[-_]?mail|^mail$|_mail$", re.IGNORECASE)


def _resolved(written: object, told: ValidationInfo) -> SecretStr:
    """A secret as it stands in the file, in the environment, or in a file of its own."""
    if isinstance(written, str) and written:
        return SecretStr(written)
    match written:
        case {"env": str(name), **rest} if not rest:
            secret = os.environ.get(name, "")
            where = f"环境变量 {name}"
        case {"file": str(name), **rest} if not rest:
            path = _folder(told) / name
            secret = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
            where = f"文件 {path}"
        case _:
            raise ValueError('写成 "……"、{ env = "变量名" } 或者 { file = "文件名" }')
    if not secret:
        raise ValueError(f"{where} 不存在或者是空的")
    return SecretStr(secret)


def _existing(written: object, told: ValidationInfo) -> Path:
    path = _folder(told) / str(written)
    if not path.is_file():
        raise ValueError(f"没有文件 {path}")
    return path


def _folder(told: ValidationInfo) -> Path:
    return Path(told.context["folder"]) if told.context else Path()


def _no_email(claim: str) -> str:
    if EMAIL.search(claim):
        raise ValueError("电子邮箱可以改、可以转给别人，不能用来认人")
    return claim


WebAddress = Annotated[str, AfterValidator(web_address)]
Secret = Annotated[SecretStr, BeforeValidator(_resolved)]
ExistingFile = Annotated[Path, BeforeValidator(_existing)]
Claim = Annotated[str, Field(pattern=r"^[A-Za-z][\w.:-]*$"), AfterValidator(_no_email)]
NoClaim = Literal[""]


class _Entry(BaseModel):
    """What every provider has. `subject` names what a provider calls a person for ever, by which accounts are bound;
    `username`, where it is written, names what must equal the name of an account that is not bound.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,29}$")
    name: str = Field(min_length=1, max_length=30)
    ca: ExistingFile | None = None


class _WebEntry(_Entry):
    asked: ClassVar[tuple[str, ...]]

    @property
    def origins(self) -> frozenset[str]:
        """The servers that this site may ask; where a browser alone goes is not among them."""
        return frozenset(origin(getattr(self, name)) for name in self.asked)


class OidcEntry(_WebEntry):
    """OpenID Connect. `hosts` are further addresses that its discovery may name."""

    asked = ("issuer",)

    kind: Literal["oidc"]
    issuer: WebAddress
    client_id: str = Field(min_length=1)
    secret: Secret
    scopes: list[str] = ["openid", "profile"]
    hosts: Annotated[tuple[WebAddress, ...], Field(strict=False)] = ()
    subject: Claim = "sub"
    username: Claim | NoClaim = ""

    @property
    def origins(self) -> frozenset[str]:
        """The issuer, and what may be found by its discovery."""
        return super().origins | {origin(host) for host in self.hosts}


class CasEntry(_WebEntry):
    """CAS 3.0; its principal is `user`, everything else the name of an attribute."""

    asked = ("server",)

    kind: Literal["cas"]
    server: WebAddress
    subject: Claim = "user"
    username: Claim | NoClaim = "user"


class DingTalkEntry(_WebEntry):
    """钉钉. Nothing it tells is given by an administrator, so accounts can only be bound."""

    asked = ("api_url",)

    kind: Literal["dingtalk"]
    login_url: WebAddress
    api_url: WebAddress
    client_id: str = Field(min_length=1)
    secret: Secret
    subject: Literal["unionId", "openId"] = "unionId"
    username: NoClaim = ""


class FeishuEntry(_WebEntry):
    """飞书; `user_id` and `employee_no` are given by an administrator."""

    asked = ("api_url",)

    kind: Literal["feishu"]
    accounts_url: WebAddress
    api_url: WebAddress
    client_id: str = Field(min_length=1)
    secret: Secret
    subject: Literal["union_id", "open_id", "user_id"] = "union_id"
    username: Literal["", "user_id", "employee_no"] = ""


class WeComEntry(_WebEntry):
    """企业微信. `inside_url` is where its own app asks, without a code to scan."""

    asked = ("api_url",)

    kind: Literal["wecom"]
    login_url: WebAddress
    inside_url: WebAddress | None = None
    api_url: WebAddress
    corp_id: str = Field(min_length=1)
    agent_id: str = Field(min_length=1)
    secret: Secret
    subject: Literal["userid"] = "userid"
    username: Literal["", "userid"] = ""

    @property
    def client_id(self) -> str:
        """What OAuth 2 calls it."""
        return self.corp_id


class LdapEntry(_Entry):
    """LDAP: either the name is put into `user_dn`, or looked for below `base` by an account of ours.

    `{login}` in `user_dn` is what was typed.
    """

    kind: Literal["ldap"]
    server: str
    starttls: bool = False
    user_dn: str = ""
    base: str = ""
    bind_dn: str = ""
    secret: Secret | None = None
    login: Claim = "uid"
    filter: str = "(objectClass=*)"
    subject: Claim = "uid"
    username: Claim | NoClaim = "uid"

    @property
    def host(self) -> str:
        """Where to connect, and whose name the certificate must bear."""
        return urlsplit(self.server).hostname or ""

    @property
    def port(self) -> int:
        """As written, or the protocol's own."""
        return urlsplit(self.server).port or (636 if self.is_ldaps else 389)

    @property
    def is_ldaps(self) -> bool:
        """Whether the connection is encrypted from its first byte."""
        return self.server.startswith("ldaps://")

    @model_validator(mode="after")
    def _coherent(self) -> "LdapEntry":
        parts = urlsplit(self.server)
        if parts.scheme not in {"ldap", "ldaps"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("server 写成 ldaps://主机 或者 ldap://主机:端口")
        if not (self.is_ldaps or self.starttls or is_loopback(parts.hostname)):
            raise ValueError(f"server {LDAPS_ONLY}")
        if bool(self.user_dn) == bool(self.base):
            raise ValueError("user_dn（直接绑定）和 base（先查找再绑定）写一个，只写一个")
        if self.user_dn and "{login}" not in self.user_dn:
            raise ValueError("user_dn 里要有 {login}，登录时换成输入的账号")
        if self.user_dn and {self.subject, self.username} - {"", self.login}:
            raise ValueError("用 user_dn 时不查找人员，subject 和 username 只能与 login 相同")
        _readable_filter(self.filter)
        return self


def _readable_filter(text: str) -> None:
    try:
        LDAPFilter.from_string(text)
    except ValueError as error:
        raise ValueError("filter 不是完整的查找条件，例如 (objectClass=person)") from error


WebEntry = OidcEntry | CasEntry | DingTalkEntry | FeishuEntry | WeComEntry
Entry = Annotated[WebEntry | LdapEntry, Field(discriminator="kind")]
ENTRIES: TypeAdapter[dict[str, Entry]] = TypeAdapter(dict[str, Entry])
