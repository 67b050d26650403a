"""What became of a department's organisations in three years: founded, split, merged, renamed, moved, dissolved."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from dangwu.organisations.models import OrganisationKind as Kind
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.city.days import START, working_day
from dangwu.workbench.demo.city.founding import Foundation
from dangwu.workbench.demo.city.naming import FORMERLY
from dangwu.workbench.demo.city.shapes import Body, Detachment, Merger, Office, Place, Stand
from dangwu.workbench.demo.people import TODAY

BRANCHES = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH)
COMMITTEE_OF_A_BRANCH_FROM = 8
_FIRST, _LAST = START + timedelta(days=45), TODAY - timedelta(days=40)
_RENAMED, _RENAMED_ON = "组织人事处", date(2025, 9, 1)
_LARGE = 20  # branches from which a department has lived through everything
_SEATS = 10
_ENOUGH_BESIDE = 6
_AWAY_FROM = 14
_STORIES = Weighted({"": 74, "founded": 3, "split": 3, "merged": 4, "renamed": 8, "lent": 2, "temporary": 1})
_SMALL_PARTS = ("第二", "外勤", "专班", "协管")
_ERRANDS = ("重点项目攻坚", "驻村工作队", "专项整治工作组", "春运保障", "防汛抢险", "巡回督导组")


def live_through(foundation: Foundation, dice: Random) -> None:
    """Give each organisation of a department its past, and its standings from it."""
    leaves = [body for body in foundation.bodies if body.size]
    for body in leaves:
        _STORIES_TOLD[_STORIES.draw(dice)](foundation, body, dice)
    if len(leaves) >= _LARGE:
        for body in (body for body in leaves if body.sites[-1][1] == _RENAMED and _is_old(body)):
            _rename(body, _RENAMED_ON)
        for story in ("founded", "split", "merged", "lent", "temporary"):
            any(_STORIES_TOLD[story](foundation, body, dice) for body in _plain(leaves, dice))
        _dissolve_general_branch(foundation, dice)
    _move_units(foundation, dice)
    _grow(foundation, dice)
    _rename_department(foundation, dice)


def is_branch(body: Body) -> bool:
    """Whether members belong to it."""
    return body.kind in BRANCHES


def _plain(leaves: Iterable[Body], dice: Random) -> list[Body]:
    """Branches to which nothing has happened yet, in any order."""
    plain = [body for body in leaves if _is_old(body) and not body.merged and body.size >= _SEATS]
    dice.shuffle(plain)
    return plain


def _is_old(body: Body) -> bool:
    unmoved = not (body.of_retired or body.origins or body.detached)
    return unmoved and body.founded_on < START and body.dissolved_on is None


def _siblings(foundation: Foundation, body: Body) -> list[Body]:
    """Branches beside another that were there before everything that is remembered."""
    parent = body.places[-1].parent
    beside = (each for each in foundation.bodies if each.size and each is not body and _is_old(each))
    return [each for each in beside if each.places[0].parent is parent]


def _may_be_new(body: Body) -> bool:
    return _is_old(body) and not body.merged and not body.is_origin


# --- stories of a branch: each says whether it could be told of this one


def _nothing(_foundation: Foundation, _body: Body, _dice: Random) -> bool:
    """Most branches stay as they are."""
    return True


def _founded(foundation: Foundation, body: Body, dice: Random) -> bool:
    """Founded anew; its first members came from several others."""
    beside = _siblings(foundation, body)
    if not _may_be_new(body) or len(beside) < 3:  # noqa: PLR2004 - from two or three
        return False
    _begin(body, working_day(dice, _FIRST, _LAST), tuple(dice.sample(beside, dice.randint(2, 3))))
    return True


def _split(foundation: Foundation, body: Body, dice: Random) -> bool:
    """Split off from one that had become too big."""
    beside = _siblings(foundation, body)
    if not (_may_be_new(body) and beside):
        return False
    _begin(body, working_day(dice, _FIRST, _LAST), (max(beside, key=lambda each: each.size),))
    return True


def _begin(body: Body, day: date, origins: tuple[Body, ...]) -> None:
    body.founded_on, body.origins = day, origins
    for origin in origins:
        origin.is_origin = True
    body.kinds, body.sites = [(day, body.kind)], [(day, body.sites[-1][1])]
    body.places = [body.places[-1]._replace(since=day)]


def _merged(foundation: Foundation, body: Body, dice: Random) -> bool:
    """Another branch went into this one."""
    if not _is_old(body) or body.size < _SEATS:
        return False
    day = working_day(dice, _FIRST, _LAST)
    other = _gone(foundation, body, f"{body.sites[-1][1]}{dice.choice(_SMALL_PARTS)}", day)
    body.merged.append(Merger(day, other, max(4, int(body.size * dice.uniform(0.25, 0.4)))))
    return True


def _gone(foundation: Foundation, body: Body, site: str, day: date) -> Body:
    """A branch that stood beside another and ended on a day."""
    parent = body.places[-1].parent
    assert parent is not None
    since = body.founded_on
    place = Place(since, parent, parent.next_number())
    other = Body(body.office, [(since, Kind.BRANCH)], [(since, site)], [place], since, day)
    foundation.bodies.append(other)
    return other


def _renamed(_foundation: Foundation, body: Body, dice: Random) -> bool:
    """The division got another name, and its branch with it."""
    site = body.sites[-1][1]
    first = max(_FIRST, body.founded_on + timedelta(days=120))
    if site not in FORMERLY or len(body.sites) > 1 or first >= _LAST:
        return False
    _rename(body, working_day(dice, first, _LAST))
    return True


def _rename(body: Body, day: date) -> None:
    site = body.sites[-1][1]
    body.sites = [(body.founded_on, FORMERLY[site]), (day, site)]


def _lent(foundation: Foundation, body: Body, dice: Random) -> bool:
    """Some members were in a temporary branch for a while, which has been dissolved since."""
    if not _is_old(body) or body.size < _AWAY_FROM:
        return False
    since = working_day(dice, _FIRST, _LAST - timedelta(days=400))
    until = working_day(dice, since + timedelta(days=120), since + timedelta(days=360))
    other = _gone(foundation, body, dice.choice(_ERRANDS), until)
    _begin(other, since, ())
    other.kinds = [(since, Kind.TEMPORARY_BRANCH)]
    body.detached.append(Detachment(since, until, other, dice.randint(4, 6)))
    return True


def _temporary(foundation: Foundation, body: Body, dice: Random) -> bool:
    """A temporary branch that is at work today."""
    beside = _siblings(foundation, body)
    if body.size > _AWAY_FROM or body.joins > 1 or not _may_be_new(body) or not beside:
        return False
    day = working_day(dice, TODAY - timedelta(days=200), _LAST)
    _begin(body, day, tuple(dice.sample(beside, min(3, len(beside)))))
    body.kinds, body.sites = [(day, Kind.TEMPORARY_BRANCH)], [(day, dice.choice(_ERRANDS))]
    return True


_STORIES_TOLD: Mapping[str, Callable[[Foundation, Body, Random], bool]] = {
    "": _nothing,
    "founded": _founded,
    "split": _split,
    "merged": _merged,
    "renamed": _renamed,
    "lent": _lent,
    "temporary": _temporary,
}

# --- stories of what stands above branches


def _dissolve_general_branch(foundation: Foundation, dice: Random) -> None:
    """A general branch between a department's committee and some of its branches is no more; they are below it now."""
    beside = [body for body in foundation.below(foundation.top) if body.office is foundation.office]
    old = [body for body in beside if body.size and _is_old(body) and len(body.places) == 1 and not body.detached]
    if len(old) < _ENOUGH_BESIDE:
        return
    since, day = foundation.top.founded_on, working_day(dice, _FIRST, _LAST)
    place = Place(since, foundation.top, foundation.top.next_number())
    middle = Body(foundation.office, [(since, Kind.GENERAL_BRANCH)], [(since, "业务条线")], [place], since, day)
    foundation.bodies.insert(foundation.bodies.index(foundation.top) + 1, middle)
    for body in old[-4:]:
        body.founded_on = max(body.founded_on, since)
        earlier = Place(body.founded_on, middle, middle.next_number())
        body.places = [earlier, body.places[-1]._replace(since=day)]


