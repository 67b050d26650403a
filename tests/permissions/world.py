"""A small world with one of everything, and one person for every position from which it can be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.services.administrators import propose
from dangwu.compliance.jobs import judged_unit
from dangwu.compliance.models import Check
from dangwu.compliance.services.checking import open_check
from dangwu.compliance.services.speaking import overrule
from dangwu.duties.models import Assignment
from dangwu.duties.services.setting import hand_on, open_campaign, set_measure
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.files.storing import looked_into
from dangwu.foundation.imports.kinds import Into, Task
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.queries import groups_of
from dangwu.foundation.imports.services.batches import open_batch, stage_batch, write_batch
from dangwu.members.models import Person
from dangwu.members.reconciling.comparing import reconcile
from dangwu.members.reconciling.keeping import keep
from dangwu.members.services.accounts import link_account
from dangwu.members.services.correcting import ask_correction
from dangwu.members.services.groups import join_group
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.notices.models import Addressee, Delivery
from dangwu.notices.services.drafting import Recipient, draft_notice
from dangwu.notices.services.sending import send_notice
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.queries import standing_of
from dangwu.organisations.services.keeping import form_group, open_term
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from dangwu.records.models import Activity, Attachment, Partner, Talk
from dangwu.records.paper_models import Bundle, LedgerForm
from dangwu.records.services.attaching import attach_file
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.services.papers import bring_form, order_bundle
from dangwu.records.services.planning import plan_activity
from dangwu.records.services.talks import record_talk
from dangwu.records.told import Told
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.papers.form_pages import sample_bytes
from dangwu.workbench.papers.tasks import pack_now
from tests.accounts import account, actor, appointed, sign_in

BY = CommandLine("cast")
FOUNDED = date(2024, 1, 1)
TOPIC, TALK = "讨论年度工作", "孩子升学的事放心不下"
FEW_MEMBERS = "branch-needs-three-full-members"
OWN_NUMBER = "13912345678"
"""Stands in the workbook that the clerk brings in."""
ROLES = {
    "secretary": ("branch", "secretary"),
    "sibling": ("sibling", "secretary"),
    "clerk": ("committee", "clerk"),
    "supervisor": ("committee", "supervisor"),
    "discipline": ("committee", "discipline_secretary"),
    "stranger": ("elsewhere", "clerk"),
}
DUTIES = ("system", "security", "audit")
PEOPLE = ("anonymous", *ROLES, *DUTIES, "member", "nobody")


@dataclass
class World:
    """机关党委 with two branches, another committee beside it; everybody looks at the first branch and who is in it."""

    accounts: dict[str, Account] = field(default_factory=dict)
    arguments: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A client signed in as one of the cast."""
        return sign_in(Client(), self.accounts[who]) if who in self.accounts else Client()


def made_world() -> World:
    """Set the world up."""
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)

    def founded(name: str, kind: str, parent: Organisation | None = None) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation

    committee, elsewhere = founded("机关党委", "committee"), founded("别局机关党委", "committee")
    places = {
        "committee": committee,
        "elsewhere": elsewhere,
        "branch": founded("办公室党支部", "branch", committee),
        "sibling": founded("人事处党支部", "branch", committee),
    }
    world = World()
    for name, (place, role) in ROLES.items():
        world.accounts[name] = appointed(places[place], role=role, username=name)
    for duty in DUTIES:
        world.accounts[duty] = account(duty, duty=duty)
    world.accounts |= {name: account(name) for name in ("member", "nobody")}
    _put_in(world, unit, places)
    _put_notices(world, places)
    _put_duties(world, places)
    return world


