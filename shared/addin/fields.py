"""What is filled into pages and manifests: this deployment's URLs and ids, and nothing secret."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlsplit

from shared.settings import Settings

VERSION = "1.0.0"
_FIELD = re.compile(r"\{\{([a-z_]+)\}\}")
# What could end the element that the configuration stands in, and what JavaScript takes for a line's end.
_IN_HTML = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class UnknownField(Exception):
    """A template asks for something that nobody fills in; says what."""


def fill(template: str, name: str, settings: Settings) -> str:
    """The file `name` with its fields filled in, each escaped as its kind of file wants. Raises
    UnknownField."""
    suffix = name.rpartition(".")[2]
    if suffix == "html":
        # The configuration is inside a script element, where nothing is unescaped; a URL in an attribute.
        values = {"config": config_of(settings), "office_js": escape(settings.office_js_url)}
        return _replace(template, values, str)
    return _replace(template, manifest_fields(settings), _ESCAPES[suffix])


def config_of(settings: Settings) -> str:
    """What the add-in's scripts must know, as JSON that can stand in a script element."""
    values = {
        "clientId": settings.addin_client_ids[0],
        "tenantId": settings.tenant_id,
        "authority": f"{settings.authority}/{settings.tenant_id}",
        "scope": f"api://{settings.client_id}/access_as_user",
        "modes": list(settings.allowed_modes),
        "tracking": settings.tracking,
        "basis": settings.individual_basis or None,
        "graphUrl": settings.graph_url,
        "perRecipientLimit": settings.copies_limit,
        "copiesPerMinute": settings.copies_per_minute,
        "copiesUndo": settings.copies_undo,
        "sendsFromPane": settings.send_from_pane,
        "smallestGroup": settings.smallest_group,
        "hasNotice": settings.notice == "line",
        "offersSubject": settings.names,
        "purposes": list(settings.purposes),
        "teams": bool(settings.teams),
        "limitsHosts": bool(settings.allow_hosts or settings.deny_hosts),
        "mailTips": settings.mail_tips,
        "trackingUrl": settings.tracking_url,
        "version": VERSION,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(_IN_HTML)


def manifest_fields(settings: Settings) -> Mapping[str, str]:
    """What a manifest says of this deployment."""
    # Always the same for the same deployment: whoever deploys the manifest again updates the add-in.
    name = f"rollcall:{settings.tenant_id}:{settings.client_id}"
    addin_id, unified_id = (uuid.uuid5(uuid.NAMESPACE_URL, each) for each in (name, f"{name}:unified"))
    authority = urlsplit(settings.authority)
    # Outlook lets an add-in send only if it may do anything in the mailbox; all else needs the one mail.
    permissions = ("ReadWriteItem", "MailboxItem.ReadWrite.User")
    if settings.send_from_pane:
        permissions = ("ReadWriteMailbox", "Mailbox.ReadWrite.User")
    return {
        "authority_host": authority.netloc,
        "authority_origin": f"{authority.scheme}://{authority.netloc}",
        "permission": permissions[0],
        "unified_permission": permissions[1],
        "origin": settings.public_url,
        "host": urlsplit(settings.public_url).netloc,
        "addin_id": str(addin_id),
        "unified_id": str(unified_id),
        "client_id": settings.addin_client_ids[0],
        "api_resource": f"api://{settings.client_id}",
        "version": VERSION,
        "support_url": f"{settings.public_url}/addin/pages.html",
        "privacy_url": f"{settings.public_url}/addin/privacy.html",
    }


def allowed_scripts(settings: Settings) -> Mapping[str, list[str]]:
    """Which script Outlook may run when a mail is sent (microsoft-officeaddins-allowed.json)."""
    return {"allowed": [f"{settings.public_url}/addin/events.js"]}


def _replace(template: str, values: Mapping[str, str], escaped: Callable[[str], str]) -> str:
    if unknown := sorted(set(_FIELD.findall(template)) - set(values)):
        raise UnknownField(", ".join(unknown))
    return _FIELD.sub(lambda found: escaped(values[found[1]]), template)


_ESCAPES: Mapping[str, Callable[[str], str]] = {
    "xml": escape,
    "json": lambda value: json.dumps(value, ensure_ascii=False)[1:-1],
}
