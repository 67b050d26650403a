from pathlib import Path

import pytest

from dangwu.compliance.documents import FORMATS, write_report
from dangwu.compliance.report import Report


@pytest.mark.parametrize("suffix", [*FORMATS, ".XLSX"])
def test_the_suffix_chooses_the_format(report: Report, tmp_path: Path, suffix: str) -> None:
    write_report(report, tmp_path / f"报告{suffix}")
    start = (tmp_path / f"报告{suffix}").read_bytes()[:2]
    assert start == {".html": b"<!", ".json": b"{\n", ".pdf": b"%P"}.get(suffix, b"PK")


@pytest.mark.parametrize("name", ["报告.odt", "报告"])
def test_an_unknown_suffix_is_refused_with_those_that_are_known(report: Report, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"请把报告存为 \.xlsx、\.html、\.docx、\.pdf、\.json 中的一种。"):
        write_report(report, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
