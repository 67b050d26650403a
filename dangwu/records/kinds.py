"""The kinds of activity that the rulebook knows, and which of them a workbook means by what it writes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dangwu.records.kind_shapes import Expected, Form, Sensitivity, check_kinds
from dangwu.rules.texts import RulebookError, Text, Trouble, read_text

_IGNORED = re.compile(r"[\s\"'“”‘’《》]+")
_NOT_HELD = re.compile(
    r"^(?:未|没有|没|取消|延期|暂不|暂停|推迟)"
    r"|(?:未|没有|没|暂不)(?:能|按时|按期|如期|及时)*(?:召开|开展|举行|举办|进行|组织|开)"
    r"|(?:取消|延期|推迟|暂停)(?:召开|开展|举行|举办)?\)?$"
)
_CALLED_OFF = re.compile(
    r"(?:本月|当月|本季度?|因.{1,12})?,?(?:未|没有|没|暂不|已)?(?:能|按时|按期|如期|及时)*"
    r"(?:(?<=[未没有不能时期])(?:召开|开展|举行|举办|进行|组织)|取消|延期|推迟|暂停)(?:召开|开展|举行|举办)?。?"
)
_TAIL = re.compile(r"(?:会议|活动|工作|情况|记录)+$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_SEPARATORS = re.compile(r"[:,;、/+&|\-—_]+|暨|并|和|及|与|结合|套开")


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """One kind: its code, its official name, what else it is called, and the kinds whose duty it fulfils too.

    `held_by` are the kinds of organisation that hold it, `called_by` says in words who calls it; `expected` are those
    who should come; `roles` and `asks` what a record of it tells, `agenda` what it usually deals with.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    called_by: str = ""
    expected: Expected = Expected.MEMBERS
    roles: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    form: Form = Form.RECORD

    @property
    def is_confidential(self) -> bool:
        """Whether others than those concerned know only that it took place."""
        return self.sensitivity is Sensitivity.CONFIDENTIAL

    @property
    def votes(self) -> bool:
        """Whether something may be put to the vote, so that those with a vote are counted apart."""
        return "resolutions" in self.asks


class ActivityKinds:
    """All kinds, to be found by the words of a workbook."""

    def __init__(self, kinds: Iterable[ActivityKind]) -> None:
        self._kinds = {kind.id: kind for kind in kinds}
        self._called = {_clean(name): kind for kind in self._kinds.values() for name in (kind.name, *kind.aliases)}
        self._longest_first = sorted(self._called, key=len, reverse=True)
        self._answers: dict[str, tuple[str, ...]] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._kinds)

    def __getitem__(self, kind_id: str) -> ActivityKind:
        return self._kinds[kind_id]

    def __iter__(self) -> Iterator[ActivityKind]:
        return iter(self._kinds.values())

    def get(self, kind_id: str) -> ActivityKind | None:
        """The kind with this code; None where a record tells one that the rulebook knows no longer."""
        return self._kinds.get(kind_id)

    def name_of(self, kind_id: str) -> str:
        return self._kinds[kind_id].name

    def held_by(self, organisation_kind: str) -> list[ActivityKind]:
        """The kinds that such an organisation holds."""
        return [kind for kind in self if organisation_kind in kind.held_by]

    def served(self, kind_ids: Iterable[str]) -> tuple[str, ...]:
        """These kinds and those whose duty they fulfil too, each once."""
        every = (other for kind_id in kind_ids for other in (kind_id, *self._kinds[kind_id].also))
        return tuple(dict.fromkeys(every))

    def entailed(self, kind_ids: Iterable[str]) -> tuple[str, ...]:
        """Those whose duty is fulfilled only because another of them fulfils it too: an election is an assembly."""
        named = tuple(kind_ids)
        others = {other for kind_id in named for other in self._kinds[kind_id].also}
        return tuple(kind_id for kind_id in named if kind_id in others)

    def find(self, text: str) -> tuple[str, ...]:
        """The codes of all kinds that the words name; none where the words name nothing known.

        “三会一课-党课”, “2026年第一季度党员大会” and “主题党日暨党课” are understood; “未召开党员大会” names nothing.
        """
        if text not in self._answers:
            self._answers[text] = self._look_up(_clean(text))
        return self._answers[text]

    def _look_up(self, words: str) -> tuple[str, ...]:
        if _NOT_HELD.search(words):
            return ()
        found = [self._called[words]] if words in self._called else self._in_parts(words)
        ids = [kind_id for kind in found for kind_id in (kind.id, *kind.also)]
        return tuple(dict.fromkeys(ids))

    def _in_parts(self, words: str) -> list[ActivityKind]:
        """What stands outside brackets, then what stands in them: “主题党日（含党课）” is both."""
        outside = self._named_by_parts(_BRACKETED.sub("", words))
        return [*outside, *self._named_by_parts("、".join(_BRACKETED.findall(words)))]

    def _named_by_parts(self, words: str) -> list[ActivityKind]:
        whole = self._called.get(words)
        if whole:
            return [whole]
        named = (self._ending_in_a_name(part) for part in _SEPARATORS.split(words))
        return [kind for kind in named if kind]

    def _ending_in_a_name(self, part: str) -> ActivityKind | None:
        """In Chinese the last words say what a thing is, so “办公室支部一季度党员大会” is a 党员大会."""
        for words in (part, _TAIL.sub("", part)):
            name = next((name for name in self._longest_first if words.endswith(name)), None)
            if name:
                return self._called[name]
        return None


def called_off(topic: str) -> bool:
    """Whether all that a topic says is that nothing was held: “本月未开展”, “因故取消”."""
    return _CALLED_OFF.fullmatch(_clean(topic)) is not None


def _clean(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).lower()


def load_activity_kinds(directory: Path) -> ActivityKinds:
    """Read a folder of kinds, one a file; a RulebookError lists every error with file and line, and nothing is read."""
    texts = [(path, read_text(path, f"{directory.name}/{path.name}")) for path in sorted(directory.glob("*.yaml"))]
    if not texts:
        raise RulebookError([Trouble(str(directory), 1, "这里没有活动类型", "请指定规则库的 activities 文件夹")])
    if troubles := check_kinds({path.stem: text for path, text in texts}, same=_clean):
        raise RulebookError(troubles)
    return ActivityKinds(_kind(text) for _, text in texts)


def _kind(text: Text) -> ActivityKind:
    told: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in text.content.items()
    }
    for key, choices in (("expected", Expected), ("sensitivity", Sensitivity), ("form", Form)):
        if key in told:
            told[key] = choices(told[key])
    return ActivityKind(**told)