def _put_in(world: World, unit: Unit, places: Mapping[str, Organisation]) -> None:
    """One of everything, in the first branch; the person there is the member of the cast."""
    branch = places["branch"]
    person = register_person(
        by=BY, organisation=branch, name="谷雨", kind="full", on=FOUNDED, told={"phone": "13800000000"}
    )
    link_account(by=BY, person=person, version=person.version, account=world.accounts["member"], on=FOUNDED)
    term = open_term(by=BY, organisation=branch, started_on=FOUNDED, on=FOUNDED)
    group = form_group(by=BY, organisation=branch, name="第一党小组", on=FOUNDED)
    officer = register_person(by=BY, organisation=branch, name="夏至", kind="full", on=FOUNDED)
    place = join_group(by=BY, person=officer, group=group, on=FOUNDED)
    moved = transfer_person(by=BY, person=officer, organisation=branch, group=group, on=FOUNDED + timedelta(days=1))
    post = take_post(by=BY, person=officer, organisation=branch, kind="organisation_member", on=FOUNDED)
    request = ask_correction(
        by=actor(world.accounts["member"]),
        person=person,
        column="members.person.education",
        wanted="大学",
        on=FOUNDED,
    )
    check = open_check(
        by=actor(world.accounts["clerk"]), workbooks=[], on=FOUNDED, since=FOUNDED, packs=[], today=FOUNDED
    )
    Check.objects.update(state=Check.State.DONE)
    proposed = propose(
        by=actor(world.accounts["security"]),
        duty="audit",
        proposer=world.accounts["security"],
        reason="轮换",
        on=FOUNDED,
    )
    planned, held, talk = _activities(branch, person, officer)
    judged_unit(unit.pk, timezone.localdate())
    told = {"rule": FEW_MEMBERS, "period": "", "word": "met", "reason": "已核实"}
    overrule(by=BY, organisation=branch, today=timezone.localdate(), **told)
    batch = _batch(world, branch)
    signed = checkpoint_now(timezone.now())
    assert signed
    mine = Appointment.objects.unscoped("a test").get(account=world.accounts["secretary"])
    membership = person.memberships.unscoped("a test").get()
    row = {"pk": person.pk}
    attached = _attached(branch)
    world.arguments |= {
        "activity": {"pk": attached.activity_id},
        "attachment": {"pk": attached.pk},
        "organisation": {"pk": branch.pk},
        "term": {"pk": branch.pk, "term": term.pk},
        "group": {"pk": branch.pk, "group": group.pk},
        "unit": {"pk": unit.pk},
        "member": row,
        "row": row | {"word": "membership", "row": membership.pk},
        "arrival": {"pk": officer.pk, "row": moved.pk},
        "post": {"pk": officer.pk, "row": post.pk},
        "place": {"pk": officer.pk, "row": place.pk},
        "number": row | {"column": "phone"},
        "request": {"pk": request.pk},
        "check": {"pk": check.pk},
        "account": {"pk": world.accounts["nobody"].pk},
        "appointment": {"pk": mine.pk},
        "own column": {"column": "native_place"},
        "own row": {"word": "membership", "row": membership.pk, "column": "joined_on"},
        "rule": {"rule_id": "committee-meeting-each-month"},
        "verdict": {"pk": branch.pk, "rule_id": FEW_MEMBERS, "period": "always"},
        "periodic rule": {"rule_id": "theme-day-each-month"},
        "figure": {"figure": "general_assemblies"},
        "report": {"pk": check.pk, "suffix": ".html"},
        "entry": {"sequence": 1},
        "checkpoint": {"sequence": signed.sequence},
        "administration": {"pk": Administration.objects.get(duty="system").pk},
        "proposal": {"pk": proposed.proposal.pk},
        "no undo": {"key": UUID(int=0)},
        "kind": {"pk": branch.pk, "kind": "general_assembly"},
        "talk kind": {"pk": branch.pk, "kind": "heart_to_heart_talk"},
        "planned": {"pk": planned.pk},
        "held": {"pk": held.pk},
        "own form": {"pk": branch.pk, "form": _own_form(branch).pk},
        "bundle": {"pk": _bundle(world, branch).pk},
        "partner": {"pk": _named(world, places["sibling"], branch).pk},
        "held paper": {"pk": held.pk, "suffix": ".pdf"},
        "paper": {"pk": branch.pk, "year": timezone.localdate().year, "name": "handbook", "suffix": ".docx"},
        "talk": {"pk": talk.pk},
        "batch": {"pk": batch.pk},
        "problem": {"pk": batch.pk, "key": groups_of(batch)[0]["key"]},
        "written": {"pk": _written(world, branch).pk},
        "form": {"kind": "roster"},
        "part": {"part": "member"},
        "reconciled": {"uid": _reconciled(world, branch)},
        "nothing": {"pk": 0},
        "no session": {"session": 0},
        "no feed": {"secret": "none"},
        "no provider": {"provider_id": "none"},
    }


def _put_notices(world: World, places: Mapping[str, Organisation]) -> None:
    """A notice of the committee to the first branch, and a draft to both."""
    by, now = actor(world.accounts["clerk"]), timezone.now()
    drafted = partial(draft_notice, by=by, organisation=places["committee"], about="通知", text="内容", on=FOUNDED)
    branch, sibling = Recipient(places["branch"].pk), Recipient(places["sibling"].pk)
    sent = drafted(recipients=[branch])
    send_notice(by=by, notice=sent, version=1, by_email=False, by_sms=False, now=now, on=now.date())
    draft = drafted(recipients=[branch, sibling])
    world.arguments |= {
        "committee": {"pk": places["committee"].pk},
        "notice": {"pk": sent.pk},
        "draft": {"pk": draft.pk},
        "addressee": {"pk": draft.pk, "row": Addressee.objects.of(notice=draft).earliest("pk").pk},
        "delivery": {"pk": Delivery.objects.get(account=world.accounts["secretary"]).pk},
    }


