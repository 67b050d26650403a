"""The key that signs checkpoints and exports: one file of its own, apart from what seals and from the secret key.

Beside it stays the public half of every key there ever was, so that old signatures can be verified after a change.
"""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from dangwu.foundation.audit.verify_audit import key_id

PRIVATE = "audit-signing.key"
PUBLIC = "audit-signing-{}.pub"


def signing_key() -> Ed25519PrivateKey:
    """The private key of the site, made at the first call."""
    path = Path(settings.KEYS) / PRIVATE
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(path, Ed25519PrivateKey.generate().private_bytes_raw().hex())
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    public = public_half(key)
    _place(path.with_name(PUBLIC.format(key_id(public))), public)
    return key


def public_half(key: Ed25519PrivateKey) -> str:
    """The public key in hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


def public_keys() -> dict[str, str]:
    """Every public key in hexadecimal, by its id."""
    signing_key()
    kept = (path.read_text().strip() for path in Path(settings.KEYS).glob(PUBLIC.format("*")))
    return {key_id(public): public for public in kept}


def _place(path: Path, text: str) -> None:
    """Write a file that only we may read, unless it is there: of several processes one wins, none reads half of it."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    try:
        draft.rename(path) if os.name == "nt" else os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
