"""What would be judged now of periods that are settled: told beside the frozen verdict, never instead of it.

Only the same rule says it: where its text has changed meanwhile, nobody can. Facts of which nobody tells since when
they hold are left as they were at the time.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dangwu.compliance.assessing import presence_of
from dangwu.compliance.living.drafting import EXEMPT, ONE, PLACE, Content, Key, Numbers, draft
from dangwu.compliance.living.judging import Judged
from dangwu.compliance.living.plain import facts_of, plain, written
from dangwu.compliance.living.spoken import Spoken
from dangwu.compliance.living.telling import read, sentence
from dangwu.organisations.facts import UNDATED
from dangwu.rules.evaluation import Presence, evaluate
from dangwu.rules.shapes import Outcome


class Frozen(NamedTuple):
    """A settled row."""

    pk: int
    content: Content
    corrected: str


def corrections(
    frozen: Mapping[Key, Frozen], judged: Sequence[Judged], spoken: Spoken, day: date
) -> dict[int, tuple[str, str]]:
    """For each settled row of which something new is to be said: the word of the level above, and the correction."""
    if not frozen:
        return {}
    found: dict[int, tuple[str, str]] = {}
    for key, told in _told_now(frozen, judged, spoken, day):
        row, word = frozen[key], spoken.word(key)
        if (word, told) != (row.content.word, row.corrected):
            found[row.pk] = word, told
    return found


def _told_now(
    frozen: Mapping[Key, Frozen], judged: Sequence[Judged], spoken: Spoken, day: date
) -> Iterator[tuple[Key, str]]:
    seen: set[Key] = set()
    drafted: dict[Key, Content] = {}
    for each in judged:
        if each.batch.subjects.kind != "organisation":
            continue
        for key, told in _of_organisations(frozen, each, spoken, day):
            seen.add(key)
            yield key, told
    others = [each for each in judged if each.batch.subjects.kind != "organisation"]
    rules = {each.batch.rule.id: each.batch.rule for each in judged}
    drafted = draft(others, spoken)
    for key in frozen.keys() - seen:
        row, now = frozen[key], drafted.get(key)
        rule = rules.get(key[1])
        if rule is None or rule.digest != row.content.digest:
            yield key, row.corrected
        elif rule.shape.subject != "organisation":
            numbers = now.numbers if now else Numbers()
            yield key, "" if numbers == row.content.numbers else _corrected(numbers, sentence(numbers))
        else:
            yield key, row.corrected


def _of_organisations(
    frozen: Mapping[Key, Frozen], each: Judged, spoken: Spoken, day: date
) -> Iterator[tuple[Key, str]]:
    batch, period = each.batch, each.period
    assert each.gathered is not None
    if period is None:
        return
    columns = {name: batch.subjects.column(name, period) for name in batch.rule.facts}
    for place, organisation in enumerate(batch.subjects.ids):
        key = organisation, batch.rule.id, period.code
        row = frozen.get(key)
        if row is None:
            continue
        if row.content.digest != batch.rule.digest:
            yield key, row.corrected
            continue
        then = facts_of(read(row.content.facts), batch.rule.vocabulary)
        facts = {name: column[place] for name, column in columns.items()}
        facts |= {name: then.get(name) for name in facts if name in UNDATED}
        verdict = evaluate(batch.rule, facts, on=day, period=period, there=_presence(each, place, day))
        numbers = Numbers()
        if verdict.outcome is not Outcome.NOT_APPLICABLE:
            spared = spoken.is_exempt(key, period) and verdict.outcome is Outcome.UNMET
            numbers = ONE[EXEMPT if spared else PLACE[verdict.outcome]]
        if numbers == row.content.numbers:
            yield key, ""
        else:
            name = each.gathered.organisations[organisation].called
            told = sentence(numbers, batch.rule, plain(facts), subject=name, on=day, period=period)
            yield key, _corrected(numbers, told)


def _corrected(numbers: Numbers, text: str) -> str:
    return written({"numbers": list(numbers), "text": text})


def _presence(each: Judged, place: int, day: date) -> Presence:
    assert each.gathered is not None
    return presence_of(each.gathered.lives[place], each.period, day)
