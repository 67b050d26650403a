"""What a form may hold, looked at before it is kept: nothing that acts, nothing that leads outside, no unknown word."""

import re
import zipfile
from collections.abc import Iterator
from difflib import get_close_matches
from io import BytesIO

from dangwu.foundation.archives import DAMAGED
from dangwu.foundation.objections import ObjectionError
from dangwu.workbench.papers.own_forms import excel_form, word_form
from dangwu.workbench.papers.own_forms.vocabulary import EVERY, GROUPS, PLACEHOLDER

LARGEST, LARGEST_CONTENT, MOST_ENTRIES = 2 * 1024**2, 40 * 1024**2, 500
MAIN = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
ACTS = re.compile(
    r"vbaproject|vbadata|/macrosheets/|/activex/|/embeddings/|/externallinks/|/querytables/|connections\.xml|afchunk"
    r"|\.bin$|customui|/ctrlprops/|webextension",
    re.IGNORECASE,
)
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LANGUAGE = re.compile(r"\{%|\{#|\$\{|\{\{[^{}]*$|\{\{[^{}]*\{")
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
AGAIN = "请去掉后重新上传。"


def check_form(content: bytes, suffix: str) -> None:
    """Refuse what cannot be used, and say what to do. Raises ObjectionError."""
    if suffix not in MAIN:
        raise ObjectionError("表样只能是 .docx 或者 .xlsx。旧格式请先用 Word 或者 WPS 另存。", field="file")
    if len(content) > LARGEST:
        raise ObjectionError("表样超过 2 MB。表样只要版式和占位符，请去掉图片后重新上传。", field="file")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive, suffix)
        texts = list((word_form if suffix == ".docx" else excel_form).texts(content))
    except (*DAMAGED, KeyError, RuntimeError) as error:
        raise ObjectionError("文件打不开。请用 Word、Excel 或者 WPS 打开后另存，再上传。", field="file") from error
    _check_words(texts)


def _check_parts(archive: zipfile.ZipFile, suffix: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if MAIN[suffix] not in names:
        raise ObjectionError(f"文件内容不是 {suffix}。请另存为 {suffix} 后再上传。", field="file")
    if acting := next((name for name in names if ACTS.search(f"/{name}")), ""):
        raise ObjectionError(f"表样里有宏、控件、嵌入对象或者外部数据（{acting}），不能使用。{AGAIN}", field="file")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
        raise ObjectionError("表样解开后大得不正常，不能使用。请只保留版式和占位符。", field="file")
    for name in names:
        _check_part(name, _read(archive, name), suffix)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """An entry, no longer than allowed whatever the archive says of it."""
    with archive.open(name) as entry:
        content = entry.read(LARGEST_CONTENT + 1)
    if len(content) > LARGEST_CONTENT:
        raise ValueError(name)
    return content


def _check_part(name: str, content: bytes, suffix: str) -> None:
    if name.endswith(".rels") and OUTSIDE.search(content):
        raise ObjectionError(f"表样里有指向外部的链接（超链接、外部图片、附加模板等），不能使用。{AGAIN}", field="file")
    if name.endswith((".xml", ".rels")) and DECLARES.search(content[:4096]):
        raise ObjectionError(f"表样里有外部声明，不能使用。{AGAIN}", field="file")
    if suffix == ".xlsx" and name.startswith("xl/worksheets/") and FORMULA.search(content):
        raise ObjectionError("表样里有公式。行数随活动增减，公式会算错，请改用占位符或者去掉。", field="file")


def _check_words(texts: list[word_form.Text]) -> None:
    for text in texts:
        if field := next((word for word in text.fields if word not in FIELDS), ""):
            raise ObjectionError(f"表样里有域代码“{field}”，只能用页码。请选中后按 Delete 去掉。", field="file")
        if LANGUAGE.search(text.words):
            message = f"“{text.words.strip()[:40]}”里的花括号不成对，或者写了程序语句。"
            raise ObjectionError(f"{message}占位符写成 {{{{支部名称}}}} 的样子。", field="file")
        for name in PLACEHOLDER.findall(text.words):
            _check_name(name)
        _check_place(text)
    if not any(PLACEHOLDER.search(text.words) for text in texts):
        raise ObjectionError("表样里没有占位符。请在要填写的地方写上 {{支部名称}} 这样的占位符。", field="file")


def _check_name(name: str) -> None:
    if name in EVERY:
        return
    close = get_close_matches(name, EVERY, 1, 0.5)
    hint = f"是不是“{close[0]}”？" if close else ""
    raise ObjectionError(f"没有“{name[:30]}”这个占位符。{hint}可用的占位符见“占位符说明”。", field="file")


def _check_place(text: word_form.Text) -> None:
    groups = [group for group, words in GROUPS.items() if set(PLACEHOLDER.findall(text.words)) & words.keys()]
    if len(groups) > 1:
        raise ObjectionError("表格的同一行里，活动的占位符和党员的占位符不能混用。请分成两个表。", field="file")
    if groups and not text.in_row:
        name = next(n for n in PLACEHOLDER.findall(text.words) if n in GROUPS[groups[0]])
        raise ObjectionError(f"“{name}”要放在表格的一行里，这一行会按活动或者党员自动重复。", field="file")


def names_in(texts: list[word_form.Text]) -> Iterator[str]:
    """The placeholders of a form, in their order."""
    for text in texts:
        yield from PLACEHOLDER.findall(text.words)