def _put_duties(world: World, places: Mapping[str, Organisation]) -> None:
    """A campaign of the committee with a measure that the first branch has to take."""
    by, committee, branch = actor(world.accounts["clerk"]), places["committee"], places["branch"]
    campaign = open_campaign(
        by=by, organisation=committee, name="学习教育", starts_on=FOUNDED, ends_on=FOUNDED, on=FOUNDED
    )
    measure = set_measure(by=by, campaign=campaign, title="措施", due_on=FOUNDED, on=FOUNDED)
    hand_on(by=by, task=measure, organisations=[branch.pk], on=FOUNDED)
    world.arguments |= {
        "campaign": {"pk": campaign.pk},
        "task": {"pk": measure.pk},
        "duty": {"pk": Assignment.objects.of(task=measure).get().pk},
    }


def _own_form(branch: Organisation) -> LedgerForm:
    form = LedgerForm(name="登记表", file_name="登记表.docx", suffix=".docx")
    return bring_form(by=BY, organisation=branch, form=form, content=sample_bytes(), today=FOUNDED)


def _bundle(world: World, branch: Organisation) -> Bundle:
    """The ledgers of the branch, packed for its secretary."""
    by, now = actor(world.accounts["secretary"]), timezone.now()
    standing = standing_of(branch, now.date())
    wanted = Bundle(path=standing.path, year=now.year, paper="hours", suffix=".xlsx", asked_at=now)
    bundle = order_bundle(by=by, standing=standing, what="学时", today=now.date(), bundle=wanted)
    pack_now(bundle)
    return bundle


def _activities(branch: Organisation, person: Person, officer: Person) -> tuple[Activity, Activity, Talk]:
    """One that is planned, one that was held, and a talk between the two people."""
    today = timezone.localdate()
    told = Told(kind="general_assembly", held_on=today, topic=TOPIC)
    planned = plan_activity(by=BY, organisation=branch, told=told, today=today)
    held = conclude_activity(by=BY, organisation=branch, told=told, today=today)
    talked = record_talk(
        by=BY,
        organisation=branch,
        kind="heart_to_heart_talk",
        held_on=today,
        talker=officer,
        partner=person,
        content=TALK,
        today=today,
    )
    return planned, held, Talk.objects.of(activity=talked).get()


def _named(world: World, sibling: Organisation, branch: Organisation) -> Partner:
    """What the sibling says that both held together; the branch has not answered."""
    by = actor(world.accounts["sibling"])
    told = Told(kind="theme_day", held_on=FOUNDED, topic="义务植树", partners=(branch.pk,))
    held = conclude_activity(by=by, organisation=sibling, told=told, late_reason="出差", today=timezone.localdate())
    return Partner.objects.of(activity=held).get()


def _attached(branch: Organisation) -> Attachment:
    """A file that goes with what the branch held."""
    told = Told(kind="theme_day", held_on=FOUNDED, topic="义务植树")
    held = conclude_activity(by=BY, organisation=branch, told=told, today=FOUNDED)
    looked = looked_into("照片说明".encode(), "说明.txt")
    return attach_file(by=BY, activity=held, name="说明.txt", looked=looked, today=FOUNDED)


def _batch(world: World, branch: Organisation, name: str = "") -> Batch:
    """A roster that the clerk brings in; one row is about somebody whom nobody can place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "名册.csv"
        row = f"{name or '秋分'},{OWN_NUMBER},{'办公室党支部' if name else '后勤党支部'},正式党员"
        path.write_text(f"姓名,联系电话,所在党支部,人员类别\n{row}\n", encoding="utf-8")
        by, now, kind = actor(world.accounts["clerk"]), timezone.now(), KINDS["roster"]
        into = Into(branch.pk, standing_of(branch, FOUNDED).path, FOUNDED)
        on = timezone.localdate(now)
        batch = open_batch(by=by, kind=kind, path=path, file=path.name, into=into, now=now, on=on)
    return stage_batch(by=by, batch=batch, kind=kind)


def _reconciled(world: World, branch: Organisation) -> str:
    """What the clerk found when he compared with the national system."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "全国系统.csv"
        path.write_text(f"姓名,联系电话,所在党支部\n立夏,{OWN_NUMBER},办公室党支部\n", encoding="utf-8")
        by = actor(world.accounts["clerk"])
        return keep(reconcile(path, Task(by, timezone.localdate(), branch.pk)))


def _written(world: World, branch: Organisation) -> Batch:
    """A roster that the clerk brought in."""
    batch, now = _batch(world, branch, "冬青"), timezone.now()
    by, on = actor(world.accounts["clerk"]), timezone.localdate(now)
    return write_batch(by=by, batch=batch, kind=KINDS["roster"], now=now, on=on)
