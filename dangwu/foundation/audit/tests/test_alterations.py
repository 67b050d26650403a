"""Ten thousand alterations of an exported log, each of them found. Whoever alters it here knows the format and computes
every hash anew; what he lacks is the site's key, or, where he has it, the paper in other people's drawers.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dangwu.foundation.audit import verify_audit
from dangwu.foundation.audit.export import Extent
from dangwu.foundation.audit.keys import signing_key
from dangwu.foundation.audit.models import Checkpoint
from dangwu.foundation.audit.tests.logs import exported, write_log
from dangwu.foundation.audit.verify_audit import (
    ENTRY,
    HASH,
    LINE_END,
    TAIL,
    AlteredError,
    UnreadableError,
    as_line,
    checkpoint_text,
    digest,
    end_text,
    key_id,
    link,
    printed_checkpoint,
    verify,
)
from dangwu.kernel.tree_path import TreePath

ENTRIES = 24
ALTERATIONS = 10_000
Lines = list[bytes]
Alteration = Callable[[Random, Lines], Lines]
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


# what somebody does who can write to the file


def with_another_byte(random: Random, lines: Lines) -> Lines:
    text = bytearray(b"".join(lines))
    text[random.randrange(len(text))] ^= 1 << random.randrange(8)
    return bytes(text).splitlines(keepends=True)


def with_a_byte_more_or_less(random: Random, lines: Lines) -> Lines:
    text = b"".join(lines)
    place = random.randrange(len(text))
    more = random.choice([b"", text[place : place + 1] + b" ", text[place : place + 1] * 2])
    return (text[:place] + more + text[place + 1 :]).splitlines(keepends=True)


def cut_short(random: Random, lines: Lines) -> Lines:
    return b"".join(lines)[: random.randrange(sum(map(len, lines)))].splitlines(keepends=True)


def without_a_line(random: Random, lines: Lines) -> Lines:
    gone = random.randrange(len(lines))
    return [*lines[:gone], *lines[gone + 1 :]]


def with_a_line_twice(random: Random, lines: Lines) -> Lines:
    copied, place = random.choice(lines), random.randrange(len(lines) + 1)
    return [*lines[:place], copied, *lines[place:]]


def with_two_lines_swapped(random: Random, lines: Lines) -> Lines:
    one, other = random.sample(range(len(lines)), 2)
    swapped = list(lines)
    swapped[one], swapped[other] = lines[other], lines[one]
    return swapped


def with_another_value(random: Random, lines: Lines) -> Lines:
    """Any value anywhere, in an entry, the head, a checkpoint or the end; no hash is computed anew."""
    place = random.randrange(len(lines))
    return [*lines[:place], as_line(spoiled(random, json.loads(lines[place]))), *lines[place + 1 :]]


def with_an_entry_rewritten(random: Random, lines: Lines) -> Lines:
    return rechained(altered_entry(random, lines))


def without_an_entry_and_renumbered(random: Random, lines: Lines) -> Lines:
    gone = random.choice(entries(lines))
    return rechained([*lines[:gone], *lines[gone + 1 :]])


def with_an_entry_added(random: Random, lines: Lines) -> Lines:
    place = random.choice(entries(lines))
    return rechained([*lines[:place], lines[place], *lines[place:]])


def with_an_entry_hidden(random: Random, lines: Lines) -> Lines:
    place = random.choice(entries(lines))
    content, told = lines[place][len(ENTRY) : -TAIL], json.loads(lines[place])
    left_out = {
        "algorithm": "sha256",
        "digest": digest("sha256", content),
        "sequence": told["content"]["sequence"],
    }
    return [*lines[:place], as_line({"hash": told["hash"], "left_out": left_out}), *lines[place + 1 :]]


def with_a_forged_signature(random: Random, lines: Lines) -> Lines:
    """Everything from an entry on rewritten, and signed by another key under the name of the site's."""
    return resigned(rechained(altered_entry(random, lines)), STRANGER, as_key=key_of(lines))


def with_a_key_of_ones_own(random: Random, lines: Lines) -> Lines:
    """The same, with the stranger's key in the head: only who knows the key's number notices."""
    public = STRANGER.public_key().public_bytes_raw().hex()
    head = json.loads(lines[0])
    head["head"]["keys"][key_id(public)] = public
    return resigned([as_line(head), *rechained(altered_entry(random, lines))[1:]], STRANGER, as_key=key_id(public))


BY_STRANGERS: tuple[Alteration, ...] = (
    with_another_byte,
    with_a_byte_more_or_less,
    cut_short,
    without_a_line,
    with_a_line_twice,
    with_two_lines_swapped,
    with_another_value,
    with_an_entry_rewritten,
    without_an_entry_and_renumbered,
    with_an_entry_added,
    with_an_entry_hidden,
    with_a_forged_signature,
    with_a_key_of_ones_own,
)


# the tools


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same in every run


def entries(lines: Lines) -> list[int]:
    return [place for place, line in enumerate(lines) if line.startswith(ENTRY)]


def key_of(lines: Lines) -> str:
    return str(json.loads(lines[-1])["end"]["key"])


