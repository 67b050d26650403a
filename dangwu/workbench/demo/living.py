"""The invented bureau as a living site: everything in it was founded, registered and elected by the services."""

from collections.abc import Callable
from datetime import date

from dangwu.foundation.actors import CommandLine
from dangwu.members.models import Circumstances, Membership, Person
from dangwu.members.posts import posts_in
from dangwu.members.services.lines import change_circumstances, change_membership, transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.members.services.reorganising import dissolve_organisation
from dangwu.organisations.matching import kind_of_name
from dangwu.organisations.models import Group, Organisation, OrganisationKind, Unit
from dangwu.organisations.services.keeping import describe_organisation, form_group, open_term
from dangwu.organisations.services.reorganising import found_organisation, rename_organisation
from dangwu.organisations.services.units import register_unit
from dangwu.workbench.demo import organisations as bodies
from dangwu.workbench.demo import people
from dangwu.workbench.demo.world import World, imagine_world

BY = CommandLine("demo")
RENAMED_ON, MOVED_ON = date(2025, 9, 1), date(2025, 5, 12)
OFFICE = "办公室党支部"
Tell = Callable[[str], None]


class LivingSite:
    """What was set up, by the names that the invented world uses."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.organisations: dict[str, Organisation] = {}
        self.groups: dict[tuple[str, str], Group] = {}
        self.people: dict[str, Person] = {}
        self.kinds: dict[str, OrganisationKind] = {}


def is_empty() -> bool:
    """Whether nobody has set up an organisation yet."""
    return not Organisation.objects.unscoped("only whether there is any").exists()


def set_up_living_site(*, members: int = 120, seed: int = 1, tell: Tell = lambda _: None) -> LivingSite:
    """Fill an empty site with a bureau of ten branches and their members, with what happened there since 2018."""
    site = LivingSite(imagine_world(members=members, seed=seed))
    founding = min(body.set_up_on for body in site.world.organisations)
    unit = register_unit(by=BY, name=_bureau(site), kind=Unit.Kind.ORGAN, on=founding)
    tell("正在建立党组织")
    for body in site.world.organisations:
        _found(site, unit, body)
    for place, person in enumerate(site.world.people):
        if place % 20 == 0:
            tell(f"正在登记党员：{place}／{len(site.world.people)}")
        _register(site, person)
    _reorganise(site)
    return site


def _bureau(site: LivingSite) -> str:
    """The unit, as its leadership group is called after it: 中共××局党组."""
    return site.world.organisations[0].name.removeprefix("中共").removesuffix("党组")


def _found(site: LivingSite, unit: Unit, body: bodies.Organisation) -> None:
    parent = site.organisations.get(body.parent or "")
    kind = kind_of_name(body.kind) or OrganisationKind.BRANCH
    standing = found_organisation(
        by=BY, unit=unit, parent=parent, name=body.name, short_name=body.short_name, kind=kind, on=body.set_up_on
    )
    organisation = standing.organisation
    site.organisations[body.short_name], site.kinds[body.short_name] = organisation, OrganisationKind(kind)
    describe_organisation(
        by=BY,
        organisation=organisation,
        version=organisation.version,
        on=body.set_up_on,
        told={
            "has_committee": body.has_committee,
            "units_covered": body.units_covered,
            "staff_total": body.staff,
            "full_time_staff": body.full_time_staff,
            "secretary_is_head": body.secretary_heads_unit,
        },
    )
    if body.elected_on:
        open_term(
            by=BY, organisation=organisation, started_on=body.elected_on, on=body.elected_on, until=body.term_ends_on
        )
    if body.dissolved_on:
        dissolve_organisation(by=BY, organisation=organisation, heir=None, on=body.dissolved_on)


def _register(site: LivingSite, someone: people.Person) -> None:
    branch = site.organisations[someone.branch]
    since = max(someone.joined_on, _founded(branch))
    confirmed = someone.confirmed_on
    is_full = confirmed is not None and confirmed <= since
    kind = Membership.Kind.FULL if is_full else Membership.Kind.PROBATIONARY
    person = register_person(
        by=BY,
        organisation=branch,
        name=someone.name,
        kind=kind,
        on=since,
        group=_group(site, someone),
        joined_on=someone.joined_on,
        confirmed_on=confirmed if is_full else None,
        told={
            "gender": someone.gender,
            "ethnicity": someone.ethnicity,
            "birth": str(someone.birth_date),
            "education": someone.education,
            "degree": someone.degree,
            "native_place": someone.native_place,
            "unit_post": someone.unit_post,
            "identity": someone.identity_number,
            "phone": someone.phone,
        },
    )
    site.people[someone.name] = person
    if confirmed is not None and not is_full:
        change_membership(by=BY, person=person, kind=Membership.Kind.FULL, on=confirmed)
    employment = Circumstances.Employment.IN_SERVICE if someone.is_in_service else Circumstances.Employment.RETIRED
    change_circumstances(by=BY, person=person, on=since, employment=employment)
    _take_posts(site, someone, person)


def _founded(organisation: Organisation) -> date:
    assert organisation.founded_on is not None
    return organisation.founded_on


def _group(site: LivingSite, someone: people.Person) -> Group | None:
    if not someone.group:
        return None
    key = someone.branch, someone.group
    if key not in site.groups:
        branch = site.organisations[someone.branch]
        site.groups[key] = form_group(by=BY, organisation=branch, name=someone.group, on=_founded(branch))
    return site.groups[key]


def _take_posts(site: LivingSite, someone: people.Person, person: Person) -> None:
    elected = {body.short_name: body.elected_on or body.set_up_on for body in site.world.organisations}
    for kind, above in posts_in(someone.post):
        place = someone.branch if above is None else _only(site, above)
        if place:
            on = max(elected[place], someone.joined_on)
            take_post(by=BY, person=person, organisation=site.organisations[place], kind=kind, on=on)


def _only(site: LivingSite, kind: OrganisationKind) -> str | None:
    found = [name for name, its in site.kinds.items() if its == kind]
    return found[0] if len(found) == 1 else None


def _reorganise(site: LivingSite) -> None:
    """What changed since: a branch was renamed, and three people came to it from the office."""
    renamed = next(name for name in site.organisations if name.startswith("人事"))
    branch = site.organisations[renamed]
    coming = [p for p in site.world.people if p.branch == OFFICE and not p.post and p.joined_on < MOVED_ON][:3]
    for someone in coming:
        transfer_person(by=BY, person=site.people[someone.name], organisation=branch, on=MOVED_ON)
    rename_organisation(
        by=BY,
        organisation=branch,
        name=f"中共{_bureau(site)}组织人事处支部委员会",
        short_name="组织人事处党支部",
        on=RENAMED_ON,
    )
