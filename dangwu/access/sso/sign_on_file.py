"""Reading the file that lists the providers: all of it or, where there is one error, nothing."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dangwu.access.sso.entries import ENTRIES, Entry

KINDS = "oidc、cas、ldap、dingtalk、feishu、wecom"
SEE = "请对照《单点登录》一章改正"
SENTENCES = {
    "extra_forbidden": f"不认识的键“{{key}}”，{SEE}",
    "missing": "缺少“{key}”，请补上",
    "union_tag_not_found": f"缺少“kind”，请写上 {KINDS} 中的一个",
    "union_tag_invalid": f"“kind”只能是 {KINDS} 中的一个",
    "value_error": "“{key}”不能这样写：{reason}",
}
OTHERWISE = f"“{{key}}”的值不合要求，{SEE}"
NAMES = "“{key}”不能作名称：方括号里请用小写字母开头的字母、数字和连字符，不超过三十个"


class SignOnFileError(ValueError):
    """Every error in the file, as sentences that name the line."""


def configured_entries() -> Mapping[str, Entry]:
    """The providers of this site by their id; none where no file was named or is there. Raises SignOnFileError."""
    path = Path(settings.SIGN_ON)
    if os.environ.get("DANGWU_SIGN_ON") and not path.is_file():
        raise SignOnFileError(f"没有文件 {path}，请核对环境变量 DANGWU_SIGN_ON")
    return read_entries(path)


@lru_cache(maxsize=8)
def read_entries(path: Path) -> Mapping[str, Entry]:
    """Read the file once; a change of it needs a restart. Raises SignOnFileError."""
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SignOnFileError(f"{path.name} 不是 UTF-8 编码，请另存为 UTF-8") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SignOnFileError(f"{path.name} {_broken_line(error, text)}写法不对，{SEE}") from error
    try:
        return ENTRIES.validate_python(_named(tables), context={"folder": path.parent})
    except ValidationError as error:
        raise SignOnFileError("\n".join(_told(error, path.name, text.splitlines()))) from None


def _named(tables: dict[str, Any]) -> dict[str, Any]:
    return {name: {**table, "id": name} if isinstance(table, dict) else table for name, table in tables.items()}


def _broken_line(error: tomllib.TOMLDecodeError, text: str) -> str:
    found = re.search(r"line (\d+)", str(error))
    return f"第 {found[1] if found else len(text.splitlines())} 行"


def _told(error: ValidationError, file: str, lines: list[str]) -> Iterator[str]:
    for detail in error.errors():
        table, *keys = (str(part) for part in detail["loc"])
        key = keys[1] if len(keys) > 1 else ""
        line = _line(lines, table, key)
        yield f"{file} 第 {line} 行：{_sentence(detail, key or table)}。"


def _sentence(detail: ErrorDetails, key: str) -> str:
    if key == "id":
        return NAMES.format(key=detail["input"])
    reason = detail.get("ctx", {}).get("error", "")
    return SENTENCES.get(detail["type"], OTHERWISE).format(key=key, reason=reason)


def _line(lines: list[str], table: str, key: str) -> int:
    """Where a key of a table stands; the head of the table where the key is missing."""
    heads = re.compile(rf"""\s*\[?\s*["']?{re.escape(table)}["']?\s*[\]=]""")
    head = next((number for number, line in enumerate(lines, 1) if heads.match(line)), 1)
    for number, line in enumerate(lines[head:], head + 1):
        if line.lstrip().startswith("["):
            break
        if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
    return head