def _move_units(foundation: Foundation, dice: Random) -> None:
    """Now and then a unit's only branch had stood below that of a larger unit before."""
    uppers = [body for body in foundation.below(foundation.top) if body.kind in {Kind.COMMITTEE, Kind.GENERAL_BRANCH}]
    uppers = [body for body in uppers if body.dissolved_on is None]
    single = [body for body in foundation.below(foundation.top) if body.size and body.office is not foundation.office]
    for body in single:
        if uppers and _is_old(body) and len(body.places) == 1 and not body.merged and dice.random() < 0.2:  # noqa: PLR2004 - one in five
            above = dice.choice(uppers)
            body.founded_on = max(body.founded_on, above.founded_on)
            _restart(body, Place(body.founded_on, above, above.next_number()), working_day(dice, _FIRST, _LAST))


def _restart(body: Body, earlier: Place, day: date) -> None:
    body.places = [earlier, body.places[-1]._replace(since=day)]
    body.kinds = [(body.founded_on, body.kinds[0][1]), *body.kinds[1:]]
    body.sites = [(body.founded_on, body.sites[0][1]), *body.sites[1:]]


def _grow(foundation: Foundation, dice: Random) -> None:
    """A small committee was a general branch, until its members had become a hundred."""
    top = foundation.top
    if top.kind == Kind.COMMITTEE and foundation.plan.members < 260 and dice.random() < 0.4:  # noqa: PLR2004
        day = working_day(dice, _FIRST, _LAST)
        top.kinds = [(top.founded_on, Kind.GENERAL_BRANCH), (day, Kind.COMMITTEE)]
        for body in foundation.below(top):
            if body.kind == Kind.DISCIPLINE_COMMITTEE:
                _begin(body, day, ())


