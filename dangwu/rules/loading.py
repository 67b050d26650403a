"""Reading a rulebook from its folder: all of it or, where there is one error, nothing."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from dangwu.rules.linting import check_citations, check_replacements, check_rule
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import DocumentShape, FactShape, RuleShape
from dangwu.rules.texts import RulebookError, Text, Trouble, read_text

NATIONAL = "national"
Shaped = TypeVar("Shaped")
Vocabulary = dict[str, dict[str, FactShape]]

REMEDIES = {
    "extra_forbidden": ("不认识的键“{key}”", "请删去，或对照 rulebook/README.md 改正拼写"),
    "missing": ("缺少“{key}”", "请按 rulebook/README.md 补上"),
    "too_short": ("“{key}”的内容太少", "请补足；每条规则至少要有符合、不符合、不适用三个例子"),
}


def load_rulebook(directory: Path, packs: Iterable[str] | None = ()) -> Rulebook:
    """Read the national rules and the named packs (a place under `local/`, or `practice`); None reads every pack.

    Raises RulebookError with every error in every file, those of packs that are not switched on included.
    """
    reader = _Reader(directory)
    reader.read()
    if reader.troubles:
        raise RulebookError(reader.troubles)
    chosen = None if packs is None else {NATIONAL, *packs}
    unknown = (chosen or set()) - set(reader.packs)
    if unknown:
        known = "、".join(sorted(set(reader.packs) - {NATIONAL}))
        names = "、".join(sorted(unknown))
        raise RulebookError([Trouble("", 0, f"没有名为“{names}”的规则包", f"可用的规则包有：{known}")])
    rules = {rule.id: rule for rule in reader.rules if chosen is None or rule.pack in chosen}
    documents = {rule.document.id: rule.document for rule in rules.values()}
    return Rulebook(rules, documents, reader.vocabulary, reader.sources)


class _Reader:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.troubles: list[Trouble] = []
        self.rules: list[Rule] = []
        self.documents: dict[str, DocumentShape] = {}
        self.vocabulary: Vocabulary = {}
        self.sources: dict[str, str] = {}
        self.packs: list[str] = [NATIONAL]

    def read(self) -> None:
        self.vocabulary = self._vocabulary()
        if sources := self._shaped(self.directory / "sources.yaml", dict[str, str]):
            self.sources = sources[0]
        folders = sorted(path.parent for path in self.directory.rglob("document.yaml"))
        if not folders:
            self.troubles.append(
                Trouble(str(self.directory), 1, "这里没有规则库", "请指定含有 national 目录的规则库文件夹")
            )
        texts = [(folder, self._document(folder)) for folder in folders]
        read = [(rule, text) for folder, document in texts if document for rule, text in self._rules(folder, document)]
        self._check(read)

    def _check(self, read: list[tuple[Rule, Text]]) -> None:
        by_id = {rule.id: rule for rule, _ in read}
        seen: dict[str, str] = {}
        for rule, text in read:
            if rule.id in seen:
                text.trouble(("id",), f"编号“{rule.id}”已在 {seen[rule.id]} 中用过", "编号不得重复，请另起一个")
            seen[rule.id] = text.file
            check_citations(rule, text, self.documents, self.sources)
            check_rule(rule, text, self.vocabulary)
            check_replacements(rule, text, by_id)
            self.troubles.extend(text.troubles)
        self.rules = [rule for rule, _ in read]

    def _shown(self, path: Path) -> str:
        return str(path.relative_to(self.directory))

    def _text(self, path: Path) -> Text | None:
        text = read_text(path, self._shown(path))
        if not text.troubles:
            return text
        self.troubles.extend(text.troubles)
        return None

    def _shaped(self, path: Path, shape: type[Shaped]) -> tuple[Shaped, Text] | None:
        text = self._text(path)
        if text is None:
            return None
        try:
            return TypeAdapter(shape).validate_python(text.content), text
        except ValidationError as error:
            self.troubles.extend(_told(error, text))
            return None

    def _vocabulary(self) -> Vocabulary:
        read = self._shaped(self.directory / "facts.yaml", dict[str, dict[str, FactShape]])
        vocabulary: Vocabulary = {"organisation": {}, "member": {}, "activity": {}, **(read[0] if read else {})}
        names = dict(self._activities())
        for kind, name in names.items():
            vocabulary["organisation"][kind] = FactShape(type="count", label=f"{name}次数", per="period")
        if "activity" in vocabulary["activity"]:
            choice = vocabulary["activity"]["activity"].model_copy(update={"choices": names})
            vocabulary["activity"]["activity"] = choice
        return vocabulary

    def _activities(self) -> Iterator[tuple[str, str]]:
        for path in sorted((self.directory / "activities").glob("*.yaml")):
            text = self._text(path)
            if text is not None and isinstance(text.content, dict):
                yield str(text.content.get("id", path.stem)), str(text.content.get("name", path.stem))

    def _document(self, folder: Path) -> DocumentShape | None:
        read = self._shaped(folder / "document.yaml", DocumentShape)
        if read is None:
            return None
        document, text = read
        if document.id in self.documents:
            text.trouble(("id",), f"文件编号“{document.id}”重复", "每个文件的编号只用一次")
            self.troubles.extend(text.troubles)
        self.documents[document.id] = document
        return document

    def _rules(self, folder: Path, document: DocumentShape) -> Iterator[tuple[Rule, Text]]:
        pack = _pack_of(folder.relative_to(self.directory))
        self.packs.append(pack)
        for path in sorted((folder / "rules").glob("*.yaml")):
            read = self._shaped(path, RuleShape)
            if read is None:
                continue
            shape, text = read
            if shape.id != path.stem:
                text.trouble(("id",), f"编号“{shape.id}”与文件名不一致", f"请改为“{path.stem}”")
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield Rule(shape, document, pack, digest, self.vocabulary.get(shape.subject, {})), text


def _pack_of(folder: Path) -> str:
    return folder.parts[1] if folder.parts[0] == "local" else folder.parts[0]


def _told(error: ValidationError, text: Text) -> Iterator[Trouble]:
    for detail in error.errors():
        key = detail["loc"]
        named = next((str(part) for part in reversed(key) if isinstance(part, str)), "文件")
        message, remedy = REMEDIES.get(
            str(detail["type"]), ("“{key}”的值“{value}”不合要求", "请对照 rulebook/README.md 改正")
        )
        value = detail["input"] if isinstance(detail["input"], str) else "…"
        yield Trouble(text.file, text.line(key), message.format(key=named, value=value), remedy)
