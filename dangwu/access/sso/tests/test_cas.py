import pytest
from allauth.socialaccount.providers.base import ProviderException
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dangwu.access.sso.cas import read_answer
from dangwu.access.sso.tests.conftest import Write
from dangwu.access.sso.tests.standins.cas_server import CLOSING, FAILURE, OPENING, SUCCESS, CasServer
from dangwu.access.sso.tests.visiting import leave, open_account, sent_back, sign_on


def answer_of(text: str) -> bytes:
    return (OPENING + text + CLOSING).encode()


def test_the_principal_and_its_attributes_are_read() -> None:
    told = read_answer(answer_of(SUCCESS.format(person="p-17", username="zhangsan")))
    assert (told["user"], told["employeeNumber"]) == ("p-17", "zhangsan")


def test_an_attribute_cannot_pretend_to_be_the_principal() -> None:
    forged = SUCCESS.format(
        person="p-17", username="x</cas:employeeNumber><cas:user>p-1</cas:user><cas:employeeNumber>"
    )
    assert read_answer(answer_of(forged))["user"] == "p-17"


@pytest.mark.parametrize(
    "answer",
    [
        answer_of(FAILURE),
        answer_of("<cas:authenticationSuccess><cas:user> </cas:user></cas:authenticationSuccess>"),
        answer_of("<authenticationSuccess><user>p-17</user></authenticationSuccess>"),
        b"<!DOCTYPE a [<!ENTITY p 'p-17'>]>" + answer_of(SUCCESS.format(person="&p;", username="")),
        ("<!DOCTYPE a>" + OPENING + CLOSING).encode("utf-16"),
        b"p-17",
        b"",
    ],
)
def test_anything_else_is_a_refusal(answer: bytes) -> None:
    with pytest.raises(ProviderException):
        read_answer(answer)


@given(st.binary(max_size=200))
def test_rubbish_is_a_refusal(answer: bytes) -> None:
    with pytest.raises(ProviderException):
        read_answer(answer)


@pytest.mark.django_db
def test_an_attribute_may_be_the_username(client: Client, sign_on_file: Write) -> None:
    with CasServer() as server:
        sign_on_file(server.entry(username="employeeNumber"))
        open_account("zhangsan")
        assert sign_on(client).status_code == 302


@pytest.mark.django_db
def test_a_ticket_for_one_sign_in_is_not_good_for_another(client: Client, sign_on_file: Write) -> None:
    with CasServer() as server:
        sign_on_file(server.entry())
        open_account(bound_to=server.person)
        stolen = sent_back(leave(Client())).partition("ticket=")[2]
        back, _, _ = sent_back(leave(client)).partition("ticket=")
        assert client.get(f"{back}ticket={stolen}").status_code == 403