def _rename_department(foundation: Foundation, dice: Random) -> None:
    """The department itself was called otherwise, and all beneath it with it."""
    office = foundation.office
    if not (office.name.endswith("数据管理局") or dice.random() < 0.06):  # noqa: PLR2004 - sixteen of a thousand
        return
    day = working_day(dice, date(2024, 3, 1), date(2024, 12, 20))
    former = _former_name(office.name)
    for each in foundation.offices:
        name = each.name.replace(office.name, former)
        short = each.short.replace(office.short, _former_name(office.short))
        each.former, each.renamed_on = (name, short), day


def _former_name(name: str) -> str:
    return name.replace("数据管理局", "大数据发展局") if "数据" in name else f"{name.removesuffix('局')}委员会"


# --- standings


def stand(bodies: Iterable[Body]) -> None:
    """Tell how each stood from day to day. Those above come first."""
    for body in sorted(bodies, key=is_branch):
        body.stands = _joined(_stands(body))


def _stands(body: Body) -> Iterator[Stand]:
    days = sorted({body.founded_on, *(day for day in _days_of_change(body) if body.founded_on < day < body.until)})
    for since, until in zip(days, [*days[1:], body.until], strict=True):
        yield _stand(body, since, until)


def _days_of_change(body: Body) -> Iterator[date]:
    yield from (day for day, _ in body.kinds)
    yield from (day for day, _ in body.sites)
    if body.office.renamed_on:
        yield body.office.renamed_on
    for place in body.places:
        yield place.since
        if place.parent:
            yield from (stand.since for stand in place.parent.stands)


def _stand(body: Body, since: date, until: date) -> Stand:
    place = next(place for place in reversed(body.places) if place.since <= since)
    kind = next(kind for day, kind in reversed(body.kinds) if day <= since)
    site = next(site for day, site in reversed(body.sites) if day <= since)
    above = "" if place.parent is None else next(s.path for s in place.parent.stands if s.since <= since < s.until)
    name, short_name = titles(body, kind, site, since)
    return Stand(since, until, name, short_name, kind, place.parent, f"{above}{place.number:04}")


def _joined(stands: Iterable[Stand]) -> list[Stand]:
    """Stands that do not differ but in their days, as one."""
    joined: list[Stand] = []
    for stand in stands:
        if joined and joined[-1][2:] == stand[2:]:
            joined[-1] = joined[-1]._replace(until=stand.until)
        else:
            joined.append(stand)
    return joined


def titles(body: Body, kind: Kind, site: str, day: date) -> tuple[str, str]:
    """The formal name of an organisation and the one in daily use."""
    name, short = body.office.called(day)
    if kind == Kind.WORKING_COMMITTEE:
        return f"中共{name}", short
    formal, daily = _words(body.office, kind, has_committee=body.size >= COMMITTEE_OF_A_BRANCH_FROM)
    return f"中共{name}{site}{formal}", f"{short}{site}{daily}"


def _words(office: Office, kind: Kind, *, has_committee: bool) -> tuple[str, str]:
    organ = "" if office.above else "机关"
    committee = "委员会" if has_committee else ""
    return {
        Kind.PARTY_LEADERSHIP_GROUP: ("党组", "党组"),
        Kind.COMMITTEE: (f"{organ}委员会", f"{organ}党委"),
        Kind.DISCIPLINE_COMMITTEE: (f"{organ}纪律检查委员会", f"{organ}纪委"),
        Kind.GENERAL_BRANCH: ("总支部委员会", "党总支"),
        Kind.BRANCH: (f"支部{committee}", "党支部"),
        Kind.JOINT_BRANCH: (f"联合支部{committee}", "联合党支部"),
        Kind.TEMPORARY_BRANCH: ("临时支部", "临时党支部"),
    }[kind]
