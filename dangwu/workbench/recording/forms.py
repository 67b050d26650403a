"""The form of a record: what its kind asks, and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from dangwu.foundation.pages.finding import Found
from dangwu.foundation.pages.forms import Difference, ReasonField, SafeForm
from dangwu.foundation.pages.words import shown
from dangwu.organisations.models import Standing
from dangwu.records.attending import MOST, Attendee, attendees, roster
from dangwu.records.counting import Numbers, numbers
from dangwu.records.kind_shapes import Expected
from dangwu.records.kinds import ActivityKind
from dangwu.records.signatures import text_said
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Away, Told, Whom
from dangwu.workbench.recording.fields import (
    AgendaField,
    MinutesField,
    NameField,
    NamesField,
    PartnersField,
    PeopleField,
    VotesField,
    day_told,
    votes_of,
)

ROLES = {"chair": "主持人", "recorder": "记录人", "lecturer": "主讲人", "non_voting": "列席人员", "mentor": "导师"}
ROLE_FIELDS = {"mentor": "mentors"}
TOLD = (
    *("held_on", "until_on", "starts_at", "ends_at", "topic", "place", "chair", "recorder", "lecturer", "minutes"),
    *("non_voting", "mentors", "absent", "expected", "present", "hours", "days", "audience", "confirmed_by"),
    *("agenda", "partners", "besides"),
)
"""The fields that are told as they are filled in."""
USUAL = (
    *("general_assembly", "committee_meeting", "group_meeting", "party_lecture", "theme_day", "heart_to_heart_talk"),
    *("party_committee_meeting", "leaders_study", "democratic_life_meeting"),
)
"""The kinds that come first where one is chosen."""


@dataclass(frozen=True)
class Subject:
    """What a record is of: a kind of activity of an organisation, and the group where it is one group's."""

    kind: ActivityKind
    standing: Standing
    group: str = ""

    def expected(self, on: date) -> list[Attendee]:
        """Who should come on a day, or may have come where they are named."""
        if self.kind.expected is Expected.NAMED:
            return roster(self.standing, on)
        return attendees(self.kind, self.standing, on, group=self.group)


def _number(label: str, most: int, **options: Any) -> forms.IntegerField:  # noqa: ANN401 - the options of a field
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, **options)


