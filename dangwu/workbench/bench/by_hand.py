"""What rules ask of the records, as a person would ask SQLite for it: one statement a rule, nothing else.

Every statement lists whose obligation it is, which one (the number of the period, or the activity), and whether it was
met.
"""

import sqlite3
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

IN_EACH_PERIOD = """
WITH RECURSIVE period (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM period WHERE number * :months < 12)
SELECT standing.organisation_id, period.number, counted.times IS NOT NULL
FROM organisations_standing AS standing CROSS JOIN period
LEFT JOIN (
    SELECT organisation_id, (strftime('%m', held_on) + :months - 1) / :months AS number, count(*) AS times
    FROM records_service
    WHERE unit_id = :unit AND kind = :kind AND held_on BETWEEN :since AND :until
    GROUP BY 1, 2
) AS counted ON counted.organisation_id = standing.organisation_id AND counted.number = period.number
WHERE standing.unit_id = :unit AND standing.valid_from <= :until AND standing.valid_until > :until
    AND standing.kind IN ('branch', 'joint_branch')
"""
ALL_GROUPS_EACH_MONTH = """
WITH RECURSIVE period (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM period WHERE number < 12)
SELECT organisation.id, period.number, coalesce(counted.groups, 0) >= organisation.groups_told
FROM organisations_standing AS standing JOIN organisations_organisation AS organisation
    ON organisation.id = standing.organisation_id
CROSS JOIN period
LEFT JOIN (
    SELECT service.organisation_id, strftime('%m', service.held_on) + 0 AS number,
        count(DISTINCT activity."group") AS groups
    FROM records_service AS service JOIN records_activity AS activity ON activity.id = service.activity_id
    WHERE service.unit_id = :unit AND service.kind = 'group_meeting' AND service.held_on BETWEEN :since AND :until
    GROUP BY 1, 2
) AS counted ON counted.organisation_id = standing.organisation_id AND counted.number = period.number
WHERE standing.unit_id = :unit AND standing.valid_from <= :until AND standing.valid_until > :until
    AND standing.kind IN ('branch', 'joint_branch') AND organisation.groups_told > 0
"""
HALF_CAME = """
SELECT service.organisation_id, activity.id, 2 * activity.present >= activity.expected
FROM records_service AS service JOIN records_activity AS activity ON activity.id = service.activity_id
WHERE service.unit_id = :unit AND service.kind = :kind AND service.held_on BETWEEN :since AND :until
"""
MORE_THAN_HALF_AGREED = """
SELECT service.organisation_id, activity.id, 2 * activity.in_favour > activity.expected
FROM records_service AS service JOIN records_activity AS activity ON activity.id = service.activity_id
WHERE service.unit_id = :unit AND service.kind = :kind AND service.held_on BETWEEN :since AND :until
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


def ask_by_hand(database: str, *, unit: int, since: date, until: date) -> Answers:
    """For each rule, whether each obligation was met, from the file itself; both days are inclusive."""
    span = {"unit": unit, "since": since.isoformat(), "until": until.isoformat()}
    with closing(sqlite3.connect(database)) as connection:
        return {
            rule: connection.execute(asked.statement, {**span, "kind": asked.kind, "months": asked.months}).fetchall()
            for rule, asked in QUESTIONS.items()
        }
