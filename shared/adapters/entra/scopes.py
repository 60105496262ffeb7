"""What is asked of Entra: the delegated permissions of the enabled directories, and nothing more."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from shared.settings import Settings


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
