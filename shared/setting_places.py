"""The settings that say where a deployment is: its tenant, its directories, its vault and its storage.

The first half of `settings.Settings`; nobody else needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shared import setting_kinds as kinds

DIRECTORIES = ("graph", "exchange", "ews")
CREDENTIALS = ("secret", "certificate", "managed_identity")
ROLE, TRACKING = "ROLLCALL_ROLE", "tracking"


def setting(
    name: str,
    parse: Callable[[str], Any],
    meaning: str,
    default: str | None = None,
    *,
    required: bool = False,
    secret: bool = False,
    judged_later: bool = False,
) -> Any:
    """A field that is read from the variable `name`. `parse` raises ValueError with what is wrong.
    `judged_later`: whatever is wrong with it, the app starts."""
    metadata = {"name": name, "parse": parse, "meaning": meaning, "default": default}
    kind = {"required": required, "secret": secret, "judged_later": judged_later}
    return field(metadata=metadata | kind, repr=not secret)


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """Where a deployment is."""

    role: str = setting(
        ROLE,
        kinds.one_of("everything", TRACKING),
        "What this app answers: `everything`, or with `tracking` pixels, tracked links and the page on which "
        "recipients object, and nothing else: an app of its own beside the other one.",
        "everything",
    )
    tenant_id: str = setting(
        "ROLLCALL_TENANT_ID",
        kinds.guid,
        "The tenant whose lists are read and whose people may call.",
        required=True,
    )
    client_id: str = setting(
        "ROLLCALL_CLIENT_ID", kinds.guid, "The backend's app registration.", required=True
    )
    addin_client_ids: tuple[str, ...] = setting(
        "ROLLCALL_ADDIN_CLIENT_IDS",
        kinds.guids,
        "Which clients (`azp`) may call; the backend's own when empty.",
        "",
    )
    directories: tuple[str, ...] = setting(
        "ROLLCALL_DIRECTORIES",
        kinds.some_of(*DIRECTORIES),
        "Which directories are read: `graph`, which is always asked first, and any of `exchange,ews`.",
        "graph",
    )
    dynamic_lists: bool = setting(
        "ROLLCALL_DYNAMIC_LISTS",
        kinds.word(present=True, absent=False),
        "`absent`: an admin vouches that no list holds a dynamic distribution list or a public folder, so "
        "that a count which Graph alone made can be complete. `present` otherwise.",
        "present",
    )
    graph_scopes: tuple[str, ...] = setting(
        "ROLLCALL_GRAPH_SCOPES",
        kinds.words,
        "Delegated Graph permissions to ask for; the narrower set is "
        "`GroupMember.Read.All User.Read.All OrgContact.Read.All`.",
        "Directory.Read.All User.Read.All",
    )
    authority: str = setting(
        "ROLLCALL_AUTHORITY",
        kinds.https,
        "Where sign-ins happen; other in sovereign clouds.",
        "https://login.microsoftonline.com",
    )
    graph_url: str = setting(
        "ROLLCALL_GRAPH_URL", kinds.https, "Microsoft Graph.", "https://graph.microsoft.com/v1.0"
    )
    exchange_url: str = setting(
        "ROLLCALL_EXCHANGE_URL",
        kinds.https,
        "The Exchange Online Admin API.",
        "https://outlook.office365.com/adminapi/v2.0",
    )
    ews_url: str = setting(
        "ROLLCALL_EWS_URL",
        kinds.https,
        "Exchange Web Services; on-premises too.",
        "https://outlook.office365.com/EWS/Exchange.asmx",
    )
    ews_sign_in: str = setting(
        "ROLLCALL_EWS_SIGN_IN",
        kinds.one_of("oauth", "password"),
        "`oauth`: EWS takes the service account's sign-in. `password`: an Exchange Server on premises takes "
        "the user name and password in the Key Vault secret `rollcall-ews-credentials`.",
        "oauth",
    )
    key_vault_url: str = setting(
        "ROLLCALL_KEY_VAULT_URL",
        kinds.https,
        "Holds the client secret, the service account's sign-in and the signing keys.",
        required=True,
    )
    credential: str = setting(
        "ROLLCALL_CREDENTIAL",
        kinds.one_of(*CREDENTIALS),
        "How the backend proves itself to Entra: `secret` or `certificate` (both from Key Vault), or "
        "`managed_identity` (federated, no secret at all).",
        "secret",
    )
    tables_url: str = setting(
        "ROLLCALL_TABLES_URL",
        kinds.https,
        "Table Storage, reached with the app's identity. Set this or the connection string.",
        "",
    )
    queues_url: str = setting(
        "ROLLCALL_QUEUES_URL",
        kinds.https,
        "Queue Storage of the same account; when empty, the tables' URL with `.queue.` for `.table.`.",
        "",
    )
    storage_connection: str = setting(
        "ROLLCALL_STORAGE_CONNECTION",
        kinds.text,
        "Table Storage by connection string; for Azurite.",
        "",
        secret=True,
    )
    public_url: str = setting(
        "ROLLCALL_PUBLIC_URL",
        kinds.origin,
        "The origin of the app: of the add-in, the pages and the sign-in callback.",
        required=True,
    )
    tracking_url: str = setting(
        "ROLLCALL_TRACKING_URL",
        kinds.origin,
        "The origin in tracking links, where an app of its own answers them; `ROLLCALL_PUBLIC_URL` when "
        "empty.",
        "",
    )
    signing_keys: str = setting(
        "ROLLCALL_SIGNING_KEYS",
        kinds.text,
        "The keys behind tracking links, as a Key Vault reference to `rollcall-signing-keys`: spares a cold "
        "start the question. When empty, Key Vault is asked.",
        "",
        secret=True,
    )
