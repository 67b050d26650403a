"""Meetings with minutes of a few hundred characters, and words looked for in them by us and in the bare index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.remembering import one_look
from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import cut, terms_of
from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.search.sources import Draft as Minutes
from dangwu.foundation.search.sources import entries_of
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import OrganisationKind, Standing, Unit
from dangwu.organisations.services.establishing import Draft, establish
from dangwu.organisations.services.units import register_unit
from dangwu.records.searching import ACTIVITIES
from dangwu.workbench.bench.measuring import require_same
from dangwu.workbench.bench.past_days import Clock, percentile

LIMIT, AT_ONCE, ROUNDS = 13, 2_000, 4
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
WALKED = """
SELECT source FROM search_words, foundation_searchentry AS entry
WHERE search_words MATCH %s AND entry.id = search_words.rowid & 4294967295{where}
ORDER BY search_words.rowid DESC LIMIT %s
"""
RECENT = """
SELECT source FROM (
    SELECT * FROM foundation_searchentry WHERE kind = 'activity' ORDER BY day DESC, id DESC LIMIT 200
) AS recent
WHERE words @@ %s::tsquery{where} ORDER BY day DESC, id DESC LIMIT %s
"""
EVERY = """
SELECT source FROM foundation_searchentry WHERE words @@ %s::tsquery{where} ORDER BY day + 0 DESC, id DESC LIMIT %s
"""
BARE = {"sqlite": (WALKED,), "postgresql": (RECENT, EVERY)}
"""What the index itself takes: the first of these that finds enough, else the last. On PostgreSQL the last alone would
be no floor: it orders everything that it finds, and of a frequent word that is half of all there is.
"""
AND = {"sqlite": " AND ", "postgresql": " & "}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who looks for words: by us within his scope, by hand with the places that he may see at hand."""

    scope: Scope
    places: Sequence[int] | None = None

    def by_hand(self, word: str) -> list[int]:
        """A few places are looked up in the index, of many it is seen in each row that is found."""
        (token,) = cut(word).split()[:1]
        statements, where = BARE[connection.vendor], ""
        if self.places is not None and len(self.places) == 1:
            token, statements = f"{token}{AND[connection.vendor]}xo{self.places[0]}", statements[-1:]
        elif self.places is not None:
            where = f" AND anchor IN ({','.join(map(str, self.places))})"
        found: list[int] = []
        for statement in statements:
            found = _ask_database(statement.format(where=where), token)
            if len(found) == LIMIT:
                break
        return found


def measure_here(branches: str, documents: str, questions: str) -> dict[str, dict[str, float]]:
    """For every asker the seconds of all questions, and what 95 of a hundred took at most; in the bare index too."""
    call_command("migrate", verbosity=0)
    bodies = _fill(int(branches), int(documents))
    _settle()
    words = _words(int(questions))
    half, one = ([body for body in bodies if body.path.startswith(top.path)] for top in (bodies[0], bodies[-1]))
    askers = {"everything": Asker(Scope.everything(LAST))}
    for name, its in {"committee": half, "branch": one}.items():
        askers[name] = Asker(Scope((TreePath(its[0].path),), LAST), [body.organisation_id for body in its])
    with one_look():  # as in a request, which looks at the audit once for all that is remembered
        return {name: _measured(asker, words) for name, asker in askers.items()}


def _measured(asker: Asker, words: Sequence[str]) -> dict[str, float]:
    """Each goes first in every other round: whoever comes second finds the pages of the database at hand."""
    ways = (Clock(), partial(_ours, asker.scope)), (Clock(), asker.by_hand)
    for turn in range(ROUNDS):
        for word in words:
            found = [clock.time(way, word) for clock, way in ways[:: (-1) ** turn]]
            require_same(f"“{word}”的结果", *found)
    ours, by_hand = (_best_of(clock.times, len(words)) for clock, _ in ways)
    return {"ours": sum(ours), "bare": sum(by_hand), "p95": percentile(ours, 0.95)}


def _best_of(times: Sequence[float], number: int) -> list[float]:
    """The best time of each word: whatever else the machine does is in the others."""
    return [min(times[place::number]) for place in range(number)]


def _ours(scope: Scope, word: str) -> list[int]:
    return ACTIVITIES.newest(scope, terms_of(word), most=LIMIT)


def _ask_database(statement: str, token: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [token, LIMIT])
        return [source for (source,) in cursor.fetchall()]


def _fill(branches: int, documents: int) -> list[Standing]:
    """Two committees with as many branches each, and the entries of what these held: there are no activities."""
    dice = Random(1)  # noqa: S311 - dice, no secrets
    told: dict[str, Any] = {"founded_on": FOUNDED}
    unit = register_unit(by=CommandLine("bench"), name="示例市", kind="organ", on=FOUNDED)
    with doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        drafts = [Draft(name, OrganisationKind.COMMITTEE, parent_known=True, facts=told) for name in COMMITTEES]
        drafts += [
            Draft(f"第{number}党支部", OrganisationKind.BRANCH, COMMITTEES[number % 2], facts=told)
            for number in range(branches * len(COMMITTEES))
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
