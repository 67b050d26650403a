"""NetBox beside us: a well-known site on Django with lists of fifty rows, as pip installs it. Nothing of it stays.

It runs as we do: PostgreSQL, the same server with as many workers and threads, 51,000 rows, people signed in. Its cache
is in the server's memory, which is faster than the Redis it has otherwise. Its tables are made at once, without the
steps of ten years.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from dangwu.workbench.bench.databases import postgresql
from dangwu.workbench.bench.measuring import NotMeasurableError, Tell
from dangwu.workbench.bench.serving import HOST, free_port, serving
from dangwu.workbench.bench.visiting import CLIENTS

VERSION, ROWS, PAGES = "4.7.3", 51_000, 12
PYTHONS = ("python3.14", "python3.13", "python3.12", "python3")
IS_FIT = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"

CONFIGURATION = """
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": {name!r}, "USER": {user!r},
    "HOST": {host!r}, "PASSWORD": "", "PORT": "", "CONN_MAX_AGE": 60}}}}
REDIS = {{part: {{"HOST": "127.0.0.1", "PORT": 1}} for part in ("tasks", "caching")}}
SECRET_KEY, API_TOKEN_PEPPERS = "k" * 60, {{1: "p" * 60}}
"""
SETTINGS = """
from netbox.settings import *


class Unmigrated(dict):
    def __contains__(self, label):
        return True

    def __getitem__(self, label):
        return None


CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MIGRATION_MODULES = Unmigrated()
"""
FILLING = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE EXTENSION ltree")
    cursor.execute("CREATE COLLATION natural_sort (provider=icu, locale='und-u-kn-true')")
call_command("migrate", run_syncdb=True, verbosity=0)
from django.conf import settings
from django.test import Client
from tenancy.models import Contact
from users.models import User
rows, visitors = map(int, sys.argv[1:])
Contact.objects.bulk_create(
    [Contact(name=f"{n:05}", title="title", phone=f"139{n:08}", email=f"p{n}@example.org") for n in range(rows)],
    batch_size=2000,
)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
cookies = []
for n in range(visitors):
    client = Client()
    user = User.objects.create_superuser(f"bench{n}", f"bench{n}@example.org")
    client.force_login(user, backend="netbox.authentication.ObjectPermissionBackend")
    cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
print(json.dumps(cookies))
"""


class PeerSite(NamedTuple):
    """A site that runs, the cookies of its visitors, and the addresses of pages with fifty rows."""

    port: int
    cookies: list[str]
    paths: list[str]


@contextmanager
def netbox(tell: Tell) -> Iterator[PeerSite]:
    """Install, fill and serve it. Raises NotMeasurableError where this machine lacks what that needs."""
    with postgresql() as url, TemporaryDirectory(prefix="dangwu-bench-") as folder:
        if not url:
            raise NotMeasurableError("比对用的 NetBox 需要 PostgreSQL，这台机器上没有安装。")
        home, port = Path(folder), free_port()
        tell(f"正在安装比对用的 NetBox {VERSION}（一个临时目录，用完即删），并登记 {ROWS:,} 名联系人")
        python = _installed(home)
        around = _configured(home, url)
        filled = _run(python, "-c", FILLING, str(ROWS), str(CLIENTS), around=around)
        words = [python, "-m", "granian", "--interface=wsgi", "--workers=2", "--blocking-threads=4", "--no-ws"]
        words += ["--log-level=warning", "--host", HOST, "--port", str(port), "netbox.wsgi:application"]
        with serving(words, port, around):
            yield PeerSite(port, json.loads(filled.splitlines()[-1]), [_page(n) for n in range(1, PAGES + 1)])


def _page(number: int) -> str:
    return f"/tenancy/contacts/?per_page=50&page={number}"


def _installed(home: Path) -> str:
    """The Python of a new environment with NetBox and the server that we use."""
    _run(_fit_python(), "-m", "venv", str(home / "venv"))
    python = str(home / "venv" / "bin" / "python")
    packages = (f"netbox=={VERSION}", f"granian=={version('granian')}")
    _run(python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *packages)
    return python


def _fit_python() -> str:
    """A Python that NetBox runs on; DANGWU_PEER_PYTHON names one that is not in the path."""
    for word in filter(None, (os.environ.get("DANGWU_PEER_PYTHON"), *map(shutil.which, PYTHONS))):
        if subprocess.run([word, "-c", IS_FIT], capture_output=True, check=False).returncode == 0:  # noqa: S603 - a Python
            return word
    raise NotMeasurableError(
        "比对用的 NetBox 需要 Python 3.12 或更高版本，请安装后再试；也可以用 DANGWU_PEER_PYTHON 指定。"
    )


def _configured(home: Path, url: str) -> dict[str, str]:
    """Write its settings; returns the environment in which it finds them."""
    told = urlsplit(url)
    user, _, host = told.netloc.partition("@")
    configuration = CONFIGURATION.format(name=told.path.strip("/"), user=user, host=unquote(host))
    (home / "conf").mkdir()
    (home / "conf" / "__init__.py").touch()
    (home / "conf" / "configuration.py").write_text(configuration)
    (home / "peer_settings.py").write_text(SETTINGS)
    return {"NETBOX_ROOT": str(home), "PYTHONPATH": str(home), "DJANGO_SETTINGS_MODULE": "peer_settings"}


def _run(*words: str, around: dict[str, str] | None = None) -> str:
    done = subprocess.run(words, env={**os.environ, **(around or {})}, stdout=subprocess.PIPE, check=False, text=True)  # noqa: S603 - our own words
    if done.returncode:
        raise NotMeasurableError("比对用的 NetBox 没有装好或者没有启动，请查看上面的提示。")
    return done.stdout
