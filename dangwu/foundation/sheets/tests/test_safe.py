from dangwu.foundation.sheets.safe import legible, sheet_name


def test_legible_text_keeps_rare_characters_and_lines() -> None:
    assert legible("𠮷·\n\t甲\x00\x1f乙\ud800") == "𠮷·\n\t甲乙"


def test_a_sheet_is_named_without_marks_and_within_its_length() -> None:
    assert sheet_name("'一/二[三]:四*五?六\\七'") == "一二三四五六七"
    assert sheet_name("甲" * 40) == "甲" * 31
    assert sheet_name("[]") == "表"
