import re
from pathlib import Path

import pytest
from django.test import Client

from dangwu.access.sso.entries import CasEntry, DingTalkEntry, LdapEntry, OidcEntry
from dangwu.access.sso.offering import offered_providers
from dangwu.access.sso.sign_on_file import SignOnFileError, configured_entries, read_entries
from dangwu.access.sso.tests.conftest import Write

OIDC = """[unit]
kind = "oidc"
name = "单位统一身份认证"
issuer = "https://sso.example.gov.cn/realms/unit/"
client_id = "dangwu"
secret = "secret-17"
"""
LDAP = '[unit]\nkind = "ldap"\nname = "单位目录"\nserver = "ldaps://ldap.example.gov.cn"\n'
DINGTALK = """[ding]
kind = "dingtalk"
name = "钉钉"
login_url = "https://login.example.gov.cn"
api_url = "https://api.example.gov.cn"
client_id = "ding-17"
secret = "secret-17"
"""


def objections(write: Write, text: str) -> str:
    with pytest.raises(SignOnFileError) as caught:
        read_entries(write(text))
    return str(caught.value).replace(write("").name, "")


def test_what_is_written_is_read(sign_on_file: Write) -> None:
    entry = read_entries(sign_on_file(OIDC))["unit"]
    assert isinstance(entry, OidcEntry)
    assert (entry.issuer, entry.subject) == ("https://sso.example.gov.cn/realms/unit", "sub")


def test_only_what_is_asked_by_the_site_is_reachable(sign_on_file: Write) -> None:
    entry = read_entries(sign_on_file(DINGTALK))["ding"]
    assert isinstance(entry, DingTalkEntry)
    assert entry.origins == {"https://api.example.gov.cn/"}


def test_secrets_stay_out_of_sight(sign_on_file: Write) -> None:
    assert "secret-17" not in repr(read_entries(sign_on_file(OIDC)))