class RecordForm(SafeForm):
    """An activity as it is told."""

    held_on = forms.DateField(label="日期", widget=forms.DateInput())
    place = forms.CharField(label="地点", required=False, max_length=200)
    chair = NameField(label="主持人")
    recorder = NameField(label="记录人")
    lecturer = NameField(label="主讲人")
    absent = PeopleField(asks_reason=True, label="出席情况", help_text="默认全部到会，点按缺席的人。")
    took_part = PeopleField(asks_reason=False, label="参加人员", help_text="点按参加的人。")
    others = NamesField(label="名册以外的参加人员", help_text="姓名之间用顿号隔开。")
    expected = _number("应到", 1_000_000)
    present = _number("实到", 1_000_000)
    non_voting = NamesField(label="列席人员", help_text="姓名之间用顿号隔开，不计入应到和实到。")
    mentors = NamesField(label="导师", help_text="姓名之间用顿号隔开。")
    topic = forms.CharField(label="主题", required=False, max_length=300)
    agenda = AgendaField(label="议题和结果")
    votes = VotesField(label="决议")
    minutes = MinutesField(
        label="会议记录",
        help_text="可以从文字处理软件粘贴，段落会保留。三五行也可以。",
        widget=forms.Textarea({"rows": 4}),
    )
    until_on = forms.DateField(label="结束日期", required=False, widget=forms.DateInput())
    starts_at = forms.TimeField(label="开始时间", required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends_at = forms.TimeField(label="结束时间", required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    hours = forms.DecimalField(label="学时", required=False, min_value=0, max_value=1000, decimal_places=2)
    days = forms.DecimalField(label="每人天数", required=False, min_value=0, max_value=1000, decimal_places=1)
    audience = _number("听众人数", 1_000_000)
    confirmed_by = forms.CharField(
        label="对方确认", required=False, max_length=100, help_text="社区或者服务单位的经办人。"
    )
    besides = forms.MultipleChoiceField(
        label="同时还开展了",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一次活动可以同时计入几类。",
    )
    partners = PartnersField(label="联办党组织", help_text="输入名称、简称或者拼音首字母；对方确认后也计入他们。")
    late_reason = forms.CharField(
        label="补记原因", required=False, max_length=300, help_text="一周以前的活动才需要写。"
    )
    reason = ReasonField(label="更正理由")
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - the options of a form
        subject: Subject,
        correcting: bool = False,
        find: Callable[[str], Sequence[Found]] = lambda _: (),
        **options: Any,  # noqa: ANN401 - the options of a form
    ) -> None:
        """Take what it is a record of; `find` finds partners by what is typed."""
        super().__init__(*args, **options)
        self.subject = subject
        kind = subject.kind
        self.called = self._people()
        for name in self._not_asked(kind, correcting=correcting):
            del self.fields[name]
        if "partners" in self.fields:
            self.fields["partners"].one.find = find  # type: ignore[attr-defined] # a PartnersField
        if "besides" in self.fields:
            self.fields["besides"].choices = besides_of(kind, subject.standing.kind)  # type: ignore[attr-defined] # a choice
        for field in self.fields.values():
            if isinstance(field, NameField | NamesField):
                field.people = self.called
            if isinstance(field, NameField):
                field.widget.attrs["list"] = "people"
            if isinstance(field, PeopleField):
                field.offer(self.called)

    @property
    def on(self) -> date:
        """The day as it is filled in; where it is no day, that of the page."""
        text = self.data.get("held_on", "") if self.is_bound else self.initial.get("held_on")
        try:
            return text if isinstance(text, date) else date.fromisoformat(str(text))
        except ValueError:
            return self.subject.standing.valid_from

    def _people(self) -> list[Attendee]:
        people = self.subject.expected(self.on)
        return people if len(people) <= MOST else []

    def _not_asked(self, kind: ActivityKind, *, correcting: bool) -> list[str]:
        roles = {ROLE_FIELDS.get(role, role) for role in ROLES if role not in kind.roles}
        others = {"agenda", "hours", "days", "audience", "confirmed_by", "partners"} - set(kind.asks)
        left = roles | others | self._not_counted(kind)
        if not kind.votes:
            left.add("votes")
        if not besides_of(kind, self.subject.standing.kind):
            left.add("besides")
        elif "lecturer" not in kind.roles:
            left.discard("lecturer")  # a lecture may be given besides
        left |= {"late_reason"} if correcting else {"reason"}
        return sorted(left)

    def _not_counted(self, kind: ActivityKind) -> set[str]:
        """How those who came are told: by who was away, by who came, or by numbers alone."""
        if kind.expected is Expected.NAMED:
            return {"absent", "expected", "present"}
        if self.called:
            return {"took_part", "others", "expected", "present"}
        return {"absent", "took_part", "others"}

    # --- what was filled in

    def told(self) -> Told:
        """What the form tells. Raises ObjectionError where the numbers do not add up."""
        given = {name: value for name, value in self.cleaned_data.items() if name in TOLD}
        given |= {"besides": tuple(given.get("besides", ())), "took_part": self._took_part()}
        return self._with_votes(Told(kind=self.subject.kind.id, group=self.subject.group, **given))

    def said(self) -> str:
        """The text that the form tells: the minutes and what came of the agenda."""
        outcomes = (matter.outcome for matter in self.cleaned_data.get("agenda", ()))
        return text_said(self.cleaned_data.get("minutes", ""), outcomes)

    def _with_votes(self, told: Told) -> Told:
        ballots = self.cleaned_data.get("votes", ())
        if not ballots:
            return told
        return told.with_votes(votes_of(ballots, there(numbers(self.subject.kind, told, self.subject.standing))))

    def _took_part(self) -> tuple[Whom, ...]:
        names = {one.person: one.name for one in self.called}
        chosen = tuple(Whom(names[away.person], away.person) for away in self.cleaned_data.get("took_part", ()))
        return (*chosen, *(one for one in self.cleaned_data.get("others", ()) if one not in chosen))

    # --- two who write at once

    def _differing(self, row: Mapping[str, Any]) -> Iterator[Difference]:  # noqa: ARG002 - it is not enough
        """Nothing: what the other wrote is shown by `compare`, for it fills more tables than one."""
        return iter(())

    def compare(self, theirs: Told) -> None:
        """Put what was filled in beside what is there now."""
        now = initial_of(theirs)
        for name, field in self.fields.items():
            if name in SafeForm.base_fields or name in {"seen", "reason", "late_reason"}:
                continue
            mine, other = self[name].data, now.get(name, "")
            if field.has_changed(field.prepare_value(other), mine):
                self.differences.append(Difference(str(field.label), _words(self, mine), _words(self, other)))


def there(counted: Numbers) -> int | None:
    """How many of those who came had a vote."""
    return counted.voters_present if counted.voters_present is not None else counted.present


def besides_of(kind: ActivityKind, organisation_kind: str) -> list[tuple[str, str]]:
    """The kinds that such an organisation may hold on the same occasion."""
    if kind.is_confidential:
        return []
    held = sorted(activity_kinds().held_by(organisation_kind), key=lambda kind: kind.id not in USUAL)
    return [(k.id, k.name) for k in held if not k.is_confidential and k.id != kind.id and k.id not in kind.also]


def initial_of(told: Told) -> dict[str, Any]:
    """What the fields show so that they tell this again."""
    return {name: getattr(told, name) for name in TOLD if name != "partners"} | {
        "besides": list(told.besides),
        "took_part": tuple(Away(one.person) for one in told.took_part if one.person),
        "others": tuple(one for one in told.took_part if not one.person),
        "agenda": AgendaField.rows_of(told.agenda),
        "votes": VotesField.rows_of(told.votes),
    }


def typed(form: RecordForm, data: QueryDict, today: date) -> dict[str, Any]:
    """What somebody typed before, for the fields of a form; without a version it is of what there is now."""
    kept = {name: data[name] for name in SafeForm.base_fields if data.get(name)}
    fields = {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if name not in SafeForm.base_fields and name != "seen"
    }
    return kept | fields | {"held_on": day_told(data.get("held_on", "")) or today}


def _words(form: RecordForm, value: Any) -> str:  # noqa: ANN401 - what any field holds
    """What a field holds, for two to be compared."""
    names = {one.person: one.name for one in form.called}
    if isinstance(value, list):
        rows = [row.values() if isinstance(row, dict) else (row,) for row in value]
        return "；".join("，".join(filter(None, map(str, row))) for row in rows if any(row)) or shown("")
    if isinstance(value, tuple):
        return "、".join(_one(part, names) for part in value) or shown("")
    return shown(value.name if isinstance(value, Whom) else value)


def _one(part: Any, names: dict[int, str]) -> str:  # noqa: ANN401 - an Away, or a Whom
    if isinstance(part, Away):
        return names.get(part.person, "名单以外的人") + (f"（{part.reason}）" if part.reason else "")
    return str(part.name)
