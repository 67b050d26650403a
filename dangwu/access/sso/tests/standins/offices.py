"""The offices' own apps, as their documentation describes them."""

import base64
import hashlib
import secrets
from typing import ClassVar

from dangwu.access.sso.tests.standins.serving import Answer, Question, StandIn, as_json, sent_to


class DingTalk(StandIn):
    kind = "dingtalk"

    def written(self) -> dict[str, str]:
        return {
            "login_url": self.address,
            "api_url": self.address,
            "client_id": "ding-17",
            "secret": self.secret,
        }

    def auth(self, question: Question) -> Answer:
        asked = question.fields
        assert (asked["client_id"], asked["response_type"], asked["scope"]) == ("ding-17", "code", "openid")
        return sent_to(asked["redirect_uri"], authCode=self.new_code(), state=asked["state"])

    def token(self, question: Question) -> Answer:
        given = question.fields
        kept = self.codes.pop(given.get("code", ""), None)
        is_right = (given["clientId"], given["clientSecret"]) == ("ding-17", self.secret)
        if kept is None or not is_right:
            return as_json({"code": "invalidParameter.authCode.notFound", "message": "不存在的临时授权码"}, 400)
        return as_json({"accessToken": kept["person"], "refreshToken": "r", "expireIn": 7200, "corpId": "ding"})

    def me(self, question: Question) -> Answer:
        person = question.headers["x-acs-dingtalk-access-token"]
        return as_json({"nick": self.username, "unionId": person, "openId": f"open-{person}", "mobile": "13900000000"})

    routes: ClassVar = {
        "/oauth2/auth": auth,
        "/v1.0/oauth2/userAccessToken": token,
        "/v1.0/contact/users/me": me,
    }


class Feishu(StandIn):
    kind = "feishu"

    def written(self) -> dict[str, str]:
        return {
            "accounts_url": self.address,
            "api_url": self.address,
            "client_id": "cli_17",
            "secret": self.secret,
        }

    def authorize(self, question: Question) -> Answer:
        asked = question.fields
        assert (asked["client_id"], asked["response_type"]) == ("cli_17", "code")
        kept = {name: asked[name] for name in ("redirect_uri", "code_challenge")}
        return sent_to(asked["redirect_uri"], code=self.new_code(**kept), state=asked["state"])

    def token(self, question: Question) -> Answer:
        given = question.fields
        kept = self.codes.pop(given.get("code", ""), None)
        if kept is None or (given["client_id"], given["client_secret"]) != ("cli_17", self.secret):
            return as_json({"code": 20003, "error": "invalid_grant", "error_description": "code is used"}, 400)
        challenge = hashlib.sha256(given["code_verifier"].encode()).digest()
        assert kept["code_challenge"] == base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        assert kept["redirect_uri"] == given["redirect_uri"]
        return as_json({"code": 0, "access_token": kept["person"], "expires_in": 7200, "token_type": "Bearer"})

    def me(self, question: Question) -> Answer:
        person = question.headers["authorization"].removeprefix("Bearer ")
        told = {"name": "张三", "open_id": f"ou_{person}", "union_id": person, "user_id": self.username}
        return as_json({"code": 0, "msg": "success", "data": told})

    routes: ClassVar = {
        "/open-apis/authen/v1/authorize": authorize,
        "/open-apis/authen/v2/oauth/token": token,
        "/open-apis/authen/v1/user_info": me,
    }


class WeCom(StandIn):
    kind = "wecom"
    owner: ClassVar[dict[str, str]] = {}
    """What is told of the owner of a code instead, somebody from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.site_token = secrets.token_hex(8)

    def written(self) -> dict[str, str]:
        return {
            "login_url": self.address,
            "inside_url": self.address,
            "api_url": self.address,
            "corp_id": "ww17",
            "agent_id": "1000002",
            "secret": self.secret,
        }

    def scanned(self, question: Question) -> Answer:
        asked = question.fields
        assert (asked["login_type"], asked["appid"], asked["agentid"]) == ("CorpApp", "ww17", "1000002")
        return sent_to(asked["redirect_uri"], code=self.new_code(), state=asked["state"])

    def inside(self, question: Question) -> Answer:
        asked = question.fields
        assert (asked["response_type"], asked["scope"], asked["appid"]) == ("code", "snsapi_base", "ww17")
        return sent_to(asked["redirect_uri"], code=self.new_code(), state=asked["state"])

    def get_token(self, question: Question) -> Answer:
        if (question.fields["corpid"], question.fields["corpsecret"]) != ("ww17", self.secret):
            return as_json({"errcode": 40001, "errmsg": "invalid credential"})
        return as_json({"errcode": 0, "errmsg": "ok", "access_token": self.site_token, "expires_in": 7200})

    def get_user(self, question: Question) -> Answer:
        if question.fields["access_token"] != self.site_token:
            return as_json({"errcode": 42001, "errmsg": "access_token expired"})
        kept = self.codes.pop(question.fields["code"], None)
        if kept is None:
            return as_json({"errcode": 40029, "errmsg": "invalid code"})
        return as_json({"errcode": 0, "errmsg": "ok", **(self.owner or {"userid": kept["person"]})})

    routes: ClassVar = {
        "/wwlogin/sso/login": scanned,
        "/connect/oauth2/authorize": inside,
        "/cgi-bin/gettoken": get_token,
        "/cgi-bin/auth/getuserinfo": get_user,
    }