def test_a_secret_may_lie_in_the_environment(sign_on_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIT_SECRET", "from-outside")
    entry = read_entries(sign_on_file(OIDC.replace('"secret-17"', '{ env = "UNIT_SECRET" }')))["unit"]
    assert isinstance(entry, OidcEntry)
    assert entry.secret.get_secret_value() == "from-outside"


def test_a_secret_may_lie_in_a_file_beside(sign_on_file: Write, tmp_path: Path) -> None:
    (tmp_path / "unit-secret").write_text("from-a-file\n")
    entry = read_entries(sign_on_file(OIDC.replace('"secret-17"', '{ file = "unit-secret" }')))["unit"]
    assert isinstance(entry, OidcEntry)
    assert entry.secret.get_secret_value() == "from-a-file"


def test_no_file_is_no_provider(tmp_path: Path) -> None:
    assert read_entries(tmp_path / "nowhere.toml") == {}


def test_a_file_that_was_named_has_to_be_there(sign_on_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sign_on_file(OIDC)
    monkeypatch.setenv("DANGWU_SIGN_ON", str(path))
    path.unlink()
    with pytest.raises(SignOnFileError, match="没有文件"):
        configured_entries()


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    [
        (OIDC.replace("https://sso", "http://sso"), 4, "要以 https:// 开头"),
        (OIDC.replace("https://sso", "https://user:pass@sso"), 4, "只写协议、主机和路径"),
        (OIDC.replace('"secret-17"', '{ env = "NOT_THERE_17" }'), 6, "环境变量 NOT_THERE_17 不存在或者是空的"),
        (OIDC.replace('"secret-17"', '{ file = "none" }'), 6, "不存在或者是空的"),
        (OIDC.replace('"secret-17"', "17"), 6, '{ env = "变量名" }'),
        (OIDC + 'subject = "email"\n', 7, "电子邮箱可以改"),
        (OIDC + 'username = "work_mail"\n', 7, "电子邮箱可以改"),
        (OIDC + 'colour = "red"\n', 7, "不认识的键“colour”"),
        (OIDC + 'ca = "none.pem"\n', 7, "没有文件"),
        (OIDC.replace('client_id = "dangwu"\n', ""), 1, "缺少“client_id”"),
        (OIDC.replace('kind = "oidc"', 'kind = "saml"'), 1, "“kind”只能是 oidc、cas"),
        (OIDC.replace('kind = "oidc"\n', ""), 1, "缺少“kind”"),
        (OIDC.replace("[unit]", "[Unit]"), 1, "“Unit”不能作名称"),
        ("unit = 1\n", 1, "“unit”的值不合要求"),
        ("# 注释\n\n[unit\n", 3, "写法不对"),
        (DINGTALK + 'username = "nick"\n', 8, "“username”的值不合要求"),
        (LDAP.replace("ldaps", "ldap") + 'base = "dc=example"\n', 1, "starttls = true"),
        (LDAP, 1, "写一个，只写一个"),
        (LDAP + 'base = "dc=example"\nfilter = "(uid"\n', 1, "不是完整的查找条件"),
        (LDAP + 'user_dn = "uid=zhangsan"\n', 1, "要有 {login}"),
        (LDAP + 'user_dn = "uid={login}"\nsubject = "entryUUID"\n', 1, "只能与 login 相同"),
    ],
)
def test_an_error_names_its_line(sign_on_file: Write, wrong: str, line: int, words: str) -> None:
    told = objections(sign_on_file, wrong)
    assert f" 第 {line} 行：" in told or f" 第 {line} 行写法" in told
    assert words in told


def test_all_errors_are_told_at_once(sign_on_file: Write) -> None:
    told = objections(sign_on_file, OIDC + 'colour = "red"\n\n' + DINGTALK + 'shape = "round"\n')
    assert told.count("\n") == 1
    assert "第 7 行" in told
    assert "第 16 行" in told


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sign-on.toml"
    path.write_bytes(OIDC.encode("gb18030"))
    with pytest.raises(SignOnFileError, match="另存为 UTF-8"):
        read_entries(path)


def test_a_directory_on_this_machine_needs_no_encryption(sign_on_file: Write) -> None:
    text = LDAP.replace("ldaps://ldap.example.gov.cn", "ldap://127.0.0.1:1389") + 'base = "dc=example"\n'
    entry = read_entries(sign_on_file(text))["unit"]
    assert isinstance(entry, LdapEntry)
    assert (entry.host, entry.port, entry.subject, entry.username) == ("127.0.0.1", 1389, "uid", "uid")


def test_the_sign_in_page_offers_what_a_browser_is_sent_to(sign_on_file: Write) -> None:
    sign_on_file(DINGTALK + "\n" + LDAP.replace("[unit]", "[dir]") + 'base = "dc=example"\n\n' + OIDC)
    told = [(offer.id, offer.name, offer.address) for offer in offered_providers()]
    assert told == [("ding", "钉钉", "/sign-on/ding/"), ("unit", "单位统一身份认证", "/sign-on/unit/")]


@pytest.mark.django_db
def test_a_wrong_file_takes_no_page_down(client: Client, sign_on_file: Write) -> None:
    sign_on_file("[unit]\nkind = 1\n")
    assert offered_providers() == ()
    assert client.post("/sign-on/unit/").status_code == 404


def test_cas_goes_by_its_principal(sign_on_file: Write) -> None:
    text = '[unit]\nkind = "cas"\nname = "单位门户"\nserver = "https://cas.example.gov.cn/cas"\n'
    entry = read_entries(sign_on_file(text))["unit"]
    assert isinstance(entry, CasEntry)
    assert (entry.subject, entry.username) == ("user", "user")


HANDBOOK = Path(__file__).parents[4] / "docs" / "handbook" / "单点登录.md"


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL))
def test_the_examples_of_the_handbook_are_right(
    sign_on_file: Write, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in re.findall(r'env = "(\w+)"', example):
        monkeypatch.setenv(name, "secret-17")
    assert len(read_entries(sign_on_file(example))) == example.count("kind =")
