"""What an ID token says, when it is signed by the issuer, meant for us, for this very sign-in, and still valid."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures with a public key only: never `none`, never one made with our own secret."""

LEEWAY = 60
"""Seconds by which clocks may differ."""


class UntrustedTokenError(OAuth2Error):  # type: ignore[misc] # allauth has no types
    """A token that proves nothing."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say about itself."""

    issuer: str
    client_id: str
    nonce: str


def nonce_of(code_verifier: str) -> str:
    """A nonce that needs no keeping: it follows from the PKCE verifier, and does not give it away."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def trusted_claims(token: str, keys: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """The claims of a token. Raises UntrustedTokenError."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_for(token, keys),
            algorithms=list(ALGORITHMS),
            issuer=expected.issuer,
            audience=expected.client_id,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "sub", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise UntrustedTokenError(type(error).__name__) from error
    if claims.get("nonce") != expected.nonce:
        raise UntrustedTokenError("nonce")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise UntrustedTokenError("azp")
    return claims


def _key_for(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The issuer's key that the token names; where it names none, the only one."""
    wanted = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    matching = [key for key in signing if wanted in {None, key.key_id}]
    if len(matching) != 1:
        raise UntrustedTokenError("kid")
    return matching[0]
