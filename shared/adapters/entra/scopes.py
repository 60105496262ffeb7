"""What is asked of Entra: the delegated permissions of the enabled directories, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from shared.account.needs import Need, needs
from shared.adapters.entra import refusals
from shared.settings import Settings

# What the APIs are called in every tenant and every cloud, whatever their addresses.
APIS = {
    "graph": "00000003-0000-0000-c000-000000000000",
    "exchange": "00000002-0000-0ff1-ce00-000000000000",
}
# A sign-in has these whatever is granted, and every answer names some of them.
_SIGN_IN = frozenset({"openid", "profile", "email", "offline_access"})
_DEFAULT = ".default"


def directory_scopes(settings: Settings) -> dict[str, list[str]]:
    """The scopes that each enabled directory needs; none where it does without Entra.

    An EWS at another origin than the Admin API's is Exchange Server, which has no part in Entra's scopes.
    """
    scopes: dict[str, list[str]] = {}
    for name in settings.directories:
        if name == "graph":
            scopes[name] = [f"{_origin(settings.graph_url)}/{scope}" for scope in settings.graph_scopes]
        elif name == "exchange":
            scopes[name] = [f"{_origin(settings.exchange_url)}/Exchange.ManageV2"]
        elif settings.ews_sign_in == "oauth" and (
            "exchange" not in settings.directories
            or _origin(settings.ews_url) == _origin(settings.exchange_url)
        ):
            scopes[name] = [f"{_origin(settings.ews_url)}/EWS.AccessAsUser.All"]
        else:
            scopes[name] = []
    return scopes


def resource_scopes(settings: Settings) -> dict[str, list[str]]:
    """The same for each resource: `graph`, and `exchange`, which serves both the Admin API and EWS."""
    scopes: dict[str, list[str]] = {}
    for name, asked in directory_scopes(settings).items():
        if asked:
            scopes.setdefault("graph" if name == "graph" else "exchange", []).extend(asked)
    return scopes


def setup_needs(settings: Settings) -> list[Need]:
    """What the set-up needs of Microsoft's side, by these settings."""
    scopes = [scope for asked in directory_scopes(settings).values() for scope in asked]
    copies = set(settings.allowed_modes) - {"counting"}
    tips = ["MailTips.ReadBasic.Shared"] if settings.mail_tips else []
    addin = [*(["Mail.Send"] if copies else []), *tips]
    return list(needs([scope.rpartition("/")[2] for scope in scopes], addin, settings.credential))


def default_scopes(resource: str) -> list[str]:
    """What is asked to hear of everything that is granted on `graph` or `exchange`.

    Source: "Scopes and permissions in the Microsoft identity platform", section on the .default scope,
    learn.microsoft.com/entra/identity-platform/scopes-oidc: consent is neither asked for nor widened by it.
    """
    return [f"{APIS[resource]}/{_DEFAULT}"]


def granted_names(answer: Mapping[str, Any]) -> list[str]:
    """The permissions that Entra's answer says are granted, without their API's address.

    Raises ServiceAccountError for an answer that does not say.
    """
    said = answer.get("scope")
    names = {scope.rpartition("/")[2] for scope in said.split()} if isinstance(said, str) else set()
    if not names - {_DEFAULT}:
        raise refusals.UNREADABLE.error()
    return sorted(names - _SIGN_IN - {_DEFAULT})


def consent_url(settings: Settings, redirect_uri: str) -> str:
    """Where a tenant administrator grants exactly what the enabled directories need, for everybody.

    Source: "Using the admin consent endpoint", learn.microsoft.com/entra/identity-platform/v2-admin-consent.
    """
    query = {
        "client_id": settings.client_id,
        "scope": " ".join(scope for asked in directory_scopes(settings).values() for scope in asked),
        "redirect_uri": redirect_uri,
    }
    return f"{settings.authority}/{settings.tenant_id}/v2.0/adminconsent?{urlencode(query, quote_via=quote)}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
