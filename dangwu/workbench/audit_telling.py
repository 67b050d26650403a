"""What an entry of the audit says, in the words of the tables: which row, which column, from what to what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import DateField, Field, ForeignKey

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.pages.words import NOTHING, shown
from dangwu.kernel.span import DAWN, FAR

if TYPE_CHECKING:
    from django.db.models.options import Options

DIGEST_ONLY = "（只留摘要）"
VERSION = "version"  # counts the changes of a row, and says nothing else
ACTORS = {"account": "账号 {} 号", "command": "命令 {}", "visitor": "来自 {}", "system": "系统自动办理"}
COUNTED = {
    "": "共 {} 行，供核对使用，不逐行记录。",
    "exported": "导出 {} 行。",
    "papers": "下载 {} 份。",
    "opened": "打开 {} 项。",
    "resealed": "{} 项改用新密钥加密。",
}
UNCHANGED = "保存过一次，各项内容与原来相同。"
KINDS = {"created": "新增", "changed": "变更", "deleted": "删除"}


class Value(NamedTuple):
    """A column before and after, as people read it."""

    title: str
    before: str
    after: str

    @property
    def has_digest(self) -> bool:
        """Whether the log proves only that it changed."""
        return DIGEST_ONLY in {self.before, self.after}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one row, or of many at once: then there is only a sentence."""

    title: str
    kind: str
    values: tuple[Value, ...] = ()
    sentence: str = ""


def changes_of(entry: AuditEntry) -> list[Told]:
    """What an entry says of the rows it changed."""
    return [_told(change) for change in json.loads(entry.body)["changes"]]


def model_words(label: str) -> str:
    """What the rows of a table are called: `members.person` is 人员."""
    options = _options(label)
    return str(options.verbose_name) if options else "旧版本的内容"


def subject_words(subject: str) -> str:
    """Which row a subject is: `members.person:17` is 人员 17 号."""
    label, _, key = subject.rpartition(":")
    return f"{model_words(label)} {key} 号" if _options(label) else ""


def actor_words(key: str) -> str:
    """Which account, command or visitor a key of whoever acts names."""
    kind, _, which = key.partition(":")
    return ACTORS.get(kind, "编号 {}").format(which)


def _told(change: Mapping[str, Any]) -> Told:
    if "rows" in change:
        parts = [f"{KINDS[kind]} {number} 行" for kind, number in change["rows"].items()]
        return Told(model_words(change["model"]), "成批", sentence="、".join(parts) + "，逐行内容只留摘要。")
    if set(change.get("after", ())) == {"rows"}:
        return _counted(change)
    kind = "created" if "before" not in change else "changed" if "after" in change else "deleted"
    values = tuple(_values(change))
    return Told(f"{model_words(change['model'])} {change['pk']} 号", KINDS[kind], values, "" if values else UNCHANGED)


def _counted(change: Mapping[str, Any]) -> Told:
    """Rows that were only counted: those of trial data, values that were sealed anew, people on a roster that left."""
    label, _, what = change["model"].partition(":")
    title = _column_words(label) if what in {"opened", "resealed"} else model_words(label)
    sentence = COUNTED.get(what, COUNTED[""]).format(change["after"]["rows"])
    return Told(title, "成批", sentence=sentence)


def _column_words(label: str) -> str:
    """The column of a label such as `members.person.phone`."""
    model, _, name = label.rpartition(".")
    field = _columns(model).get(name)
    return f"{model_words(model)}的“{field.verbose_name}”" if field else "个人信息"


def _values(change: Mapping[str, Any]) -> Iterator[Value]:
    """The columns that people filled in; what is empty on both sides tells nothing."""
    columns, private = _columns(change["model"]), set(change.get("private", ()))
    before, after = change.get("before", {}), change.get("after", {})
    for name in _in_order(change["model"], before.keys() | after.keys()):
        field = columns.get(name)
        sides = [_shown(field, side.get(name), private=name in private and name in side) for side in (before, after)]
        if sides != [NOTHING, NOTHING]:
            yield Value(str(field.verbose_name) if field else "旧版本的项目", *sides)


def _in_order(label: str, names: set[str]) -> list[str]:
    """The names as the table has its columns; the key and the counter of changes are left out."""
    columns = _columns(label)
    skipped = {VERSION, *(name for name, field in columns.items() if field.primary_key)}
    return [name for name in (*columns, *sorted(names - columns.keys())) if name in names - skipped]


def _shown(field: "Field[Any, Any] | None", value: Any, *, private: bool) -> str:  # noqa: ANN401 - what a body holds
    if private:
        return DIGEST_ONLY
    if value is None or value == "":
        return NOTHING
    if field is None:
        return shown(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ForeignKey):
        return f"{field.related_model._meta.verbose_name} {value} 号"  # noqa: SLF001 - Django's own way
    return _moment(value) if isinstance(field, DateField) else shown(value)


def _moment(text: str) -> str:
    """A day or a moment as it is kept; the ends of what has none are said."""
    ends = {FAR.isoformat(): "至今", DAWN.isoformat(): "不详"}
    if text in ends:
        return ends[text]
    return shown(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


def _columns(label: str) -> "dict[str, Field[Any, Any]]":
    """The columns of a table by name; none where the program no longer has it."""
    options = _options(label)
    return {field.attname: field for field in options.concrete_fields} if options else {}


def _options(label: str) -> "Options[Any] | None":
    try:
        options: Options[Any] = apps.get_model(label)._meta  # noqa: SLF001 - Django's own way
    except (LookupError, ValueError):
        return None
    return options