def spoiled(random: Random, told: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    match told:
        case dict() if told:
            key = random.choice(sorted(told))
            return {**told, key: spoiled(random, told[key])}
        case list() if told:
            place = random.randrange(len(told))
            return [*told[:place], spoiled(random, told[place]), *told[place + 1 :]]
        case int():
            return told + random.choice((-1, 1))
    others: tuple[Any, ...] = ("0" * 64, "", None, {}, [], "改")
    return random.choice([other for other in others if other != told])


def altered_entry(random: Random, lines: Lines) -> Lines:
    place = random.choice(entries(lines))
    told = json.loads(lines[place])
    sequence = told["content"]["sequence"]
    content = {**spoiled(random, told["content"]), "sequence": sequence, "algorithm": "sha256"}
    if content == told["content"]:
        content["actor"] = "account:99"
    return [*lines[:place], as_line({"content": content, "hash": told["hash"]}), *lines[place + 1 :]]


def rechained(lines: Lines) -> Lines:
    """The entries numbered and hashed anew, one after the other."""
    return list(_rechained(lines))


def _rechained(lines: Lines) -> Iterator[bytes]:
    head = json.loads(lines[0])["head"]
    sequence, previous = head["first"] - 1, head["previous"]
    for line in lines:
        told = json.loads(line)
        if "content" not in told and "left_out" not in told:
            yield line
            continue
        sequence += 1
        if "content" in told:
            content = as_line({**told["content"], "sequence": sequence})[:-1]
            previous = link("sha256", sequence, previous, digest("sha256", content))
            yield ENTRY + content + HASH + previous.encode() + LINE_END
        else:
            told["left_out"]["sequence"] = sequence
            previous = link("sha256", sequence, previous, told["left_out"]["digest"])
            yield as_line({**told, "hash": previous})


def resigned(lines: Lines, key: Ed25519PrivateKey, *, as_key: str) -> Lines:
    """The checkpoints and the end written and signed anew, by whatever key."""
    signed, last, checkpoints = list[bytes](), json.loads(lines[0])["head"]["previous"], b""
    for line in lines:
        told = json.loads(line)
        if "checkpoint" in told:
            statement = {**told["checkpoint"], "hash": last, "key": as_key}
            statement["signature"] = key.sign(checkpoint_text(statement).encode()).hex()
            line = as_line({"checkpoint": statement})  # noqa: PLW2901
            checkpoints += line
        elif "end" in told:
            sums = {"checkpoints": digest("sha256", checkpoints), "head": digest("sha256", lines[0])}
            statement = {**told["end"], **sums, "hash": last, "key": as_key}
            line = as_line({"end": {**statement, "signature": key.sign(end_text(statement).encode()).hex()}})  # noqa: PLW2901
        last = told.get("hash", last)
        signed.append(line)
    return signed


@pytest.fixture(autouse=True)
def _the_same_signature_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_audit, "is_signed", cache(verify_audit.is_signed))


def is_found(lines: Lines, **known: Any) -> bool:  # noqa: ANN401 - as verify takes it
    try:
        verify(lines, **known)
    except (AlteredError, UnreadableError):
        return True
    return False


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.parametrize("subtree", [None, TreePath("0002")], ids=["all", "subtree"])
def test_every_alteration_is_found(subtree: TreePath | None) -> None:
    write_log(ENTRIES)
    lines, random = exported(Extent(subtree=subtree)), dice(20261015)
    known = {"keys": [key_of(lines)]}
    assert not is_found(lines, **known)
    for number in range(ALTERATIONS // 2):
        alter = BY_STRANGERS[number % len(BY_STRANGERS)]
        altered = alter(random, lines)
        assert altered != lines
        assert is_found(altered, **known), (number, alter.__name__)


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_what_the_operator_rewrites_is_found_from_any_checkpoint_that_was_printed() -> None:
    write_log(ENTRIES)
    lines, random = exported(), dice(1)
    papers = [printed_checkpoint(str(checkpoint)) for checkpoint in Checkpoint.objects.all()]
    for _ in range(40):
        altered = altered_entry(random, lines)
        place = next(place for place, line in enumerate(lines) if altered[place] != line)
        sequence = json.loads(lines[place])["content"]["sequence"]
        rewritten = resigned(rechained(altered), signing_key(), as_key=key_of(lines))
        assert not is_found(rewritten)
        assert [is_found(rewritten, printed=[paper]) for paper in papers] == [paper[0] >= sequence for paper in papers]


@pytest.mark.django_db
def test_a_log_that_the_operator_cut_short_is_found_from_paper() -> None:
    write_log(ENTRIES)
    lines = exported()
    paper = printed_checkpoint(str(Checkpoint.objects.latest("sequence")))
    short = [line for line in lines if json.loads(line).get("content", {"sequence": 0})["sequence"] < ENTRIES]
    end = json.loads(short[-1])["end"]
    short = [*short[:-2], as_line({"end": {**end, "sequence": ENTRIES - 1, "entries": ENTRIES - 1}})]
    rewritten = resigned(rechained(short), signing_key(), as_key=key_of(lines))
    assert not is_found(rewritten)
    assert is_found(rewritten, printed=[paper])
