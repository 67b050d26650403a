"""How the cells of a roster are read: each gives a clean value, or says what is wrong and what to do about it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from dangwu.foundation.sheets.cells import is_blank, masked, plain, quoted, stated, text_of
from dangwu.foundation.sheets.codes import Code, code_table
from dangwu.foundation.sheets.dates import DateFault, DateReading, date_reader
from dangwu.foundation.sheets.identity import IdentityFault, any_damaged, looks_like_identity, read_identity
from dangwu.foundation.sheets.names import one_dot
from dangwu.foundation.sheets.shapes import Cell, Flaw, Parsed, Severity, Surroundings

Parse = Callable[[Cell], Parsed]

_NOT_YET = frozenset(["未转正", "尚未转正", "待转正", "预备", "预备期", "预备期内", "预备党员", "未到期", "未满"])
_SPACE = re.compile(r"\s+")
_CHINESE_SPACE = re.compile(r"(?<=[^\x00-\xff])\s+|\s+(?=[^\x00-\xff])")
_BEHIND_NAME = re.compile(r"[（(](?:男|女|预备|预备党员|正式|正式党员|[^（()）]{1,5}族)[)）]$|[*＊※]+$")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PHONE = re.compile(r"1[3-9]\d{9}|(?:0\d{2,3}-?)?[2-8]\d{6,7}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1\d{10}$))-?")
_BETWEEN_PHONES = re.compile(r"[、,;/|]")
_ORGANISATION = re.compile(r".*(?:支部|支部委员会|总支|总支委|党委|党组)(?:\(.*\))?")


def parse_name(cell: Cell) -> Parsed:
    """The name without the white space that aligns it, with one kind of dot; rare characters stay as they are."""
    text = stated(cell)
    if text is None or not isinstance(cell, str):
        return Parsed(None, (_NO_NAME,))
    name = _CHINESE_SPACE.sub("", _SPACE.sub(" ", text))
    name = one_dot(_BEHIND_NAME.sub("", name))
    if name and plain(name).isascii() and not any(map(str.isalpha, name)):
        message, remedy = f"“{quoted(name)}”不是姓名，没有计入名册", "请填写姓名；几栏内容错位的，请先对齐"
        return _flawed("name.malformed", message, remedy)
    return Parsed(name) if name else Parsed(None, (_NO_NAME,))


def parse_text(cell: Cell) -> Parsed:
    """Text on one line."""
    text = stated(cell)
    return Parsed(None if text is None else _CHINESE_SPACE.sub("", _SPACE.sub(" ", text)))


def parse_long_text(cell: Cell) -> Parsed:
    """Text that keeps its lines."""
    return Parsed(stated(cell))


def identity_parser(surroundings: Surroundings) -> Parse:
    """How to read the identity numbers of a column."""
    beside_damaged = any_damaged(surroundings.cells)
    return lambda cell: parse_identity(cell, beside_damaged=beside_damaged)


def parse_identity(cell: Cell, *, beside_damaged: bool = False) -> Parsed:
    """A number with 18 digits. What is damaged or wrong is never taken over."""
    number, fault = read_identity(cell, beside_damaged=beside_damaged)
    if fault:
        return Parsed(None, (_identity_flaw(fault, text_of(cell)),))
    if number is None:
        return Parsed(None)
    return Parsed(number.text, () if number.region_is_known else (_unknown_region(number.text),))


def _identity_flaw(fault: IdentityFault, written: str) -> Flaw:
    shown = masked(written)
    message, remedy = {
        IdentityFault.MALFORMED: (f"“{shown}”不是身份证号码", "请核对位数和出生日期部分，填写 18 位号码"),
        IdentityFault.CHECK_DIGIT: (f"身份证号码 {shown} 的校验码不对，有数字写错", "请对照身份证逐位核对"),
        IdentityFault.DAMAGED: (
            f"身份证号码 {shown} 已被表格软件改坏，末几位丢失，不采用",
            "请先把这一列的单元格格式设为“文本”，再对照身份证重新填写",
        ),
    }[fault]
    return Flaw(f"identity_number.{fault.value}", Severity.ERROR, message, remedy)


def _unknown_region(number: str) -> Flaw:
    message = f"身份证号码 {masked(number)} 开头的地区代码不存在"
    return Flaw("identity_number.region", Severity.WARNING, message, "请核对前 6 位；确实无误的不必修改")


def parse_phone(cell: Cell) -> Parsed:
    """Telephone numbers; an odd one is kept as it stands."""
    if isinstance(cell, str) and _MOBILE.fullmatch(cell):
        return Parsed(cell)
    if stated(cell) is None:
        return Parsed(None)
    numbers = [_COUNTRY.sub("", part) for part in _BETWEEN_PHONES.split(plain(cell)) if part]
    numbers = [number.replace("-", "") if number.startswith("1") else number for number in numbers]
    if numbers and all(map(_PHONE.fullmatch, numbers)):
        return Parsed("、".join(numbers))
    if looks_like_identity(cell):
        return _flawed("phone.malformed", "联系电话一栏写的是身份证号码，不采用", "请把身份证号码写到它自己的一栏")
    message = f"联系电话“{masked(text_of(cell))}”不像电话号码"
    remedy = "手机号码应为 11 位，固定电话请写成“区号-号码”"
    return Parsed(text_of(cell), (Flaw("phone.malformed", Severity.WARNING, message, remedy),))


def parse_money(cell: Cell) -> Parsed:
    """An amount in yuan."""
    try:
        amount = Decimal(plain(cell).removesuffix("元").removeprefix("¥").replace(",", ""))
    except InvalidOperation:
        return Parsed(None)
    return Parsed(amount if amount.is_finite() and amount >= 0 else None)


def coded(field: str, label: str, severity: Severity, value: Callable[[Code], str]) -> Parse:
    """How to read a value out of a code table of the same name. Where it only warns, what is written is kept."""

    def parse(cell: Cell) -> Parsed:
        text = stated(cell)
        if text is None:
            return Parsed(None)
        if found := code_table(field).find(cell):
            return Parsed(value(found))
        flaw = Flaw(f"{field}.unknown", severity, f"{label}“{quoted(text)}”不在规定的名称之中", _remedy(field))
        return Parsed(text if severity is Severity.WARNING else None, (flaw,))

    return parse


def _remedy(field: str) -> str:
    names = [code.name for code in code_table(field).codes.values()]
    few = f"请填写{'或'.join(f'“{name}”' for name in names)}"
    return few if len(names) <= len(("男", "女")) else f"请填写规范名称，例如“{names[0]}”“{names[1]}”"


def parse_employment(cell: Cell) -> Parsed:
    """in_service, retired or other; what is none of them is kept as it stands."""
    found = code_table("employment_kind").find(cell)
    return Parsed(found.word if found else stated(cell))


def dates_on(field: str, label: str, on: date) -> Callable[[Surroundings], Parse]:
    """How to read the dates of a column as seen on a day."""
    waiting = _NOT_YET if field == "confirmed_on" else frozenset[str]()
    impossible = "impossible" if field == "birth_date" else "unreadable"

    def within(surroundings: Surroundings) -> Parse:
        read = date_reader(on, surroundings)

        def parse(cell: Cell) -> Parsed:
            value, fault = read(cell) if plain(cell) not in waiting else DateReading()
            if fault is DateFault.IMPOSSIBLE:
                message = f"{label}“{quoted(cell)}”在日历上不存在"
                return _flawed(f"{field}.{impossible}", message, "请对照档案核对年、月、日")
            if fault:
                return _unreadable(field, label, fault, quoted(cell))
            if value and value.earliest > on:
                return _flawed(f"{field}.in_future", f"{label}“{quoted(cell)}”晚于检查日 {on}", "请核对年份")
            return Parsed(value)

        return parse

    return within


def _unreadable(field: str, label: str, fault: DateFault, written: str) -> Parsed:
    code = f"{field}.unreadable"
    if fault is DateFault.JANUARY_OR_OCTOBER:
        message = f"{label}“{written}”可能是 1 月，也可能是 10 月（表格软件会去掉末尾的 0）"
        year = written.partition(".")[0]
        return _flawed(code, message, f"请写成“{year}-01”或“{year}-10”", Severity.DOUBT)
    if fault is DateFault.YEAR_ONLY:
        return _flawed(code, f"{label}“{written}”只有年份", "请补上月份，例如 1998-07")
    return _flawed(code, f"{label}“{written}”认不出是哪一天", "请写成 1998-07 或 1998-07-01 的样子")


def _flawed(code: str, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Parsed:
    return Parsed(None, (Flaw(code, severity, message, remedy),))


def looks_like_organisation(cell: Cell) -> bool:
    """Whether a cell names a party organisation."""
    return isinstance(cell, str) and not is_blank(cell) and _ORGANISATION.fullmatch(plain(cell)) is not None


def looks_like_phone(cell: Cell) -> bool:
    """Whether a cell holds a mobile number."""
    return _MOBILE.fullmatch(plain(cell)) is not None


def looks_coded(table: str) -> Callable[[Cell], bool]:
    """Whether a cell holds the name (not only the code) of an entry of a table."""
    return lambda cell: not plain(cell).isascii() and code_table(table).find(cell) is not None


_NO_NAME = Flaw("name.missing", Severity.ERROR, "这一行没有姓名，没有计入名册", "请补上姓名；多余的行请删去")
