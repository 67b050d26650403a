"""What a page of recording answers while it is filled in: the numbers, what the rules say, and what to ask before it is
concluded.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import SafeForm
from dangwu.records.counting import Numbers, numbers
from dangwu.records.likeness import core_of, most_alike
from dangwu.records.models import Activity
from dangwu.records.services.minuting import PROMPT
from dangwu.records.told import Told
from dangwu.workbench.recording.forms import RecordForm, Subject
from dangwu.workbench.recording.queries import minuted, same_day
from dangwu.workbench.recording.rulings import Ruling, facts_told, rulings


class Alike(NamedTuple):
    """Another record whose minutes say much the same, and a passage that both have."""

    activity: Activity
    share: int  # per cent
    passage: str

    def __str__(self) -> str:
        """The question."""
        day = self.activity.held_on
        common = f"，例如“{self.passage}”" if self.passage else ""
        return (
            f"会议记录与 {day.year} 年 {day.month} 月 {day.day} 日“{self.activity.topic or '没有写主题'}”的记录"
            f"有 {self.share}% 相同{common}。是不是贴错了，或者还没有改完？"
        )


@dataclass
class Answer:
    """What the page says beside what is filled in."""

    counted: Numbers = field(default_factory=Numbers)
    rulings: Sequence[Ruling] = ()
    objection: str = ""
    late: int = 0  # days since it was held, where that needs a reason
    others: Sequence[Activity] = ()
    alike: Sequence[Alike] = ()

    def questions(self) -> list[str]:
        """What whoever concludes it is asked once: whether it is the same activity again, and whether it is true that
        it was held against a rule.
        """
        same = [f"这一天已经有一条同类记录“{other.topic or '没有写主题'}”，是不是同一次活动？" for other in self.others]
        return [*same, *map(str, self.alike), *(ruling.sentence for ruling in self.rulings if ruling.is_grave)]

    @property
    def asked(self) -> str:
        """Which questions they are: whoever has answered these is not asked again."""
        return hashlib.sha256("\n".join(self.questions()).encode()).hexdigest() if self.questions() else ""


def answer(form: RecordForm, today: date, activity: Activity | None = None) -> Answer:
    """What is to be said of a form as it is filled in; of one that cannot be read only what is wrong with it."""
    if not form.is_bound:
        return _of(form.subject, _opened(form), today, activity)
    form.full_clean()
    try:
        if "held_on" in form.errors:
            return Answer()
        _forgive(form)
        return _of(form.subject, form.told(), today, activity)
    except ObjectionError as objection:
        return Answer(objection=objection.message)


def alike(form: RecordForm, activity: Activity | None) -> list[Alike]:
    """The earlier records of the organisation of which the minutes say much the same."""
    text = form.cleaned_data.get("minutes", "")
    if not text:
        return []
    kinds, names = (form.subject.kind.id,), [one.name for one in form.called]
    earlier = {row.pk: row for row in minuted(form.subject.standing.organisation, activity)}
    cores = [(pk, core_of(row.minutes, kinds, names)) for pk, row in earlier.items()]
    found = most_alike(core_of(text, kinds, names), cores, most=2)
    return [Alike(earlier[f.activity], round(f.share * 100), next(iter(f.common), "")[:40]) for f in found]


def _forgive(form: RecordForm) -> None:
    """While something is still being filled in, a field that cannot be read counts as empty."""
    for name, each in form.fields.items():
        if name not in form.cleaned_data and name not in SafeForm.base_fields:
            form.cleaned_data[name] = each.empty_value if hasattr(each, "empty_value") else ()


def _opened(form: RecordForm) -> Told:
    """What the page tells as it opens."""
    names = ("absent", "expected", "present")
    told = {name: form.initial[name] for name in names if name in form.fields and form.initial.get(name)}
    return Told(kind=form.subject.kind.id, held_on=form.on, group=form.subject.group, **told)


def _of(subject: Subject, told: Told, today: date, activity: Activity | None) -> Answer:
    counted = numbers(subject.kind, told, subject.standing)
    found = rulings(facts_told(told, counted), told.held_on, subject=subject.standing.called)
    days = (today - told.held_on).days
    return Answer(
        counted,
        found,
        late=days if today - told.held_on > PROMPT else 0,
        others=same_day(subject.standing.organisation, told, activity),
    )
