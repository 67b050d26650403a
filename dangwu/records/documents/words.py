"""How ledgers tell days, numbers and people."""

from collections.abc import Iterable
from datetime import date, time

from dangwu.kernel.days import told_day
from dangwu.records.kind_shapes import Form
from dangwu.records.kinds import ActivityKinds
from dangwu.records.models import Activity, Part, Resolution
from dangwu.records.queries import Record

WEEKDAYS = "一二三四五六日"
NUMERALS = "〇一二三四五六七八九"
RECORD_OF = {Form.MINUTES: "会议记录", Form.STUDY: "学习记录", Form.RECORD: "活动记录", Form.TALK: "谈话记录"}
_LEFT_OFF = {Form.MINUTES: "会议", Form.STUDY: "学习", Form.RECORD: "活动", Form.TALK: "谈话"}


def day_told(day: date) -> str:
    """“2026年5月9日（星期六）”."""
    return f"{plain_day(day)}（星期{WEEKDAYS[day.weekday()]}）"


def plain_day(day: date | None) -> str:
    """“2026年5月9日”; nothing for no day."""
    return told_day(day) if day else ""


def when_told(activity: Activity) -> str:
    """The days and hours of an activity."""
    until = activity.until_on
    days = day_told(activity.held_on) + (f"至{day_told(until)}" if until and until != activity.held_on else "")
    hours = "—".join(clock(at) for at in (activity.starts_at, activity.ends_at) if at)
    return f"{days}{hours}"


def clock(at: time) -> str:
    """“9:05”."""
    return f"{at.hour}:{at.minute:02}"


def heading_of(activity: Activity, kinds: ActivityKinds, holder: str) -> str:
    """“办公室党支部党员大会会议记录”."""
    kind = kinds.get(activity.kind)
    name, form = (kind.name, kind.form) if kind else ("", Form.RECORD)
    if holder.endswith("支部"):  # “办公室党支部委员会会议记录”
        name = name.removeprefix("支部")
    return f"{holder}{name.removesuffix(_LEFT_OFF[form])}{RECORD_OF[form]}"


def served(activity: Activity, kinds: ActivityKinds) -> str:
    """“主题党日、党课”."""
    return "、".join(kinds.name_of(kind) if kinds.get(kind) else "其他活动" for kind in activity.kinds)


def numbers_told(activity: Activity) -> str:
    """“应到 8 人，实到 6 人”, and those with a vote where they are fewer; nothing where nobody counted."""
    told = []
    if activity.expected is not None:
        told.append(f"应到{activity.expected}人")
    if activity.present is not None:
        told.append(f"实到{activity.present}人")
    if activity.voters is not None and activity.voters != activity.expected:
        told.append(f"其中有表决权的应到{activity.voters}人、实到{activity.voters_present}人")
    return "，".join(told)


def absent_told(record: Record) -> str:
    """“谷雨（出差）、冬青（病假）”."""
    return "、".join(f"{row.name}（{row.reason}）" if row.reason else row.name for row in record.absences)


def named(record: Record, role: Part.Role) -> str:
    """Who did something at it."""
    return listed(part.name for part in record.parts if part.role == role)


def one(record: Record, role: Part.Role, told: str) -> str:
    """Who did something, by what the record says where no person is named."""
    return named(record, role) or told


def listed(names: Iterable[str]) -> str:
    """“张三、李四”."""
    return "、".join(names)


def votes_told(row: Resolution) -> str:
    """“赞成6票，反对1票，弃权1票”."""
    return f"赞成{row.in_favour}票，反对{row.against}票，弃权{row.abstained}票"


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    kept = text.strip()
    return kept if not kept or kept[-1] in "。！？；…”" else f"{kept}。"


def number_told(value: object) -> str:
    """A number without idle zeros: “2”, “1.5”."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in str(value) else str(value)
