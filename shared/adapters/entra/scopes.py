"""What is asked of Entra: the delegated permissions of the enabled directories, and nothing more."""

from __future__ import annotations

from urllib.parse import urlsplit

from shared.settings import Settings


def resource_scopes(settings: Settings) -> dict[str, list[str]]:
    """The scopes for each resource that the enabled directories need: `graph`, `exchange`.

    `exchange` serves the Admin API and EWS, which are one resource in Exchange Online. An EWS at another
    origin than the Admin API's is Exchange Server, which has no part in Entra's scopes.
    """
    scopes: dict[str, list[str]] = {"graph": [], "exchange": []}
    if "graph" in settings.directories:
        scopes["graph"] = [f"{_origin(settings.graph_url)}/{name}" for name in settings.graph_scopes]
    if "exchange" in settings.directories:
        scopes["exchange"].append(f"{_origin(settings.exchange_url)}/Exchange.ManageV2")
    if (
        "ews" in settings.directories
        and settings.ews_sign_in == "oauth"
        and (
            "exchange" not in settings.directories
            or _origin(settings.ews_url) == _origin(settings.exchange_url)
        )
    ):
        scopes["exchange"].append(f"{_origin(settings.ews_url)}/EWS.AccessAsUser.All")
    return {resource: asked for resource, asked in scopes.items() if asked}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
