"""The report written down: a workbook to hand in, a page to print, a Word document, a PDF, and JSON for other programs.

Each format is one module with one function from `Report` to bytes; `wording` and `appearance` keep them alike.
"""

from collections.abc import Callable
from pathlib import Path

from dangwu.compliance.documents.document import docx_bytes, pdf_bytes
from dangwu.compliance.documents.interchange import json_bytes
from dangwu.compliance.documents.page import html_bytes
from dangwu.compliance.documents.workbook import xlsx_bytes
from dangwu.compliance.report import Report

FORMATS: dict[str, Callable[[Report], bytes]] = {
    ".xlsx": xlsx_bytes,
    ".html": html_bytes,
    ".docx": docx_bytes,
    ".pdf": pdf_bytes,
    ".json": json_bytes,
}


def report_bytes(report: Report, suffix: str) -> bytes:
    """The report in the format of a suffix such as `.xlsx`; ValueError where there is no such format."""
    try:
        write = FORMATS[suffix.lower()]
    except KeyError:
        raise ValueError(_unknown(suffix)) from None
    return write(report)


def write_report(report: Report, path: Path) -> None:
    """Write the report in the format that the path's suffix names; ValueError where there is no such format."""
    path.write_bytes(report_bytes(report, path.suffix))


def _unknown(suffix: str) -> str:
    found = f"不能写成“{suffix}”文件" if suffix else "文件名缺少扩展名"
    return f"{found}，请把报告存为 {'、'.join(FORMATS)} 中的一种。"
