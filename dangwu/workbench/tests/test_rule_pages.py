from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from dangwu.compliance.rulebooks import every_rule
from dangwu.compliance.services.packs import packs


def test_the_list_has_every_rule_and_the_coverage_of_every_document(client: Client) -> None:
    answer = client.get("/rules/")
    for rule in every_rule().rules.values():
        assertContains(answer, f'href="/rules/{rule.id}/"')
    for document in every_rule().documents.values():
        assertContains(answer, f"《{document.title}》")


def test_national_documents_come_first_and_habits_last(client: Client) -> None:
    authorities = [coverage.document.authority for coverage, _ in client.get("/rules/").context["documents"]]
    assert authorities == sorted(authorities, key=("national", "local", "practice").index)


@pytest.mark.parametrize("name", list(every_rule().rules))
def test_every_rule_has_its_page(client: Client, name: str) -> None:
    answer = client.get(f"/rules/{name}/")
    assert answer.status_code == HTTPStatus.OK
    assertContains(answer, every_rule().rules[name].title)


def test_a_rule_tells_its_place_and_its_examples(client: Client) -> None:
    answer = client.get("/rules/theme-day-each-month/")
    for told in (
        "《中国共产党支部工作条例（试行）》第16条",
        "所引条文可查",
        "每月主题党日次数不少于 1",
        "9月少一次",
        "不符合",
    ):
        assertContains(answer, told)


def test_a_version_leads_to_what_replaced_it(client: Client) -> None:
    old = next(rule for rule in every_rule().rules.values() if rule.shape.in_force.replaces)
    assertContains(client.get(f"/rules/{old.id}/"), f'href="/rules/{old.shape.in_force.replaces}/"')


def test_packs_are_named_by_their_documents() -> None:
    names = dict(packs())
    assert set(names) == {"tianjin", "practice"}
    assert all(names.values())
