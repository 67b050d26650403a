"""A list as a PDF."""

import pytest
from django.http import QueryDict
from django.test import Client

from dangwu.foundation.documents.tests.reading import pages_of, text_of
from dangwu.foundation.pages.paper import pdf_bytes
from dangwu.foundation.pages.tests.kitchen import GUESTS, Guests


def made(address: str) -> bytes:
    return pdf_bytes(Guests(GUESTS, QueryDict(address)), by="林知夏")


def test_it_holds_what_the_print_shows_and_says_who_took_it() -> None:
    told = text_of(made("as=pdf&kind=probationary"))
    assert "党员名册　共 14 名党员　类别：预备党员　导出人：林知夏" in told
    assert "第 9 号" in told
    assert "电话" not in told


def test_every_row_is_there_and_every_page_has_the_heads() -> None:
    pages = pages_of(made("as=pdf"))
    assert sum(page.count(" 号") for page in pages) == len(GUESTS)
    assert all(
        "入党日期" in page and f"第 {number} 页，共 {len(pages)} 页" in page for number, page in enumerate(pages, 1)
    )


@pytest.mark.usefixtures("kitchen", "db")
def test_the_address_of_the_page_is_the_address_of_the_pdf(client: Client) -> None:
    answer = client.get("/list/?as=pdf&q=赵")
    assert answer["Content-Type"] == "application/pdf"
    assert ".pdf" in answer["Content-Disposition"]
    assert text_of(answer.content).count("第") > 13
