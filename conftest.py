"""What holds for every test of the house."""

import ipaddress
import os
import sys

import pytest

pytest_plugins = ["tests.browsing"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def refuse_the_outside(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: no test may reach beyond this machine, nor look up a name."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo":
        host = str(arguments[0])
    else:
        return
    if not is_this_machine(host):
        raise PermissionError(f"a test tried to reach {host}")


def is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


def pytest_configure() -> None:
    sys.addaudithook(refuse_the_outside)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a database server only what touches the database is run: nothing else could differ there. On OceanBase's
    engine, which shows that everything works there, no law is tried at length.
    """
    server = os.environ.get("DANGWU_TEST_DATABASE_URL")
    if not server:
        return
    briefly = server.startswith("oceanbase:")
    chosen = [
        each for each in items if touches_database(each) and not (briefly and each.get_closest_marker("at_length"))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def touches_database(item: pytest.Item) -> bool:
    # a page is the same on every database, so it is looked at once
    if item.get_closest_marker("browser") or item.get_closest_marker("same_everywhere"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    before = os.environ.get("DANGWU_FAILED_BEFORE")
    if before:
        terminalreporter.section("failed before this run")
        terminalreporter.line(f"{before}: see above")
