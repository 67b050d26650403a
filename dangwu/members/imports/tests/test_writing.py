"""All of a file is written, or none of it; nobody's later work is lost."""

from dataclasses import replace
from datetime import date

import pytest

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.history import as_of
from dangwu.foundation.imports.decisions import SKIP, Decisions, key_of
from dangwu.foundation.imports.kinds import Accepted, OutdatedError
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import decide, stage_batch
from dangwu.foundation.objections import ObjectionError
from dangwu.members.imports.roster import Roster
from dangwu.members.imports.tests.clinic import DAY, Clinic, number, person
from dangwu.members.models import Affiliation, Membership, Person, Post
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import describe_person
from dangwu.members.tests.conftest import BY, House

pytestmark = pytest.mark.django_db
BORN = {"出生日期": "1980-01"}


def people() -> list[str]:
    return sorted(Person.objects.unscoped("a test").values_list("name", flat=True))


def someone(name: str = "文清") -> Person:
    return Person.objects.unscoped("a test").get(name=name)


def test_everything_of_a_row_is_registered_since_the_day(clinic: Clinic, house: House) -> None:
    clinic.writes(person("文清", 身份证号=number(), 入党时间="2005-07-01", 党小组="第一党小组", 党内职务="书记"))
    known = someone()
    membership = Membership.objects.unscoped("a test").get(person=known)
    place = Affiliation.objects.unscoped("a test").select_related("group").get(person=known)
    assert (membership.kind, membership.joined_on, membership.valid_from) == ("full", date(2005, 7, 1), DAY)
    assert (place.organisation_id, place.group and place.group.name) == (house.office.pk, "第一党小组")
    assert [post.kind for post in Post.objects.unscoped("a test").filter(person=known)] == ["secretary"]
    assert (known.birth, known.gender, known.initials) == ("1980-01-01", "男", "wq")


def test_nothing_is_written_while_a_row_is_in_error(clinic: Clinic) -> None:
    with pytest.raises(ObjectionError, match="1 行有错误"):
        clinic.writes(person("文清"), person("白露", "没有的支部"))
    assert people() == []


def test_what_is_doubtful_is_left_out(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    clinic.writes(person("文清"), person("白露"))
    assert people() == ["文清", "白露"]


def test_rows_in_error_may_be_left_out(clinic: Clinic) -> None:
    clinic.decisions = Decisions(groups={"organisation.unknown:organisation": "skip"})
    clinic.writes(person("文清"), person("白露", "没有的支部"))
    assert people() == ["文清"]


def test_a_transfer_ends_the_posts_in_the_old_branch(clinic: Clinic, house: House) -> None:
    clinic.writes(person("文清", **BORN, 党内职务="书记"))
    later = replace(clinic, on=date(2026, 11, 9))
    later.writes(person("文清", "人事处党支部", **BORN))
    now = as_of(later.on)
    assert not Post.objects.unscoped("a test").filter(now).exists()
    assert Affiliation.objects.unscoped("a test").get(now).organisation_id == house.personnel.pk


def test_a_secretary_who_was_replaced_has_left(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN, 党内职务="书记"))
    later = replace(clinic, on=date(2026, 11, 9), decisions=Decisions(groups={"post.held:post": "accept"}))
    later.writes(person("白露", 出生日期="1985-01", 党内职务="书记"))
    held = Post.objects.unscoped("a test").filter(as_of(later.on)).select_related("person")
    assert [post.person.name for post in held] == ["白露"]


def test_a_roster_ends_no_post_for_which_it_has_no_word(clinic: Clinic, house: House) -> None:
    clinic.writes(person("文清", **BORN, 党内职务="组织委员"))
    take_post(by=BY, person=someone(), organisation=house.office, kind=Post.Kind.PARTY_AFFAIRS_STAFF, on=DAY)
    later = replace(clinic, on=date(2026, 11, 9))
    later.writes(person("文清", **BORN, 党内职务="书记"))
    held = Post.objects.unscoped("a test").filter(as_of(later.on))
    assert {post.kind for post in held} == {"secretary", "party_affairs_staff"}


def test_a_confirmation_holds_since_its_day(clinic: Clinic) -> None:
    clinic.writes({**person("文清", **BORN, 入党时间="2025-11-05"), "人员类别": "预备党员"})
    later = replace(clinic, on=date(2026, 12, 1))
    later.writes(person("文清", **BORN, 转正时间="2026-11-05"))
    rows = Membership.objects.unscoped("a test").order_by("valid_from")
    assert [(row.kind, row.valid_from) for row in rows] == [("probationary", DAY), ("full", date(2026, 11, 5))]


def test_two_clerks_with_the_same_file_register_nobody_twice(clinic: Clinic) -> None:
    first, second = clinic.opens(person("文清", 身份证号=number())), clinic.opens(person("文清", 身份证号=number()))
    clinic.written(first)
    with pytest.raises(OutdatedError, match="文清"):
        clinic.written(second)
    assert people() == ["文清"]


def test_what_somebody_changed_meanwhile_is_not_overwritten(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    batch, known = clinic.opens(person("文清", **BORN, 学历="本科")), someone()
    told = {"education": "大学专科"}
    describe_person(by=BY, person=known, version=known.version, on=DAY, reason="学历证明", told=told)
    with pytest.raises(OutdatedError, match="文清"):
        clinic.written(batch)
    assert someone().education == "大学专科"


def test_a_batch_is_written_once(clinic: Clinic) -> None:
    batch = clinic.writes(person("文清"))
    with pytest.raises(ObjectionError, match="已经导入"):
        clinic.written(batch)


def test_the_audit_tells_who_brought_in_what(clinic: Clinic) -> None:
    clinic.writes(person("文清"))
    entry = AuditEntry.objects.get(verb="import.write")
    assert (entry.actor_key, entry.subject_name, entry.reason) == ("command:test", "党员名册“名册.xlsx”", "导入名册")
    assert "文清" not in entry.body


class Interrupted(Roster):
    """A roster whose batch is staged anew by somebody else while its rows are made ready."""

    batch: Batch | None = None

    def prepare(self, row: Accepted) -> Accepted:
        if self.batch is not None:
            batch, self.batch = self.batch, None
            decide(batch=batch, rows={key_of("Sheet", 2): SKIP})
            stage_batch(by=BY, batch=batch, kind=self)
        return super().prepare(row)


def test_what_is_decided_while_rows_are_made_ready_counts(clinic: Clinic) -> None:
    kind = Interrupted()
    kind.batch = batch = clinic.opens(person("白露"), person("谷雨"))
    clinic.kind = kind
    clinic.written(batch)
    assert [row.name for row in Person.objects.unscoped("a test")] == ["谷雨"]
