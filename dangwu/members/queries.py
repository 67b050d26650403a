"""Reading people: for whom comes first, and as of which day."""

import re
from datetime import date

from django.db.models import Q, QuerySet

from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.sealing.blind import blind_tails, blinds
from dangwu.members.models import Affiliation, Person, Post

END_OF_NUMBER = re.compile(r"\d{3}[\dx]")
WHOLE_NUMBERS = {11: "phone", 18: "identity"}
AT_HAND = "the person is at hand already"


def last_affiliation(person: Person, on: date) -> Affiliation | None:
    """Where somebody belonged on a day, else where he belonged last before it, else where first after it."""
    rows = Affiliation.objects.unscoped(AT_HAND).filter(person=person).select_related("organisation", "group")
    return rows.filter(valid_from__lte=on).order_by("-valid_from").first() or rows.order_by("valid_from").first()


def people(scope: Scope) -> QuerySet[Person]:
    """Everybody who belonged to an organisation in the scope on its day."""
    return Person.objects.within(scope)


def affiliations(scope: Scope) -> QuerySet[Affiliation]:
    """Who belonged where in the scope on its day, with the person."""
    return Affiliation.objects.within(scope).filter(as_of(scope.on)).select_related("person", "group")


def posts(scope: Scope) -> QuerySet[Post]:
    """Who held which post in the scope on its day, with the person."""
    return Post.objects.within(scope).filter(as_of(scope.on)).select_related("person")


def called(text: str, lookup: str = "") -> Q:
    """The condition that a person is meant by what was typed: a name or a part of it, pinyin or its initials, a whole
    number, or the last four characters of one. `lookup` leads to the person, with its two underscores.
    """
    typed = text.strip().lower()
    meant = Q((f"{lookup}name__icontains", typed)) | Q((f"{lookup}initials__startswith", typed))
    meant |= Q((f"{lookup}pinyin__startswith", typed))
    if END_OF_NUMBER.fullmatch(typed):
        for column in ("identity", "phone"):
            meant |= Q((f"{lookup}{column}_tail__in", blind_tails(f"members.person.{column}", typed)))
    if whole := WHOLE_NUMBERS.get(len(typed)):
        meant |= Q((f"{lookup}{whole}_index__in", blinds(f"members.person.{whole}", typed)))
    return meant
