"""Values out of code tables, as systems and people write them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sheets.codes import CODES, code_table
from dangwu.foundation.sheets.shapes import Cell

TABLES = sorted(path.stem for path in CODES.glob("*.yaml"))


@pytest.mark.parametrize(
    "cell", ["男", " 男 ", "01 男", "1-男", "1男", "1", "01", 1.0, "男（1）", "男_1", "男性", "１．男", "(1)男"]
)
def test_name_and_code_are_read_in_every_order(cell: Cell) -> None:
    found = code_table("gender").find(cell)
    assert found is not None
    assert found.key == "male"


@pytest.mark.parametrize("cell", ["223_正式党员", "正式党员（223）", "正式", "中共党员", "正式 党员"])
def test_a_code_of_another_system_does_not_hide_the_name(cell: Cell) -> None:
    found = code_table("member_kind").find(cell)
    assert found is not None
    assert found.code == "full"


@pytest.mark.parametrize(
    ("table", "cell", "name"),
    [
        ("ethnicity", "汉", "汉族"),
        ("ethnicity", "01", "汉族"),
        ("ethnicity", 11.0, "满族"),
        ("ethnicity", "维吾尔族", "维吾尔族"),
        ("education", "本科", "大学本科"),
        ("education", "省委党校研究生", "研究生"),
        ("education", "30_大专", "大学专科"),
        ("employment_kind", "已退休", "离退休"),
    ],
)
def test_what_people_write_has_its_official_name(table: str, cell: Cell, name: str) -> None:
    found = code_table(table).find(cell)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("cell", [None, "", "男女", "3", "不详", 3.5, True])
def test_what_is_in_no_table_is_not_guessed(cell: Cell) -> None:
    assert code_table("gender").find(cell) is None


def test_there_are_fifty_six_nationalities() -> None:
    assert sum(code.name.endswith("族") for code in code_table("ethnicity").codes.values()) == 56


@pytest.mark.parametrize("name", TABLES)
def test_no_name_of_a_table_means_two_things(name: str) -> None:
    table = code_table(name)
    claims = Counter(alias for code in table.codes.values() for alias in {code.name, *code.aliases})
    assert [alias for alias, count in claims.items() if count > 1] == []


@given(st.sampled_from(TABLES), st.data())
def test_every_code_with_its_name_is_read_back(name: str, data: st.DataObject) -> None:
    table = code_table(name)
    code = data.draw(st.sampled_from(list(table.codes.values())))
    form = data.draw(
        st.sampled_from(["{0.name}", "{0.code}_{0.name}", "{0.code} {0.name}", "{0.name}（{0.code}）", "{0.code}"])
    )
    assert table.find(form.format(code)) == code
