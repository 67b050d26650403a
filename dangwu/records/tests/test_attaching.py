"""Files that go with an activity: kept sealed and once, for whoever sees it, and gone when they are taken away."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.backup.files import kept_files
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.files import storing
from dangwu.foundation.files.models import KeptFile
from dangwu.foundation.files.storing import LostFileError, content_of, folder, looked_into, path_of, sweep
from dangwu.foundation.files.tests import samples
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.rotation import add_key, rotate, sealed_fields
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity, Attachment
from dangwu.records.services import attaching
from dangwu.records.services.attaching import attach_file, remove_attachment
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.tests.conftest import TODAY
from dangwu.records.told import Told
from tests.accounts import appointed, sign_in
from tests.cast import OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
Tells = Callable[..., Told]
CANARY = "金丝雀甲乙丙丁戊己庚辛"
KEY = "7b0e2a52-6f6d-4a3e-9a1c-0d4b52f0a001"


@pytest.fixture
def held(office: Organisation, assembly: Tells) -> Activity:
    return conclude_activity(by=BY, organisation=office, told=assembly(), today=TODAY)


def attach(held: Activity, text: str = CANARY, name: str = "记录.txt") -> Attachment:
    return attach_file(by=BY, activity=held, name=name, looked=looked_into(text.encode(), name), today=TODAY)


def test_a_file_lies_sealed_and_comes_back_as_it_was(held: Activity) -> None:
    kept = attach(held)
    assert content_of(kept.file).decode() == CANARY
    assert CANARY.encode() not in path_of(kept.file.uid).read_bytes()
    assert path_of(kept.file.uid).stat().st_mode & 0o077 == 0


def test_the_same_file_is_kept_once_however_often_it_is_sent(
    held: Activity, office: Organisation, assembly: Tells
) -> None:
    other = conclude_activity(by=BY, organisation=office, told=assembly(kind="theme_day"), today=TODAY)
    first, again, elsewhere = attach(held), attach(held, name="改名.txt"), attach(other)
    assert first == again
    assert first.file == elsewhere.file
    assert KeptFile.objects.count() == 1


def test_what_nobody_refers_to_any_more_cannot_be_read_and_is_swept_away(
    held: Activity, office: Organisation, assembly: Tells, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = conclude_activity(by=BY, organisation=office, told=assembly(kind="theme_day"), today=TODAY)
    first, elsewhere = attach(held), attach(other)
    monkeypatch.setattr(storing, "GRACE", -1)
    place = path_of(first.file.uid)
    remove_attachment(by=BY, attachment=first, today=TODAY)
    sweep()
    assert place.exists()
    remove_attachment(by=BY, attachment=elsewhere, today=TODAY)
    assert not KeptFile.objects.exists()
    sweep()
    assert not place.exists()


def test_a_file_that_was_altered_or_lost_is_told_of(held: Activity) -> None:
    kept = attach(held)
    path_of(kept.file.uid).write_bytes(b"x" * 100)
    with pytest.raises(LostFileError):
        content_of(kept.file)
    path_of(kept.file.uid).unlink()
    with pytest.raises(LostFileError):
        content_of(kept.file)
    assert storing.lost() == [kept.file.uid]


def test_files_open_after_the_keys_were_renewed(held: Activity) -> None:
    kept = attach(held)
    add_key(by=BY)
    (field,) = (field for field in sealed_fields() if field.model is KeptFile)
    rotate(by=BY, field=field)
    renewed = KeptFile.objects.get(pk=kept.file_id)
    assert renewed.secret is not None
    assert renewed.secret.envelope != kept.file.secret.envelope  # type: ignore[union-attr] # it has one
    assert content_of(renewed).decode() == CANARY
    assert keyring().current


@pytest.mark.parametrize(("limit", "value", "says"), [("MOST", 1, "最多保存 1 个"), ("MOST_BYTES", 40, "合计不超过")])
def test_there_is_a_limit(held: Activity, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, says: str) -> None:
    attach(held)
    monkeypatch.setattr(attaching, limit, value)
    with pytest.raises(ObjectionError, match=says):
        attach(held, "另一份，长短差不多")


def test_a_talk_takes_none(office: Organisation) -> None:
    talk = Activity(unit_id=office.unit_id, organisation=office, kind="heart_to_heart_talk", held_on=TODAY)
    with doing(Deed("test", BY, trial=True)):
        talk.save()
    with pytest.raises(ObjectionError, match="谈话类活动不保存附件"):
        attach(talk)


class FailingDisk:
    """Fails the n-th thing that is done with a file, counted from 0."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int) -> None:
        self.at, self.counted = at, 0
        for name in ("open", "fdopen", "fsync"):
            patch.setattr(os, name, self._counting(getattr(os, name)))
        for name in ("mkdir", "replace"):
            patch.setattr(Path, name, self._counting(getattr(Path, name)))

    def _counting(self, work: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **kwargs: object) -> object:
            number, self.counted = self.counted, self.counted + 1
            if number == self.at:
                raise OSError(28, "no space left")
            return work(*args, **kwargs)

        return counted


def test_whatever_the_disk_refuses_every_row_has_its_file_and_it_can_be_done_again(held: Activity) -> None:
    struck = 0
    while True:
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, struck)
            try:
                attach(held, f"{CANARY}{struck}")
            except OSError:
                struck += 1
            else:
                break
        assert disk.counted > disk.at
        assert not Attachment.objects.of(activity=held).exists()
        assert storing.lost() == []
        assert not list(folder().glob("??/.*")), "a draft is left"
    assert struck >= 5, "the disk was hardly asked"
    assert content_of(Attachment.objects.of(activity=held).get().file).decode() == f"{CANARY}{struck}"


def test_a_page_takes_several_and_says_of_each_what_stands_against_it(place: Bureau, held: Activity) -> None:
    client = sign_in(Client(), appointed(place.standings[OFFICE].organisation))
    sent = [SimpleUploadedFile("合影.jpg", samples.jpeg()), SimpleUploadedFile("程序.exe", b"MZ\x00\x01")]
    page = client.post(f"/activities/{held.pk}/files/", {"chosen": sent, "idempotency_key": KEY})
    assert page.status_code == 422
    told = page.content.decode()
    assert "不能保存“程序.exe”" in told
    assert "合影.jpg" in told
    assert Attachment.objects.of(activity=held).count() == 1


def test_a_file_is_fetched_by_whoever_sees_the_activity_and_never_shown(place: Bureau, held: Activity) -> None:
    kept = attach(held, name="记录 一.html")
    answer = sign_in(Client(), appointed(place.standings[OFFICE].organisation)).get(f"/activities/files/{kept.pk}/")
    assert b"".join(answer.streaming_content).decode() == CANARY  # type: ignore[attr-defined] # a file comes in pieces
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    stranger = sign_in(Client(), appointed(place.standings[PERSONNEL].organisation, username="stranger"))
    assert stranger.get(f"/activities/files/{kept.pk}/").status_code == 404


def test_backups_take_the_sealed_file_along(held: Activity) -> None:
    kept = attach(held)
    assert str(path_of(kept.file.uid)) in {str(path) for _, path in kept_files()}
    assert folder().is_relative_to(settings.MEDIA_ROOT)
