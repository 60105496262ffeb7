"""Entra's refusals: their numbers, their words, and the one form in which they are told."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import JSONResponse

NO_STORE = {"Cache-Control": "no-store, no-cache", "Pragma": "no-cache"}


@dataclass(frozen=True, slots=True)
class _Kind:
    error: str
    text: str
    suberror: str = ""
    status: int = 400


# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
_KINDS = {
    28000: _Kind(
        "invalid_scope",
        "Provided value for the input parameter scope is not valid because it contains more than one"
        " resource. Scope {scope} is not valid.",
    ),
    50011: _Kind(
        "invalid_request",
        "The redirect URI '{redirect_uri}' specified in the request does not match the redirect URIs"
        " configured for the application '{client}'. Make sure the redirect URI sent in the request"
        " matches one added to your application in the Azure portal.",
    ),
    50034: _Kind("invalid_grant", "The user account does not exist in the {tenant} directory."),
    50053: _Kind(
        "invalid_grant",
        "The account is locked, you've tried to sign in too many times with an incorrect user ID or"
        " password.",
    ),
    50055: _Kind("invalid_grant", "The password is expired.", "user_password_expired"),
    50057: _Kind("invalid_grant", "The user account is disabled."),
    50058: _Kind("login_required", "A silent sign-in request was sent but no user is signed in."),
    50076: _Kind(
        "invalid_grant",
        "Due to a configuration change made by your administrator, or because you moved to a new"
        " location, you must use multi-factor authentication to access '{resource}'.",
        "basic_action",
    ),
    50105: _Kind(
        "invalid_grant",
        "Your administrator has configured the application {name} ('{client}') to block users unless they"
        " are specifically granted ('assigned') access to the application.",
    ),
    50173: _Kind(
        "invalid_grant",
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user"
        " might have changed or reset their password. The grant was issued on '{issued_at}'.",
        "bad_token",
    ),
    53003: _Kind(
        "invalid_grant",
        "Access has been blocked by Conditional Access policies. The access policy does not allow token"
        " issuance.",
        "message_only",
    ),
    54005: _Kind(
        "invalid_grant",
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an"
        " existing refresh token.",
    ),
    65001: _Kind(
        "invalid_grant",
        "The user or administrator has not consented to use the application with ID '{client}' named"
        " '{name}'. Send an interactive authorization request for this user and resource.",
        "consent_required",
    ),
    65004: _Kind("access_denied", "User declined to consent to access the app."),
    70000: _Kind("invalid_grant", "Provided grant is invalid or malformed."),
    70003: _Kind("unsupported_grant_type", "The app requested an unsupported grant type '{grant}'."),
    70008: _Kind(
        "invalid_grant",
        "The provided authorization code or refresh token has expired due to inactivity. Send a new"
        " interactive authorization request for this user and resource.",
    ),
    70011: _Kind(
        "invalid_scope",
        "The provided request must include a 'scope' input parameter. The provided value for the input"
        " parameter 'scope' is not valid. The scope '{scope}' is not valid.",
    ),
    70043: _Kind(
        "invalid_grant",
        "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."
        " The token was issued on {issued_at}.",
        "bad_token",
    ),
    90002: _Kind(
        "invalid_request",
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing"
        " into the correct cloud.",
    ),
    90055: _Kind("temporarily_unavailable", "The request was throttled. Try again later.", status=503),
    90094: _Kind("access_denied", "The grant requires admin permission."),
    500112: _Kind(
        "invalid_client",
        "The reply address '{redirect_uri}' does not match the reply address provided when requesting"
        " Authorization code.",
        status=401,
    ),
    501481: _Kind(
        "invalid_grant",
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    ),
    650057: _Kind(
        "invalid_resource",
        "Invalid resource. The client has requested access to a resource which is not listed in the requested"
        " permissions in the client's application registration. Client app ID: {client}({name}).",
    ),
    700016: _Kind(
        "unauthorized_client",
        "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen"
        " if the application has not been installed by the administrator of the tenant.",
    ),
    700024: _Kind("invalid_client", "Client assertion is not within its valid time range.", status=401),
    700027: _Kind("invalid_client", "Client assertion failed signature validation.", status=401),
    700025: _Kind(
        "invalid_client",
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        status=401,
    ),
    700054: _Kind("unsupported_response_type", "response_type '{kind}' is not enabled for the application."),
    700082: _Kind(
        "invalid_grant",
        "The refresh token has expired due to inactivity. The token was issued on {issued_at} and was"
        " inactive for 90.00:00:00.",
        "bad_token",
    ),
    700084: _Kind(
        "invalid_grant",
        "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime"
        " of 1.00:00:00, which can't be extended.",
    ),
    700213: _Kind(
        "invalid_client",
        "No matching federated identity record found for presented assertion subject.",
        status=401,
    ),
    900144: _Kind("invalid_request", "The request body must contain the following parameter: '{name}'."),
    7000215: _Kind(
        "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
        " value, not the client secret ID, for a secret added to app '{client}'.",
        status=401,
    ),
    7000229: _Kind(
        "invalid_client",
        "The client application {client} is missing service principal in the tenant.",
        status=401,
    ),
    7000218: _Kind(
        "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        status=401,
    ),
    1002012: _Kind(
        "invalid_scope",
        "The provided value for scope {scope} is not valid. Client credential flows must have a scope value"
        " with /.default suffixed to the resource identifier (application ID URI).",
    ),
    7000222: _Kind(
        "invalid_client", "The provided client secret keys for app '{client}' are expired.", status=401
    ),
    9002326: _Kind(
        "invalid_request",
        "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
    ),
    9002327: _Kind(
        "invalid_request",
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin"
        " requests.",
    ),
    9002325: _Kind(
        "invalid_request",
        "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
    ),
}


class EntraError(Exception):
    """A refusal by its AADSTS number; `facts` fill the gaps in its text."""

    def __init__(self, number: int, **facts: str) -> None:
        kind = _KINDS[number]
        self.number = number
        self.error = kind.error
        self.suberror = kind.suberror
        self.status = kind.status
        self.trace_id = str(uuid.uuid4())
        self.correlation_id = str(uuid.uuid4())
        self.timestamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        self.text = f"AADSTS{number}: {kind.text.format(**facts)}"
        super().__init__(self.text)

    @property
    def description(self) -> str:
        """The text with the ids that Microsoft's support asks for."""
        ids = f"Trace ID: {self.trace_id} Correlation ID: {self.correlation_id}"
        return f"{self.text} {ids} Timestamp: {self.timestamp}"

    def response(self, origin: str) -> JSONResponse:
        """The token endpoint's answer."""
        body: dict[str, Any] = {
            "error": self.error,
            "error_description": self.description,
            "error_codes": [self.number],
            "timestamp": self.timestamp,
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "error_uri": f"{origin}/error?code={self.number}",
        }
        if self.suberror:
            body["suberror"] = self.suberror
        if self.suberror == "basic_action":
            # What the client must hand back when it asks the person to sign in again.
            policy = {"essential": True, "values": [str(uuid.uuid5(uuid.NAMESPACE_URL, origin))]}
            body["claims"] = json.dumps({"access_token": {"capolids": policy}})
        return JSONResponse(body, self.status, NO_STORE)
