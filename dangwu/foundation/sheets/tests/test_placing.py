from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.shapes import Column, Flaw, Problem, Reading, Row, Severity

FLAW = Flaw("present.more_than_expected", Severity.ERROR, "实到多于应到", "请核对签到表")
CELL = Problem("台账.xlsx", "一季度", 5, "C", "expected", "expected.malformed", Severity.ERROR, "不是数字", "请填数字")


def placed() -> Placed:
    columns = (
        Column("C", "应到", "expected", 1.0),
        Column("D", "实到", "present", 1.0),
        Column("E", "备注", None, 0.0),
    )
    return Placed(Reading("台账.xlsx", "一季度", (), (1, 1), columns, [Row(5, {})], [CELL]))


def test_a_flaw_gets_the_place_of_its_column() -> None:
    ledger = placed()
    ledger.add(Row(3, {}), "present", FLAW)
    first, second = ledger.complete().problems
    assert (first.file, first.sheet, first.row, first.column, first.code) == ("台账.xlsx", "一季度", 3, "D", FLAW.code)
    assert second == CELL


def test_a_flaw_of_the_whole_workbook_comes_first() -> None:
    ledger = placed()
    ledger.add(None, "organisation", FLAW)
    first = ledger.complete().problems[0]
    assert (first.row, first.column) == (None, None)


def test_columns_and_faulty_cells_are_known() -> None:
    ledger = placed()
    assert ledger.has_column("present")
    assert not ledger.has_column("organisation")
    assert ledger.is_faulty(Row(5, {}), "expected")
    assert not ledger.is_faulty(Row(5, {}), "present")
