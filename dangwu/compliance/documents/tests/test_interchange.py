import json

from dangwu.compliance.documents.interchange import as_json, json_bytes
from dangwu.compliance.report import Report

TOP = ["on", "organisations", "members", "obligations", "findings", "problems"]
FINDING = [
    *("rule", "document", "article", "grade", "strength", "subject_kind", "subject", "period", "deadline", "outcome"),
    *("text", "evidence"),
]
PROBLEM = ["file", "sheet", "row", "column", "field", "code", "severity", "message"]


def test_the_agreed_keys_come_first_and_others_after_them(report: Report) -> None:
    told = as_json(report)
    assert list(told) == [*TOP, "sentence", "from", "packs", "unit", "not_judged"]
    assert list(told["findings"][0]) == [*FINDING, "level", "remedy", "title", "organisation"]
    assert list(told["problems"][0]) == [*PROBLEM, "remedy"]


def test_all_five_outcomes_are_counted_also_where_there_are_none(report: Report) -> None:
    assert as_json(report)["obligations"] == {"not_applicable": 0, "pending": 2, "met": 26, "late": 1, "unmet": 3}


def test_days_are_iso_and_what_is_not_there_is_null(report: Report) -> None:
    told = as_json(report)
    assert (told["on"], told["from"]) == ("2026-09-20", "2026-01-01")
    assert [(f["period"], f["deadline"]) for f in told["findings"]] == [
        ("2026-07", "2026-07-31"),
        (None, None),
        ("2026Q2", "2026-06-30"),
    ]
    assert told["problems"][1]["row"] is None


def test_the_file_is_utf8_with_rare_characters_as_they_are(report: Report) -> None:
    written = json_bytes(report)
    assert "𠮷安处党支部" in written.decode()
    assert "阿依古丽·买买提" in written.decode()
    assert json.loads(written) == as_json(report)


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert json_bytes(report) == json_bytes(report)
