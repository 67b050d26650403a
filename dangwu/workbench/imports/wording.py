"""A batch in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from dangwu.foundation.imports.models import Batch, StagedRow

State = StagedRow.State
TONES: Mapping[str, str] = {
    State.NEW: "good",
    State.CHANGED: "soon",
    State.DOUBTFUL: "warning",
    State.ERROR: "overdue",
}
WAITING = (State.SKIPPED, State.DOUBTFUL, State.ERROR)
ANSWERS: Mapping[str, str] = {"accept": "按表中所写", "empty": "这一格留空", "skip": "不导入", "new": "都不是，新登记"}
SEVERITIES: Mapping[str, str] = {"error": "错误", "doubt": "待确认", "warning": "提醒"}
SEVERITY_TONES: Mapping[str, str] = {"error": "overdue", "doubt": "warning", "warning": "hint"}
BY_NAME = 0.85  # confidence from which the head itself named the field
BY_CONTENT = 0.5
NAMED = 10  # that are told one by one


def sentence(batch: Batch) -> str:
    """How many rows there are, and what they would do; once it is written, nothing waits any more."""
    counts, over = batch.counts, batch.written_at is not None
    if not counts:
        return ""
    told = [f"{state.label} {counts[state]}" for state in State if counts[state] and not (over and state in WAITING)]
    if over and (left := sum(counts[state] for state in WAITING)):
        told.append(f"没有写入 {left}")
    return f"共 {counts['rows']} 行：{'，'.join(told)}。"


def certainty(column: Mapping[str, Any], *, is_chosen: bool, is_remembered: bool) -> tuple[str, str]:
    """How a column came to be taken for its field, and in which tone that is said."""
    if is_chosen:
        return "由您指定", "good"
    if not column["field"]:
        return "没有对应的栏目", ""
    if is_remembered:
        return "按上次的对应关系", "good"
    if column["confidence"] >= BY_NAME:
        return "按名称认出", "good"
    if column["confidence"] > BY_CONTENT:
        return "名称相近，请确认", "warning"
    return "按内容推断，请确认", "warning"


def few(names: Sequence[str]) -> str:
    """Some names, and how many there are where they are many."""
    more = f"等 {len(names)} 处" if len(names) > NAMED else ""
    return f"{'、'.join(names[:NAMED])}{more}"
