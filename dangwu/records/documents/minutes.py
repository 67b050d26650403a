"""Minutes of an activity as an official paper."""

from collections.abc import Iterator, Mapping

from dangwu.foundation.documents.paper import Block, Heading, Item, Note, Paper, Sentence
from dangwu.records.documents import words
from dangwu.records.kinds import ActivityKinds
from dangwu.records.models import AgendaItem, Part, Resolution
from dangwu.records.queries import Record

INK = "000000"
SIGNATURES = "主持人（签名）：　　　　　　　　记录人（签名）："


def minutes_paper(record: Record, kinds: ActivityKinds, holder: str, names: Mapping[int, str]) -> Paper:
    """The minutes alone. `holder` is what the organisation was called, `names` what its partners are."""
    blocks = (*minutes_blocks(record, kinds, names), Note(SIGNATURES))
    return Paper(words.heading_of(record.activity, kinds, holder), record.activity.held_on, blocks)


def minutes_blocks(
    record: Record, kinds: ActivityKinds, names: Mapping[int, str], *, embedded: bool = False
) -> Iterator[Block]:
    """What stands under the title. Where that is itself a heading of a book, the parts have words and no headings."""
    yield from (Item(f"{label}：", INK, told) for label, told in facts_of(record, kinds, names) if told)
    if record.agenda:
        yield _part("议题和结果", embedded=embedded)
        yield from (Sentence(_matter(place, item)) for place, item in enumerate(record.agenda, 1))
    if record.resolutions:
        yield _part("决议和表决", embedded=embedded)
        yield from (Sentence(_vote(place, row)) for place, row in enumerate(record.resolutions, 1))
    if record.activity.minutes.strip():
        yield _part("记录", embedded=embedded)
        yield from (Sentence(line.strip()) for line in record.activity.minutes.splitlines() if line.strip())
    if record.activity.late_reason:
        yield Note(_late(record))


def _part(title: str, *, embedded: bool) -> Block:
    return Item(f"{title}：", INK, "") if embedded else Heading(title)


def facts_of(record: Record, kinds: ActivityKinds, names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The lines on top, each with its label; those without anything to tell are empty."""
    activity = record.activity
    yield "活动类型", words.served(activity, kinds)
    yield "主　　题", activity.topic
    yield "时　　间", words.when_told(activity)
    yield "地　　点", activity.place
    yield "党 小 组", activity.group
    yield "主 持 人", words.one(record, Part.Role.CHAIR, activity.chair)
    yield "记 录 人", words.one(record, Part.Role.RECORDER, activity.recorder)
    yield "主 讲 人", words.one(record, Part.Role.LECTURER, activity.lecturer)
    yield "导　　师", words.named(record, Part.Role.MENTOR)
    yield "应到实到", words.numbers_told(activity)
    yield "缺席及原因", words.absent_told(record)
    yield "列　　席", words.named(record, Part.Role.NON_VOTING)
    yield "参加人员", words.listed(row.name for row in record.participations)
    yield "共同举办", words.listed(_others(record, names))
    yield "听众人数", f"{activity.audience}人" if activity.audience else ""
    yield "学　　时", words.number_told(activity.hours) if activity.hours else ""
    yield "天　　数", words.number_told(activity.days) if activity.days else ""
    yield "对方确认", activity.confirmed_by


def _others(record: Record, names: Mapping[int, str]) -> Iterator[str]:
    """All who held it where several did, whoever keeps the record."""
    if record.partners:
        keys = {record.activity.organisation_id: True}
        keys |= {row.organisation_id: row.confirmed_on is not None for row in record.partners}
        told = ((names[key], confirmed) for key, confirmed in keys.items() if key in names)
        yield from (name if confirmed else f"{name}（待对方确认）" for name, confirmed in told)


def _matter(place: int, item: AgendaItem) -> str:
    carried = "（上次遗留）" if item.carried_from_id else ""
    outcome = f"结果：{words.sentence(item.outcome)}" if item.outcome.strip() else ""
    left = "（下次继续）" if item.left_open else ""
    return f"{place}. {words.sentence(item.text + carried)}{outcome}{left}"


def _vote(place: int, row: Resolution) -> str:
    return f"{place}. {words.sentence(row.text)}{words.votes_told(row)}。"


def _late(record: Record) -> str:
    activity = record.activity
    return f"补记：{words.plain_day(activity.recorded_on)}记录。原因：{words.sentence(activity.late_reason)}"
