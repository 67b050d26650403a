"""The same questions to OpenLDAP itself, where its server is installed (Debian: slapd)."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from dangwu.access.sso.directory import DirectoryError, prove
from dangwu.access.sso.entries import LdapEntry
from dangwu.access.sso.tests.standins.certificates import authority

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/local/sbin:/usr/local/libexec:/usr/bin")
pytestmark = pytest.mark.skipif(SLAPD is None, reason="the server of OpenLDAP is not installed")
PASSWORD = "单位口令一十七"
SETTINGS = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_ldif
TLSCertificateFile {certificate}
TLSCertificateKeyFile {key}
database ldif
suffix "dc=example"
directory "{folder}/people"
rootdn "cn=root,dc=example"
rootpw root-secret-17
access to attrs=userPassword by anonymous auth
access to * by dn.exact="cn=reader,dc=example" read
"""
PEOPLE = f"""dn: dc=example
objectClass: domain
dc: example

dn: cn=reader,dc=example
objectClass: person
cn: reader
sn: reader
userPassword: reader-secret-17

dn: uid=zhangsan,dc=example
objectClass: inetOrgPerson
uid: zhangsan
cn: zhangsan
sn: zhang
employeeNumber: 17
userPassword: {PASSWORD}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def openldap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LdapEntry]:
    folder = tmp_path_factory.mktemp("openldap")
    (folder / "people").mkdir()
    certificate, key = authority(folder)
    settings, port = folder / "slapd.conf", free_port()
    settings.write_text(SETTINGS.format(folder=folder, certificate=certificate, key=key))
    subprocess.run([str(SLAPD), "-T", "add", "-f", settings], input=PEOPLE.encode(), check=True, capture_output=True)
    listening = [str(SLAPD), "-f", str(settings), "-h", f"ldap://127.0.0.1:{port}", "-d", "0"]
    with subprocess.Popen(listening, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_for(port)
        yield LdapEntry.model_validate(
            {
                "id": "unit",
                "kind": "ldap",
                "name": "单位目录",
                "server": f"ldap://127.0.0.1:{port}",
                "starttls": True,
                "ca": str(certificate),
                "base": "dc=example",
                "bind_dn": "cn=reader,dc=example",
                "secret": "reader-secret-17",
                "subject": "employeeNumber",
            }
        )
        server.terminate()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("OpenLDAP did not start")


def test_search_and_bind_over_starttls(openldap: LdapEntry) -> None:
    assert prove(openldap, "zhangsan", PASSWORD) == {"uid": "zhangsan", "employeenumber": "17"}


def test_bind_by_name(openldap: LdapEntry) -> None:
    entry = openldap.model_copy(update={"user_dn": "uid={login},dc=example", "base": ""})
    assert prove(entry, "zhangsan", PASSWORD) == {"uid": "zhangsan"}


@pytest.mark.parametrize(("login", "password"), [("zhangsan", "错的"), ("nobody", PASSWORD), ("*", PASSWORD)])
def test_everybody_else_is_not_known(openldap: LdapEntry, login: str, password: str) -> None:
    assert prove(openldap, login, password) is None


def test_our_own_account_refused(openldap: LdapEntry) -> None:
    with pytest.raises(DirectoryError):
        prove(openldap.model_copy(update={"bind_dn": "cn=nobody,dc=example"}), "zhangsan", PASSWORD)


def test_its_certificate_is_verified(openldap: LdapEntry) -> None:
    with pytest.raises(DirectoryError, match="SSL"):
        prove(openldap.model_copy(update={"ca": None}), "zhangsan", PASSWORD)
