"""The words and addresses that lists ask for by the hundred."""

from django.urls import reverse

from dangwu.foundation.pages.addresses import address
from dangwu.foundation.pages.words import label_of
from dangwu.organisations.models import OrganisationKind


def test_an_address_is_the_one_that_django_gives() -> None:
    assert [address("member", key) for key in (1, 51_000)] == [reverse("member", args=[key]) for key in (1, 51_000)]


def test_a_choice_is_called_by_its_label() -> None:
    assert label_of(OrganisationKind, "branch") == "党支部"
    assert label_of(OrganisationKind, OrganisationKind.BRANCH) == "党支部"
    assert label_of(OrganisationKind, "") == ""
