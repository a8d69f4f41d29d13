"""Signing in through an OpenID Connect provider: the way there, and what it vouches for."""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from bot.curation.people import ProviderAway, ProviderRefused
from bot.errors import SettingsInvalid
from bot.settings import Settings

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 10.0
SKEW_SECONDS = 60
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for: its own name for them, and a mail address that is theirs."""

    subject: str
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as the operator set it up; ``checks_second_factor`` is the operator's word."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    checks_second_factor: bool

    def way_there(self, secret: str, back: str) -> str:
        """Where a browser is sent; all that must come back follows from the browser's secret."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": state_of(secret),
            "nonce": _drawn("nonce", secret),
            "code_challenge": create_s256_code_challenge(_drawn("verifier", secret)),
            "code_challenge_method": "S256",
        }
        address = str(self._described()["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def vouched(self, secret: str, back: str, code: str) -> Vouched:
        """Who somebody is that came back with a code; ProviderRefused where it proves nothing."""
        described = self._described()
        tokens = self._tokens(described, secret, back, code)
        keys = _json("GET", str(described["jwks_uri"]))
        claims = self._claims(str(tokens.get("id_token", "")), tokens, keys, secret)
        if "email" not in claims and "userinfo_endpoint" in described:
            claims = {**self._more(described, tokens, claims["sub"]), **claims}
        if not claims.get("email") or claims.get("email_verified") not in (True, "true"):
            raise ProviderRefused("the provider vouches for no mail address")
        subject = hashlib.sha256(f"{self.issuer} {claims['sub']}".encode()).hexdigest()
        return Vouched(subject, str(claims["email"]), str(claims.get("name") or ""))

    def _described(self) -> dict[str, Any]:
        """What the provider says of itself."""
        described = _json("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if described.get("issuer") != self.issuer:
            raise ProviderAway("the provider describes another issuer than the settings name")
        missing = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - described.keys()
        if missing:
            raise ProviderAway(f"the provider does not describe its {', '.join(sorted(missing))}")
        return described

    def _tokens(
        self, described: dict[str, Any], secret: str, back: str, code: str
    ) -> dict[str, Any]:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": _drawn("verifier", secret),
        }
        ways = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in ways:
            auth = httpx.BasicAuth(quote(self.client_id, ""), quote(self.client_secret, ""))
            return _json("POST", str(described["token_endpoint"]), data=sent, auth=auth)
        sent |= {"client_id": self.client_id, "client_secret": self.client_secret}
        return _json("POST", str(described["token_endpoint"]), data=sent)

    def _claims(
        self, id_token: str, tokens: dict[str, Any], keys: Any, secret: str
    ) -> dict[str, Any]:
        """What a signed token says, once it is known to be for us, for this browser, and fresh."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True, "allow_blank": False},
        }
        params = {
            "nonce": _drawn("nonce", secret),
            "client_id": self.client_id,
            "access_token": tokens.get("access_token"),
        }
        try:
            key_set = KeySet.import_key_set(keys)
            token = jwt.decode(id_token, key_set, algorithms=SIGNED_BY)
            claims = CodeIDToken(token.claims, token.header, wanted, params)
            claims.validate(leeway=SKEW_SECONDS)
        except (JoseError, ValueError) as fault:
            raise ProviderRefused(f"the provider's token proves nothing: {fault}") from fault
        return dict(claims)

    def _more(
        self, described: dict[str, Any], tokens: dict[str, Any], subject: str
    ) -> dict[str, Any]:
        bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        told = _json("GET", str(described["userinfo_endpoint"]), headers=bearer)
        if told.get("sub") != subject:
            raise ProviderRefused("the provider tells of somebody else")
        return told


def provider_of(settings: Settings) -> Provider | None:
    """The provider of the settings, if one is set."""
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None or settings.oidc_client_secret is None:
        raise SettingsInvalid(
            "BORROWER_AID_OIDC_ISSUER needs BORROWER_AID_OIDC_CLIENT_ID and "
            "BORROWER_AID_OIDC_CLIENT_SECRET"
        )
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        settings.oidc_name,
        settings.oidc_second_factor,
    )


def state_of(secret: str) -> str:
    """What shows that an answer belongs to the browser that was sent away with a secret."""
    return _drawn("state", secret)


def _drawn(what: str, secret: str) -> str:
    return hashlib.sha256(f"{what} {secret}".encode()).hexdigest()


def _json(method: str, address: str, **options: Any) -> dict[str, Any]:
    """An answer of the provider; what it refuses is told apart from its being away."""
    try:
        answer = httpx.request(method, address, timeout=PATIENCE_SECONDS, **options)
        told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
        log.warning("the sign-in provider cannot be asked: %s", type(fault).__name__)
        raise ProviderAway("the provider cannot be asked") from fault
    if answer.status_code in (400, 401, 403):
        raise ProviderRefused(f"the provider refused: {answer.status_code}")
    if not answer.is_success or not isinstance(told, dict):
        log.warning("the sign-in provider answered %s", answer.status_code)
        raise ProviderAway(f"the provider answered {answer.status_code}")
    return told
