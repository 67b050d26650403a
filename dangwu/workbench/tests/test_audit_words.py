"""Every verb of the product has words."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import dangwu
from dangwu.foundation.actions import VERBS
from dangwu.workbench.audit_words import KIND_WORDS, VERB_WORDS, offered_verbs, verb_words

LEFT_OUT = ("tests", "bench", "migrations", "__main__")


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(dangwu.__path__, "dangwu."):
        if not set(LEFT_OUT).intersection(found.name.split(".")):
            yield found.name


def test_no_verb_is_without_words() -> None:
    for name in modules():
        import_module(name)
    ours = {verb for verb, service in VERBS.items() if not {"tests", "conftest"} & set(service.__module__.split("."))}
    assert sorted(ours - VERB_WORDS.keys()) == []


def test_every_verb_is_found_under_its_kind() -> None:
    assert {verb[: verb.index(".") + 1] for verb in VERB_WORDS} == KIND_WORDS.keys()
    assert len(offered_verbs()) == len(VERB_WORDS) + len(KIND_WORDS)


def test_two_verbs_are_never_called_the_same() -> None:
    assert len(set(VERB_WORDS.values())) == len(VERB_WORDS)


def test_a_verb_that_was_given_up_is_said_to_be_old() -> None:
    assert verb_words("member.forgotten_verb") == "旧版本的事项"
