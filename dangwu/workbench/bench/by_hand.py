"""What rules ask of the records, as a person would ask the database for it: one statement a rule, nothing else.

Every statement lists whose obligation it is, which one (the number of the period, or the activity), and whether it was
met.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

IN_EACH_PERIOD = """
WITH RECURSIVE period (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM period WHERE number * %(months)s < 12)
SELECT standing.organisation_id, period.number, counted.times IS NOT NULL
FROM organisations_standing AS standing CROSS JOIN period
LEFT JOIN (
    SELECT organisation_id, count(*) AS times,
        (CAST(substr(CAST(held_on AS varchar(10)), 6, 2) AS integer) + %(months)s - 1) / %(months)s AS number
    FROM records_service
    WHERE unit_id = %(unit)s AND kind = %(kind)s AND held_on BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 3
) AS counted ON counted.organisation_id = standing.organisation_id AND counted.number = period.number
WHERE standing.unit_id = %(unit)s AND standing.valid_from <= %(until)s AND standing.valid_until > %(until)s
    AND standing.kind IN ('branch', 'joint_branch')
"""
ALL_GROUPS_EACH_MONTH = """
WITH RECURSIVE period (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM period WHERE number < 12)
SELECT organisation.id, period.number, coalesce(counted.groups, 0) >= organisation.groups_told
FROM organisations_standing AS standing JOIN organisations_organisation AS organisation
    ON organisation.id = standing.organisation_id
CROSS JOIN period
LEFT JOIN (
    SELECT service.organisation_id, CAST(substr(CAST(service.held_on AS varchar(10)), 6, 2) AS integer) AS number,
        count(DISTINCT activity."group") AS groups
    FROM records_service AS service JOIN records_activity AS activity ON activity.id = service.activity_id
    WHERE service.unit_id = %(unit)s AND service.kind = 'group_meeting'
        AND service.held_on BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 2
) AS counted ON counted.organisation_id = standing.organisation_id AND counted.number = period.number
WHERE standing.unit_id = %(unit)s AND standing.valid_from <= %(until)s AND standing.valid_until > %(until)s
    AND standing.kind IN ('branch', 'joint_branch') AND organisation.groups_told > 0
"""
HALF_CAME = """
SELECT service.organisation_id, activity.id, 2 * activity.present >= activity.expected
FROM records_service AS service JOIN records_activity AS activity ON activity.id = service.activity_id
WHERE service.unit_id = %(unit)s AND service.kind = %(kind)s AND service.held_on BETWEEN %(since)s AND %(until)s
"""
MORE_THAN_HALF_AGREED = """
SELECT service.organisation_id, activity.id, 2 * activity.in_favour > activity.expected
FROM records_service AS service JOIN records_activity AS activity ON activity.id = service.activity_id
WHERE service.unit_id = %(unit)s AND service.kind = %(kind)s AND service.held_on BETWEEN %(since)s AND %(until)s
"""


class Question(NamedTuple):
    """A rule in SQL."""

    statement: str
    kind: str = ""
    months: int = 0


MONTH, QUARTER, YEAR = 1, 3, 12
QUESTIONS = {
    "committee-meeting-each-month": Question(IN_EACH_PERIOD, "committee_meeting", MONTH),
    "theme-day-each-month": Question(IN_EACH_PERIOD, "theme_day", MONTH),
    "group-meeting-each-month": Question(ALL_GROUPS_EACH_MONTH),
    "general-assembly-each-quarter": Question(IN_EACH_PERIOD, "general_assembly", QUARTER),
    "heart-to-heart-talk-each-year": Question(IN_EACH_PERIOD, "heart_to_heart_talk", YEAR),
    "members-appraisal-each-year": Question(IN_EACH_PERIOD, "members_appraisal", YEAR),
    "organisational-life-meeting-each-year": Question(IN_EACH_PERIOD, "organisational_life_meeting", YEAR),
    "general-assembly-quorum": Question(HALF_CAME, "general_assembly"),
    "general-assembly-majority": Question(MORE_THAN_HALF_AGREED, "general_assembly"),
    "committee-meeting-quorum": Question(HALF_CAME, "committee_meeting"),
}

Answers = dict[str, list[tuple[Any, ...]]]


def ask_by_hand(*, unit: int, since: date, until: date) -> Answers:
    """For each rule, whether each obligation was met; both days are inclusive."""
    with connection.cursor() as cursor:
        return {
            rule: _rows(cursor, asked, {"unit": unit, "since": since, "until": until})
            for rule, asked in QUESTIONS.items()
        }


def _rows(cursor: Any, asked: Question, span: dict[str, Any]) -> list[tuple[Any, ...]]:  # noqa: ANN401 - Django's cursor
    cursor.execute(asked.statement, {**span, "kind": asked.kind, "months": asked.months})
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
