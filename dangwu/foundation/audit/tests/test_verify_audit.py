import ast
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.foundation.audit import verify_audit
from dangwu.foundation.audit.models import Checkpoint
from dangwu.foundation.audit.tests.logs import exported, write_log
from dangwu.foundation.audit.verify_audit import AlteredError, digest, is_signed, printed_checkpoint, sm3, verify

PROGRAM = Path(verify_audit.__file__)
KEYS = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_examples_of_the_standard(message: bytes, expected: str) -> None:
    assert sm3(message) == expected


@given(st.binary(max_size=300))
def test_sm3_agrees_with_another_implementation(message: bytes) -> None:
    other = hashes.Hash(hashes.SM3())
    other.update(message)
    assert sm3(message) == digest("sm3", message) == other.finalize().hex()


def test_without_openssl_sm3_is_computed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, _: bytes) -> None:
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", refuse)
    assert digest("sm3", b"abc") == sm3(b"abc")


@settings(max_examples=30)
@given(KEYS, st.text())
def test_signatures_of_another_implementation_hold(key: Ed25519PrivateKey, message: str) -> None:
    signature, public = key.sign(message.encode()), key.public_key().public_bytes_raw()
    assert is_signed(message, signature.hex(), public.hex())
    assert not is_signed(message + "。", signature.hex(), public.hex())


@settings(max_examples=60)
@given(KEYS, st.integers(0, 95), st.integers(0, 7))
def test_what_another_implementation_refuses_is_refused(key: Ed25519PrivateKey, position: int, bit: int) -> None:
    both = bytearray(key.sign(b"message") + key.public_key().public_bytes_raw())
    both[position] ^= 1 << bit
    signature, public = bytes(both[:64]), bytes(both[64:])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"message")
        accepted = True
    except InvalidSignature:
        accepted = False
    assert is_signed("message", signature.hex(), public.hex()) == accepted


def test_a_signature_has_one_spelling_only() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature, public = key.sign(b"message").hex(), key.public_key().public_bytes_raw().hex()
    order = 2**252 + 27742317777372353535851937790883648493
    larger = (int.from_bytes(bytes.fromhex(signature[64:]), "little") + order).to_bytes(32, "little").hex()
    for other in (signature.upper(), signature + " ", signature[:-2], signature + "00", signature[:64] + larger, ""):
        assert not is_signed("message", other, public)


def test_the_program_is_python_3_8_and_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(PROGRAM.read_text(), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


@pytest.mark.django_db
def test_the_program_runs_alone_and_says_what_it_verified(tmp_path: Path) -> None:
    write_log(12)
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"".join(exported()))
    code, said = run(tmp_path, log, "--checkpoint", str(Checkpoint.objects.latest("sequence")))
    assert code == 0
    assert "第 1 条至第 12 条，共 12 条" in said
    assert "校验点 3 个，签名有效" in said
    assert "与纸上的校验点一致：第 12 条" in said


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10"])
def test_the_program_runs_on_older_pythons(version: str, tmp_path: Path) -> None:
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-V"], capture_output=True, check=False).returncode:
        pytest.skip(f"Python {version} is not installed")
    write_log(12)
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"".join(exported()))
    code, said = run(tmp_path, log, python=python)
    assert (code, "校验点 3 个，签名有效" in said) == (0, True)
    log.write_bytes(log.read_bytes().replace(b'"account:1","algorithm"', b'"account:2","algorithm"', 1))
    assert run(tmp_path, log, python=python)[0] == 1


@pytest.mark.django_db
def test_the_program_names_the_first_entry_at_fault(tmp_path: Path) -> None:
    write_log(12)
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"".join(exported()).replace(b'"account:1","algorithm"', b'"account:2","algorithm"', 1))
    assert run(tmp_path, log) == (1, "核验不通过。第 1 条与它的校验值不符：这一条被改动过，或者它前面的记录被换过。\n")


@pytest.mark.parametrize("text", ["", "不是日志\n", '{"head":{}}\n', '{"head":{"format":"dangwu-audit"}}\n'])
def test_what_is_no_log_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(text)
    code, said = run(tmp_path, log)
    assert (code, "不是本系统导出的审计日志" in said) == (2, True)


def test_a_missing_file_and_wrong_arguments_are_told(tmp_path: Path) -> None:
    assert run(tmp_path, tmp_path / "none") == (2, f"打不开文件“{tmp_path / 'none'}”，请核对文件名。\n")
    assert run(tmp_path)[1].startswith("用法：")
    assert run(tmp_path, "--help")[1].startswith("用法：")
    assert "校验码至少写 16 位" in run(tmp_path, PROGRAM, "--checkpoint", "第 3 条 · 9f3a")[1]


@pytest.mark.parametrize(
    "text",
    [
        "审计校验点 第 12 条 · 9f3a-0011-2233-4455",
        "第12条 9F3A 0011 2233 4455",
        "12 9f3a001122334455",
        "第 12 条·9f3a—0011—2233—4455…",
    ],
)
def test_a_checkpoint_is_read_as_people_type_it(text: str) -> None:
    assert printed_checkpoint(text) == (12, "9f3a001122334455")


@pytest.mark.parametrize("text", ["", "第 12 条", "9f3a-0011-2233-4455", "第 12 条 · 9f3a-zzzz-2233-4455-6677"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是打印的校验点"):
        printed_checkpoint(text)


@pytest.mark.django_db
def test_a_checkpoint_on_paper_beyond_the_log_is_not_passed_over() -> None:
    write_log(5)
    with pytest.raises(AlteredError, match="日志被截短了"):
        verify(exported(), [(6, "0" * 16)])


@pytest.mark.django_db
def test_only_the_keys_one_knows_are_believed() -> None:
    write_log(5)
    (key,) = verify(exported()).signed_by
    assert verify(exported(), keys=[key]).sequence == 5
    with pytest.raises(AlteredError, match="不认识的公钥"):
        verify(exported(), keys=["0" * 16])


def run(folder: Path, *arguments: object, python: str = sys.executable) -> tuple[int, str]:
    """A copy of the program in a folder of its own, without site packages."""
    copy = folder / "verify.py"
    copy.write_bytes(PROGRAM.read_bytes())
    command = [python, "-I", "-S", "-X", "utf8", str(copy), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout
