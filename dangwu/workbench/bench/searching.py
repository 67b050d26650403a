"""Meetings with minutes of a few hundred characters, and words looked for in them by us and in the bare index."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import cut, terms_of
from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.search.sources import Draft as Minutes
from dangwu.foundation.search.sources import entries_of
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import OrganisationKind, Standing, Unit
from dangwu.organisations.services.establishing import Draft, establish
from dangwu.records.searching import ACTIVITIES
from dangwu.workbench.bench.measuring import require_same
from dangwu.workbench.bench.past_days import Clock, percentile

LIMIT, AT_ONCE = 13, 2_000
FOUNDED, FIRST, LAST = date(2015, 3, 1), date(2023, 1, 1), date(2026, 6, 30)
COMMITTEES = ("第一机关党委", "第二机关党委")
PHRASES = (
    "会议传达学习了上级有关文件精神，",
    "大家围绕优化营商环境谈了体会，",
    "支部书记通报了上季度党费收缴情况，",
    "会议研究了培养发展对象的意见，",
    "与会同志结合岗位实际作了发言，",
    "要求把整改措施逐项落实到人，",
    "讨论通过了年度组织生活计划，",
    "开展了批评和自我批评，",
)
BARE = {
    "sqlite": "SELECT source FROM search_words, foundation_searchentry AS entry WHERE search_words MATCH %s"
    " AND entry.id = search_words.rowid & 4294967295 ORDER BY search_words.rowid DESC LIMIT {0}",
    "postgresql": "SELECT source FROM foundation_searchentry WHERE words @@ %s::tsquery"
    " ORDER BY day + 0 DESC, id DESC LIMIT {0}",
}
"""What the index itself takes, for whoever may see everything."""


def measure_here(branches: str, documents: str, questions: str) -> dict[str, dict[str, float]]:
    """For every asker the seconds of all questions, and what 95 of a hundred took at most; in the bare index too."""
    call_command("migrate", verbosity=0)
    bodies = _fill(int(branches), int(documents))
    _settle()
    words = _words(int(questions))
    scopes = {
        "everything": Scope.everything(LAST),
        "committee": Scope((TreePath(bodies[0].path),), LAST),
        "branch": Scope((TreePath(bodies[-1].path),), LAST),
    }
    return {asker: _ask(scope, words) for asker, scope in scopes.items()}


def _ask(scope: Scope, words: Sequence[str]) -> dict[str, float]:
    mine, bare = Clock(), Clock()
    for word in words:
        found, there = mine.time(lambda word: _ours(scope, word), word), bare.time(_bare, word)
        if scope.everywhere:
            require_same(f"“{word}”的结果", found, there)
    return {"ours": sum(mine.times), "bare": sum(bare.times), "p95": percentile(mine.times, 0.95)}


def _ours(scope: Scope, word: str) -> list[int]:
    return ACTIVITIES.newest(scope, terms_of(word), most=LIMIT)


def _bare(word: str) -> list[int]:
    (token,) = cut(word).split()[:1]
    with connection.cursor() as cursor:
        cursor.execute(BARE[connection.vendor].format(LIMIT), [token])
        return [row[0] for row in cursor.fetchall()]


def _fill(branches: int, documents: int) -> list[Standing]:
    """Two committees with their branches, and the entries of what these held: activities themselves are not read."""
    dice = Random(1)  # noqa: S311 - dice, no secrets
    told: dict[str, Any] = {"founded_on": FOUNDED}
    with doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        unit = Unit.objects.create(name="示例市")
        drafts = [Draft(name, OrganisationKind.COMMITTEE, parent_known=True, facts=told) for name in COMMITTEES]
        drafts += [
            Draft(f"第{number}党支部", OrganisationKind.BRANCH, COMMITTEES[number % 2], facts=told)
            for number in range(branches)
        ]
        bodies = list(establish(unit=unit, drafts=drafts).values())
    held = replace(ACTIVITIES, drafts=lambda keys: [_held(key, unit, dice.choice(bodies[2:]), dice) for key in keys])
    for start in range(1, documents + 1, AT_ONCE):
        with transaction.atomic():
            keys = range(start, min(start + AT_ONCE, documents + 1))
            SearchEntry.objects.bulk_create(entries_of(held, keys))
    return sorted(bodies, key=lambda body: body.path)


def _held(key: int, unit: Unit, body: Standing, dice: Random) -> Minutes:
    """Half of the minutes are what everybody writes, half are characters as they come."""
    lines = [dice.choice(PHRASES) + "".join(_characters(dice, dice.randrange(10, 30))) + "。" for _ in range(8)]
    day = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
    title = f"主题党日：{''.join(_characters(dice, 8))}"
    return Minutes(key, unit.pk, (body.organisation_id,), day, title, "\n".join(lines))


def _characters(dice: Random, number: int) -> list[str]:
    """A few are frequent, most are rare, as in any text."""
    return [chr(0x4E00 + int(3_000 * dice.random() ** 3)) for _ in range(number)]


def _words(number: int) -> list[str]:
    """Words that everybody uses, and pairs of characters as frequent as they come."""
    dice = Random(2)  # noqa: S311 - dice, no secrets
    common = [phrase[place : place + 2] for phrase in PHRASES for place in range(len(phrase) - 2)]
    return [dice.choice(common) if place % 2 else "".join(_characters(dice, 2)) for place in range(number)]


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
