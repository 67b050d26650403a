"""An OpenID Connect issuer: discovery, authorisation, tokens for a code with PKCE, keys, the user's own endpoint."""

import base64
import hashlib
import time
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from dangwu.access.sso.tests.standins.serving import Answer, Question, StandIn, as_json, basic, sent_to

Claims = dict[str, Any]


@cache
def key(name: str) -> RSAPrivateKey:  # noqa: ARG001 - a key for each name
    return generate_private_key(public_exponent=65537, key_size=2048)


def published(name: str) -> dict[str, Any]:
    told: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key(name).public_key(), as_dict=True)
    return {**told, "kid": name, "use": "sig", "alg": "RS256"}


class Issuer(StandIn):
    kind = "oidc"
    client_id = "dangwu"
    changed: Callable[[Claims], Claims] = staticmethod(lambda claims: claims)
    """What an attack makes of the claims of the ID token."""
    discovery: ClassVar[dict[str, str]] = {}

    def written(self) -> dict[str, str]:
        return {"issuer": self.address, "client_id": self.client_id, "secret": self.secret}

    def sign(self, claims: Claims) -> str:
        return jwt.encode(claims, key("one"), "RS256", {"kid": "one"})

    def configuration(self, _: Question) -> Answer:
        places = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
            "userinfo_endpoint": "me",
        }
        told = {name: f"{self.address}/{place}" for name, place in places.items()}
        return as_json({"issuer": self.address, **told, **self.discovery})

    def authorize(self, question: Question) -> Answer:
        asked = question.fields
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        kept = {name: asked[name] for name in ("code_challenge", "nonce", "redirect_uri", "client_id")}
        return sent_to(asked["redirect_uri"], code=self.new_code(**kept), state=asked["state"])

    def token(self, question: Question) -> Answer:
        given = question.fields
        kept = self.codes.pop(given.get("code", ""), None)
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        is_right = (
            kept is not None
            and basic(question) == (self.client_id, self.secret)
            and kept["redirect_uri"] == given["redirect_uri"]
            and kept["code_challenge"] == base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        )
        if kept is None or not is_right:
            return as_json({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.address, "aud": self.client_id, "sub": kept["person"], "iat": now, "exp": now + 60}
        token = self.sign(self.changed({**claims, "nonce": kept["nonce"]}))
        return as_json({"access_token": f"for {kept['person']}", "token_type": "Bearer", "id_token": token})

    def keys(self, _: Question) -> Answer:
        return as_json({"keys": [published("one"), published("two")]})

    def me(self, question: Question) -> Answer:
        assert question.headers["authorization"] == f"Bearer for {self.person}"
        return as_json({"sub": self.person, "preferred_username": self.username, "email": "someone@example.com"})

    routes: ClassVar = {
        "/.well-known/openid-configuration": configuration,
        "/authorize": authorize,
        "/token": token,
        "/keys": keys,
        "/me": me,
    }
