"""Numbers that nobody may see turn up nowhere: not on a page, not in an export, not in the database's own file."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.sheets.identity import check_digit
from dangwu.members.models import Person
from dangwu.members.services.registering import describe_person
from tests.permissions.crawling import crawl
from tests.permissions.world import FOUNDED, OWN_NUMBER, PEOPLE, TALK, World, made_world

PHONE, IDENTITY = "13987654321", "990101198002290011"
MASKED = "139****4321"
OWN_FILE = re.compile(r"/imports/\d+/back/")
"""The workbook that somebody handed in himself, on its way back to him."""

pytestmark = pytest.mark.same_everywhere


def marked_world() -> World:
    """The world with a telephone and an identity number that can be told from all others."""
    world = made_world()
    person = Person.objects.unscoped("a test").get(pk=world.arguments["member"]["pk"])
    told = {"phone": PHONE, "identity": identity()}
    describe_person(
        by=CommandLine("cast"), person=person, version=person.version, on=FOUNDED, reason="测试标记", told=told
    )
    return world


def identity() -> str:
    return IDENTITY[:-1] + check_digit(IDENTITY[:-1])


def told(content: bytes) -> bytes:
    """What a file says: a workbook or an archive is opened."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.django_db
@pytest.mark.parametrize("who", [person for person in PEOPLE if person != "member"])
def test_nobody_sees_a_number_without_asking_for_it(who: str) -> None:
    client = marked_world().client(who)
    marks = (PHONE, identity(), OWN_NUMBER, TALK)
    leaks = [url for url, content in crawl(client) if any(mark.encode() in told(content) for mark in marks)]
    assert [url for url in leaks if not OWN_FILE.match(url)] == []


@pytest.mark.django_db
def test_whoever_brings_a_workbook_in_gets_it_back_as_it_is() -> None:
    client = marked_world().client("clerk")
    own = {url for url, content in crawl(client) if OWN_NUMBER.encode() in told(content)}
    assert own
    assert all(OWN_FILE.match(url) for url in own)


@pytest.mark.django_db
def test_the_crawl_comes_to_where_the_number_is_masked() -> None:
    client = marked_world().client("clerk")
    assert [url for url, content in crawl(client) if MASKED.encode() in content]


@pytest.mark.django_db
def test_a_member_finds_his_own_numbers_in_his_own_copy_only() -> None:
    client = marked_world().client("member")
    leaks = {url for url, content in crawl(client) if PHONE.encode() in told(content)}
    assert leaks <= {"/me/copy/"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["member", "secretary", "clerk"])
def test_what_was_said_in_a_talk_is_found_by_no_search_and_no_crawl(who: str) -> None:
    client = marked_world().client(who)
    found = [client.get("/search/", {"q": TALK[:4]}), client.get("/activities/", {"q": TALK[:4]})]
    assert not any(TALK in response.content.decode() for response in found)
    if who == "member":
        assert not [url for url, content in crawl(client) if TALK.encode() in told(content)]


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_holds_no_number() -> None:
    marked_world()
    if connection.vendor != "sqlite":
        pytest.skip("the file of a server lies with the server")
    database = Path(str(connection.settings_dict["NAME"]))
    files = [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    assert files
    assert not any(
        canary.encode() in path.read_bytes() for path in files for canary in (PHONE, identity(), OWN_NUMBER, TALK)
    )
