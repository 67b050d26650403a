"""What a page of recording answers while it is filled in: the numbers, what the rules say, and what to ask before it is
concluded.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import SafeForm
from dangwu.records.counting import Numbers, numbers
from dangwu.records.models import Activity
from dangwu.records.services.minuting import PROMPT
from dangwu.records.told import Told
from dangwu.workbench.recording.forms import RecordForm, Subject
from dangwu.workbench.recording.likeness import Question
from dangwu.workbench.recording.queries import same_day
from dangwu.workbench.recording.rulings import Ruling, facts_told, rulings


@dataclass
class Answer:
    """What the page says beside what is filled in."""

    counted: Numbers = field(default_factory=Numbers)
    rulings: Sequence[Ruling] = ()
    objection: str = ""
    late: int = 0  # days since it was held, where that needs a reason
    others: Sequence[Activity] = ()
    alike: Sequence[Question] = ()

    def questions(self) -> list[str]:
        """What whoever concludes it is asked once: whether it is the same activity again, whether the text is meant for
        it, and whether it is true that it was held against a rule.
        """
        same = [f"这一天已经有一条同类记录“{other.topic or '没有写主题'}”，是不是同一次活动？" for other in self.others]
        alike = [question.to_whoever_writes for question in self.alike]
        return [*same, *alike, *(ruling.sentence for ruling in self.rulings if ruling.is_grave)]

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
