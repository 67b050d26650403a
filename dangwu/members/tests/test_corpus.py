"""Rosters as messy as offices keep them, each with its answers: who is on it, and every problem by line and column."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook as Book
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from dangwu.foundation.sheets.identity import check_digit
from dangwu.foundation.sheets.shapes import Cell
from dangwu.members.sheets import RosterRow, read_rosters

ON = date(2026, 11, 23)
Line = Sequence[Cell]
Told = tuple[str | None, ...]
Found = tuple[int | None, str | None, str]


def number(birth: str, sequence: str) -> str:
    seventeen = f"990101{birth}{sequence}"
    return seventeen + check_digit(seventeen)


@dataclass(frozen=True)
class Messy:
    """A workbook: how it is written, the fields to compare, what they must be for each person, and the problems."""

    name: str
    write: Callable[[Path], None]
    people: list[Told]
    told: tuple[str, ...] = ("name", "organisation", "joined_on")
    problems: list[Found] = field(default_factory=list)
    suffix: str = ".xlsx"


def sheet_of(
    *lines: Line, merged: str = "", change: Callable[[Book, Worksheet], None] | None = None
) -> Callable[[Path], None]:
    """Written by openpyxl, with these cells merged."""

    def write(path: Path) -> None:
        book = Book()
        for line in lines:
            book.active.append(line)
        for block in merged.split():
            book.active.merge_cells(block)
        if change:
            change(book, book.active)
        book.save(path)

    return write


def text_of(*lines: Line, delimiter: str = ",", encoding: str = "utf-8") -> Callable[[Path], None]:
    """Written as a text table."""

    def write(path: Path) -> None:
        content = StringIO()
        csv.writer(content, delimiter=delimiter).writerows(lines)
        path.write_bytes(content.getvalue().encode(encoding))

    return write


def typed_by_xlsxwriter(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("党员")
    sheet.merge_range("A1:D1", "党员名册", book.add_format({"bold": True}))
    sheet.write_row(1, 0, ["姓名", "党支部", "入党日期", "转正日期"])
    sheet.write_row(2, 0, ["王芳", "一支部"])
    sheet.write_datetime(2, 2, date(1998, 7, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_number(2, 3, 36342)
    book.close()


def count_from_1904(book: Book, sheet: Worksheet) -> None:
    book.epoch = CALENDAR_MAC_1904
    sheet["C2"] = date(1998, 7, 1)
    sheet["C3"] = 34515


def add_sheets(book: Book, _: Worksheet) -> None:
    for title in ("填表说明", "代码"):
        book.create_sheet(title, 0).append([title, "姓名填写全名"])


HEAD = ("姓名", "党支部", "入党时间")
WANG: Told = ("王芳", "一支部", "1998-07")
LI: Told = ("李强", "二支部", "2001-12")
SAME_MONTH: list[tuple[str, Cell]] = [
    ("甲一", "98年7月"),
    ("甲二", 199807),
    ("甲三", "一九九八年七月"),
    ("甲四", "１９９８／７"),
    ("甲五", "1998年7月入党"),
    ("甲六", 1998.07),
]

CORPUS = [
    Messy("tidy", sheet_of(HEAD, WANG, LI), [WANG, LI]),
    Messy(
        "title, unit and date above the head",
        sheet_of(["党员花名册"], ["填报单位：某局", None, "2026年11月"], HEAD, WANG, merged="A1:C1"),
        [WANG],
    ),
    Messy(
        "three levels of heads, merged",
        sheet_of(
            ["序号", "姓名", "基本情况", None, "党内情况", None],
            [None, None, "性别", "出生", "组织", "时间"],
            [None, None, None, "年月", "所在党支部", "入党"],
            [1, "王芳", "女", "1975.03", "一支部", "1998.07"],
            merged="A1:A3 B1:B3 C1:D1 E1:F1 C2:C3",
        ),
        [("王芳", "一支部", "female", "1975-03")],
        ("name", "organisation", "gender", "birth_date"),
    ),
    Messy(
        "the same fact of somebody else beside it",
        sheet_of(
            ["姓名", "党支部", "配偶情况", None, "入党介绍人", "入党时间"],
            [None, None, "姓名", "身份证号", None, None],
            ["王芳", "一支部", "赵六", number("19760101", "111"), "孙七", "1998.07"],
            merged="A1:A2 B1:B2 C1:D1 E1:E2 F1:F2",
        ),
        [("王芳", "一支部", None)],
        ("name", "organisation", "identity_number"),
    ),
    Messy(
        "totals, sub-totals, repeated heads, notes",
        sheet_of(
            HEAD,
            WANG,
            ["一支部小计", None, "1人"],
            [],
            HEAD,
            LI,
            ["合　计", 2],
            ["备注：以上为在册党员"],
            ["填表人：张三"],
        ),
        [WANG, LI],
    ),
    Messy(
        "the branch merged over its members, one member without",
        sheet_of(HEAD, WANG, ["赵敏", None, "2003.07"], ["孙丽", None, "2004.07"], LI, merged="B2:B3"),
        [WANG, ("赵敏", "一支部", "2003-07"), ("孙丽", None, "2004-07"), LI],
        problems=[(4, "B", "organisation.missing")],
    ),
    Messy(
        "the branch only in the first line of its block",
        sheet_of(HEAD, WANG, ["赵敏", None, "2003.07"], LI, ["孙丽", None, "2004.07"]),
        [WANG, ("赵敏", "一支部", "2003-07"), LI, ("孙丽", "二支部", "2004-07")],
    ),
    Messy(
        "a gap where every line names its branch",
        sheet_of(HEAD, WANG, ["赵敏", "一支部", "2003.07"], ["孙丽", None, "2004.07"], LI),
        [WANG, ("赵敏", "一支部", "2003-07"), ("孙丽", None, "2004-07"), LI],
        problems=[(4, "B", "organisation.missing")],
    ),
    Messy(
        "the branch as a banner over its members",
        sheet_of(
            ["序号", "姓名", "入党时间"],
            ["第一党支部（1人）"],
            [1, "王芳", "1998.07"],
            ["第二党支部（1人）"],
            [2, "李强", "2001.12"],
            merged="A2:C2 A4:C4",
        ),
        [("王芳", "第一党支部（1人）", "1998-07"), ("李强", "第二党支部（1人）", "2001-12")],
    ),
    Messy(
        "the branch in the title alone",
        sheet_of(
            ["中共某局机关第三支部委员会党员名册"],
            ["姓名", "性别", "入党时间"],
            ["王芳", "女", "1998.07"],
            merged="A1:C1",
        ),
        [("王芳", "某局机关第三支部委员会", "1998-07")],
    ),
    Messy(
        "the table behind covers and explanations",
        sheet_of(HEAD, WANG, change=add_sheets),
        [WANG],
    ),
    Messy(
        "text in GB 18030 with a rare character",
        text_of(HEAD, ["𠮷芳", "一支部", "1998.07"], encoding="gb18030"),
        [("𠮷芳", "一支部", "1998-07")],
        suffix=".csv",
    ),
    Messy(
        "text with a mark and semicolons",
        text_of(HEAD, WANG, delimiter=";", encoding="utf-8-sig"),
        [WANG],
        suffix=".csv",
    ),
    Messy(
        "text of two levels", text_of(["姓名", "党内情况", ""], ["", "党支部", "入党时间"], WANG), [WANG], suffix=".csv"
    ),
    Messy("text saved as Unicode", text_of(HEAD, WANG, delimiter="\t", encoding="utf-16"), [WANG], suffix=".txt"),
    Messy(
        "dates in every way",
        sheet_of(HEAD, *([name, "一支部", written] for name, written in SAME_MONTH)),
        [(name, "一支部", "1998-07") for name, _ in SAME_MONTH],
    ),
    Messy(
        "dates as the office program keeps them",
        typed_by_xlsxwriter,
        [("王芳", "1998-07-01", "1999-07-01")],
        ("name", "joined_on", "confirmed_on"),
    ),
    Messy(
        "days counted from 1904",
        sheet_of(HEAD, ["王芳", "一支部"], ["李强", "二支部"], change=count_from_1904),
        [("王芳", "一支部", "1998-07-01"), ("李强", "二支部", "1998-07-01")],
    ),
    Messy(
        "October without its zero, as the column shows",
        sheet_of(HEAD, ["王芳", "一支部", 1998.1], ["李强", "二支部", 2001.07]),
        [("王芳", "一支部", "1998-10"), ("李强", "二支部", "2001-07")],
    ),
    Messy(
        "January or October, nobody can know",
        sheet_of(HEAD, ["王芳", "一支部", 1998.1], ["李强", "二支部", 2001.7]),
        [("王芳", "一支部", None), ("李强", "二支部", "2001-07")],
        problems=[(2, "C", "joined_on.unreadable")],
    ),
    Messy(
        "dates that cannot be",
        sheet_of(
            [*HEAD, "转正时间", "出生年月"],
            ["王芳", "一支部", "2027.07", None, "1980.13"],
            ["李强", "一支部", "1997.07", "1996.07", "1980.01"],
            ["赵敏", "一支部", "不详", "2030年", "2028.01"],
        ),
        [("王芳", None, None), ("李强", "1997-07", None), ("赵敏", None, None)],
        ("name", "joined_on", "confirmed_on"),
        [
            (2, "C", "joined_on.in_future"),
            (2, "E", "birth_date.impossible"),
            (3, "C", "joined_on.under_18"),
            (3, "D", "confirmed_on.before_joined"),
            (4, "C", "joined_on.unreadable"),
            (4, "D", "confirmed_on.unreadable"),
            (4, "E", "birth_date.in_future"),
        ],
    ),
    Messy(
        "identity numbers that a spreadsheet has damaged",
        sheet_of(
            ["姓名", "党支部", "身份证号码"],
            ["王芳", "一支部", 990101198001011200],
            ["李强", "一支部", "9.90101E+17"],
            ["赵敏", "一支部", "990101198001011000"],
            ["孙丽", "一支部", number("19800101", "128")],
        ),
        [("王芳", None), ("李强", None), ("赵敏", None), ("孙丽", number("19800101", "128"))],
        ("name", "identity_number"),
        [(2, "C", "identity_number.damaged"), (3, "C", "identity_number.damaged"), (4, "C", "identity_number.damaged")],
    ),
    Messy(
        "values with codes",
        sheet_of(
            ["姓名", "性别", "民族", "文化程度", "党员类别", "所在党支部"],
            ["王芳", "02 女", "01汉族", "20_本科", "223_正式党员", "一支部"],
            ["李强", "男（1）", "满", "大专", "预备党员（224）", "一支部"],
            ["赵敏", "不明", "外星", "秀才", "积极分子", "一支部"],
        ),
        [
            ("female", "汉族", "大学本科", "full"),
            ("male", "满族", "大学专科", "probationary"),
            (None, "外星", "秀才", None),
        ],
        ("gender", "ethnicity", "education", "member_kind"),
        [
            (4, "B", "gender.unknown"),
            (4, "C", "ethnicity.unknown"),
            (4, "D", "education.unknown"),
            (4, "E", "member_kind.unknown"),
        ],
    ),
    Messy(
        "names with white space, remarks and dots",
        sheet_of(
            HEAD,
            ["王　芳", "一支部", "1998.07"],
            ["阿依古丽．买买提", "一支部", None],
            ["李强（预备）", "一支部", None],
            [None, "一支部", "1998.07"],
        ),
        [("王芳",), ("阿依古丽·买买提",), ("李强",)],
        ("name",),
        [(5, "A", "name.missing")],
    ),
    Messy(
        "namesakes, repetitions and shared numbers",
        sheet_of(
            ["姓名", "党支部", "身份证号", "出生年月"],
            ["王芳", "一支部", number("19800101", "128"), None],
            ["王芳", "一支部", number("19820202", "224"), None],
            ["李强", "一支部", None, None],
            ["李强", "一支部", None, None],
            ["赵敏", "二支部", number("19800101", "128"), None],
            ["王芳", "一支部", number("19820202", "224"), None],
            ["孙丽", "一支部", None, "1990.01"],
            ["孙丽", "一支部", None, "1990.01"],
        ),
        [("王芳",), ("王芳",), ("李强",), ("李强",), ("赵敏",), ("孙丽",)],
        ("name",),
        [
            (5, "A", "person.ambiguous"),
            (6, "C", "identity_number.duplicate"),
            (7, "A", "row.duplicate"),
            (9, "A", "row.duplicate"),
        ],
    ),
    Messy(
        "columns without heads, known by their content",
        sheet_of(
            ["姓名", None, "党支部", "号码"],
            ["王芳", "女", "一支部", number("19800101", "128")],
            ["李强", "男", "一支部", number("19800101", "131")],
        ),
        [("王芳", "female", number("19800101", "128")), ("李强", "male", number("19800101", "131"))],
        ("name", "gender", "identity_number"),
    ),
    Messy(
        "numbered columns, ready-numbered empty lines, an odd telephone",
        sheet_of(
            ["序号", "姓名", "党支部", "联系电话"],
            ["1", "2", "3", "4"],
            [1, "王芳", "一支部", 13900000000],
            [2, "李强", "一支部", "139-0000-000"],
            [3],
            [4],
        ),
        [("王芳", "13900000000"), ("李强", "139-0000-000")],
        ("name", "phone"),
        [(4, "D", "phone.malformed")],
    ),
]


def shown(row: RosterRow, told: Sequence[str]) -> Told:
    values = (getattr(row, name) for name in told)
    return tuple(None if value is None else str(value) for value in values)


@pytest.mark.parametrize("messy", CORPUS, ids=lambda messy: messy.name)
def test_everything_in_a_messy_roster_is_found_and_nothing_else(messy: Messy, tmp_path: Path) -> None:
    path = tmp_path / f"名册{messy.suffix}"
    messy.write(path)
    (roster,) = read_rosters(path, on=ON)
    assert [shown(row, messy.told) for row in roster.rows] == messy.people
    problems = [(p.row, p.column, p.code) for p in roster.problems if p.code != "identity_number.region"]
    assert problems == messy.problems
