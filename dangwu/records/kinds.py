"""The kinds of activity that the rulebook knows, and which of them a workbook means by what it writes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dangwu.rules.texts import RulebookError, Text, Trouble, read_text

_LISTS = ("aliases", "also")
_KEYS = ("id", "name", *_LISTS)
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
    """One kind: its code, its official name, what else it is called, and the kinds whose duty it fulfils too."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


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

    def name_of(self, kind_id: str) -> str:
        return self._kinds[kind_id].name

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
    for path, text in texts:
        _check_shape(text, path.stem)
    if not _troubles(texts):
        _check_names(texts)
        _check_also(texts)
    if troubles := _troubles(texts):
        raise RulebookError(troubles)
    return ActivityKinds(_kind(text) for _, text in texts)


def _troubles(texts: list[tuple[Path, Text]]) -> list[Trouble]:
    return [trouble for _, text in texts for trouble in text.troubles]


def _kind(text: Text) -> ActivityKind:
    aliases, also = (tuple(text.content.get(key, ())) for key in _LISTS)
    return ActivityKind(text.content["id"], text.content["name"], aliases, also)


def _check_shape(text: Text, stem: str) -> None:
    if text.troubles:
        return
    if not isinstance(text.content, dict):
        text.trouble((), "文件里应当是一个活动类型", "请写明编号、名称和别名")
        return
    for key, value in text.content.items():
        if key not in _KEYS:
            text.trouble((key,), f"不认识的键“{key}”", f"可用的键是 {'、'.join(_KEYS)}")
        elif key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            text.trouble((key,), f"“{key}”应当是一列文字", "请写成 [甲, 乙] 的样子")
    for key in ("id", "name"):
        if not isinstance(text.content.get(key), str):
            text.trouble((key,), f"缺少“{key}”", "请补上")
    if text.content.get("id", stem) != stem:
        text.trouble(("id",), f"编号“{text.content['id']}”与文件名不一致", f"请改为“{stem}”")


def _check_names(texts: list[tuple[Path, Text]]) -> None:
    """A name that stands for two kinds would make one of them win in silence."""
    owners: dict[str, str] = {}
    for _, text in texts:
        aliases = text.content.get("aliases", ())
        names = {("name",): text.content["name"]} | {("aliases", index): name for index, name in enumerate(aliases)}
        for key, name in names.items():
            owner = owners.setdefault(_clean(name), text.file)
            if owner != text.file:
                text.trouble(key, f"“{name}”已在 {owner} 中用过", "一个叫法只能属于一种活动，请删去其中一处")


def _check_also(texts: list[tuple[Path, Text]]) -> None:
    known = {text.content["id"] for _, text in texts}
    for _, text in texts:
        for index, kind_id in enumerate(text.content.get("also", ())):
            if kind_id not in known - {text.content["id"]}:
                text.trouble(("also", index), f"没有名为“{kind_id}”的其他活动类型", "请改正编号，或先建立这个活动类型")
