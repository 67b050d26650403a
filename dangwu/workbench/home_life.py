"""What the first page says of organisational life: of many branches one sentence and the worst of them, of one branch
what it has missed and what comes next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from dangwu.access.scoping import AccountActor
from dangwu.compliance.living.duties import duties_of
from dangwu.compliance.living.matrix import Line, glance
from dangwu.compliance.models import Judging
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.pages.parts import Link, Part
from dangwu.foundation.scope import Scope
from dangwu.notices.policies import SEND
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import BRANCH_KINDS
from dangwu.organisations.queries import standings
from dangwu.records.policies import KEEP, SEE
from dangwu.workbench.branch.items import Told, summary, told
from dangwu.workbench.glance.workbooks import five

SHOWN = 5
FEW = 3  # branches whose duties are told one by one


@dataclass(frozen=True, slots=True)
class Life(Part):
    """Organisational life on the first page."""

    template: ClassVar[str] = "home_life"

    sentence: str
    figures: Sequence[tuple[str, str]] = ()
    worst: Sequence[Line] = ()
    duties: Sequence[Told] = ()

    def render(self) -> SafeString:
        """The piece as HTML."""
        return render_to_string("workbench/components/home_life.html", {"part": self})


@dataclass(frozen=True, slots=True)
class LifePanel:
    """A heading, what stands below it, and the ways on."""

    title: str
    part: Life
    links: Sequence[Link]


def life_panels(actor: AccountActor) -> Iterator[LifePanel]:
    """What an account finds of the life of its organisations, once anything was judged."""
    scope = actor.scope(SEE, actor.today)
    if scope.is_nothing or not Judging.objects.exists():
        return
    rows = standings(scope).filter(kind__in=BRANCH_KINDS).order_by("path")
    branches = list(rows.values_list("organisation", flat=True)[: FEW + 1])
    if len(branches) > FEW:
        yield _of_many(actor, scope)
    else:
        yield from (_of_one(actor, scope, key) for key in branches)


def _of_many(actor: AccountActor, scope: Scope) -> LifePanel:
    found = glance(scope, actor.today.year, today=actor.today, most=SHOWN)
    links = [Link("看全部党支部", reverse("overview"), main=True), Link("各级汇总", reverse("overview-levels"))]
    if found.worst and not actor.scope(SEND, actor.today).is_nothing:
        links.append(Link("拟提醒", reverse("remind")))
    return LifePanel("组织生活", Life(found.sentence, five(found.figures), found.worst), links)


def _of_one(actor: AccountActor, scope: Scope, key: int) -> LifePanel:
    standing = standing_or_404(scope, key)
    keeps = actor.scope(KEEP, actor.today).covers(standing.path)
    duties = duties_of(standing.organisation, today=actor.today, rulebook=every_rule())
    first = [*duties.missing, *duties.due][:SHOWN]
    sentence = summary(duties)
    links = [Link("本支部的组织生活", reverse("branch", args=[key]))]
    if keeps:
        links.insert(0, Link("记录活动", reverse("record-choose", args=[key]), main=True))
    shown = told(first, standing, actor.today, keeps=keeps)
    return LifePanel(standing.called, Life(sentence, duties=shown), links)
