"""A roster and a tree of a past day as a person would ask the database for them: the floor of the bench `as-of`."""

from datetime import date
from typing import Any

from django.db import connection

STANDING = """
    standing.path >= %(low)s AND standing.path < %(high)s
    AND standing.valid_from <= %(day)s AND standing.valid_until > %(day)s
"""
TREE = f"""
SELECT standing.organisation_id, standing.name, standing.kind, standing.parent_id, standing.path
FROM organisations_standing AS standing WHERE {STANDING} ORDER BY standing.path
"""  # noqa: S608 - our own words
FROM_MEMBERS = """
FROM organisations_standing AS standing
JOIN members_affiliation AS affiliation ON affiliation.organisation_id = standing.organisation_id
    AND affiliation.valid_from <= %(day)s AND affiliation.valid_until > %(day)s
JOIN members_membership AS membership ON membership.person_id = affiliation.person_id
    AND membership.valid_from <= %(day)s AND membership.valid_until > %(day)s
    AND membership.kind IN ('full', 'probationary')
"""
ROSTER = f"""
SELECT affiliation.id, person.name, standing.name, membership.kind, membership.joined_on
{FROM_MEMBERS}
JOIN members_person AS person ON person.id = affiliation.person_id
WHERE {STANDING}
"""
PAGE = f"{ROSTER} ORDER BY person.pinyin, affiliation.id LIMIT 50"
COUNT = f"SELECT count(*) {FROM_MEMBERS} WHERE {STANDING}"

Rows = list[tuple[Any, ...]]


def ask(statement: str, bounds: tuple[str, str], day: date) -> Rows:
    """The answer for the range of paths that a subtree is, on a day."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"low": bounds[0], "high": bounds[1], "day": day})
        return list(cursor.fetchall())
