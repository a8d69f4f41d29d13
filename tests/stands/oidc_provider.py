"""A small OpenID Connect provider over real HTTP: discovery, authorize, token, keys, userinfo."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.stands.ports import free_port
from tests.stands.web_server import serving

CLIENT, SECRET = "workspace", "s3cret: with/signs"


@dataclass
class OidcProvider:
    """Vouches for one person at a time; the tests bend what it says."""

    issuer: str
    person: dict[str, Any] = field(default_factory=dict)
    bent: dict[str, Any] = field(default_factory=dict)  # claims of the token, as they should not be
    in_userinfo: bool = False  # the mail address stands there alone
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signed_with: RSAKey | None = None
    broken: str = ""  # the part that answers 500
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> what was asked for
    tokens_asked: int = 0

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self.discovery),
            Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]),
            Route("/keys", self.keys),
            Route("/userinfo", self.userinfo),
        ]

    async def discovery(self, _request: Request) -> Response:
        if self.broken == "discovery":
            return JSONResponse({}, 500)
        return JSONResponse(
            {
                "issuer": self.bent.get("issuer", self.issuer),
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
            }
        )

    async def authorize(self, request: Request) -> Response:
        """The person is signed in already and agrees."""
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")

    async def token(self, request: Request) -> Response:
        self.tokens_asked += 1
        if self.broken == "token":
            return JSONResponse({}, 500)
        sent = await request.form()
        asked = self.asked.pop(str(sent["code"]), None)  # a code is good once
        wanted = base64.b64encode(b"workspace:s3cret%3A%20with%2Fsigns").decode()
        if asked is None or request.headers.get("authorization") != f"Basic {wanted}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(str(sent["code_verifier"]).encode()).digest()
        proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        if not proved or sent["redirect_uri"] != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token(asked)}
        )

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        hidden = ("email", "email_verified") if self.in_userinfo else ()
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **{name: value for name, value in self.person.items() if name not in hidden},
            **{name: value for name, value in self.bent.items() if name != "issuer"},
        }
        if self.bent.get("alg") == "none":
            parts = ({"alg": "none"}, claims)
            packed = [base64.urlsafe_b64encode(json.dumps(each).encode()) for each in parts]
            return ".".join(each.rstrip(b"=").decode() for each in packed) + "."
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signed_with or self.key)

    async def keys(self, _request: Request) -> Response:
        if self.broken == "keys":
            return JSONResponse({}, 500)
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer access"
        return JSONResponse(self.person)


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    """A running provider."""
    port = free_port()
    provider = OidcProvider(f"http://127.0.0.1:{port}")
    with serving(Starlette(routes=provider.routes()), port):
        yield provider
