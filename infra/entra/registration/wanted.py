"""What the settings say, read from azd's environment as main.bicepparam reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from infra.entra.registration.names import name_registrations
from shared.account.needs import SIGN_IN

GRAPH = "00000003-0000-0000-c000-000000000000"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
SENDING, TIPS = "Mail.Send", "MailTips.ReadBasic.Shared"
SHARED_MODES = {"counting", "overall"}
"""Modes in which all get the same mail, the former name too."""
EXCHANGE_SCOPES = {"exchange": "Exchange.ManageV2", "ews": "EWS.AccessAsUser.All"}
LINE = re.compile(r'^(?:export )?(\w+)=(?:"((?:[^"\\]|\\.)*)"|(.*))$')


class Incomplete(Exception):
    """A setting is missing or says what cannot be; the text says which, and what to do."""


@dataclass(frozen=True)
class Wanted:
    """How the registrations are to be. Ids are object ids, but for `setup_clients`; empty: not known yet."""

    name: str
    tenant_id: str
    public_url: str
    identity: str
    credential: str
    scopes: dict[str, list[str]]  # by the API that offers them
    addin_scopes: list[str]  # of Graph, as the person who uses it
    service_account: str
    admins: list[str]
    senders: list[str]
    auditors: list[str]
    setup_clients: list[str]

    @classmethod
    def of(cls, values: dict[str, str]) -> Self:
        """From the variables of an azd environment. Raises Incomplete."""
        directories = _list(values, "ROLLCALL_DIRECTORIES") or ["graph"]
        if unknown := sorted(set(directories) - {"graph", *EXCHANGE_SCOPES}):
            raise Incomplete(f"ROLLCALL_DIRECTORIES: there is no directory {', '.join(unknown)}.")
        graph_scopes = values.get("ROLLCALL_GRAPH_SCOPES") or "Directory.Read.All User.Read.All"
        scopes = {GRAPH: [*graph_scopes.split(), *SIGN_IN]}
        if exchange := [scope for name, scope in EXCHANGE_SCOPES.items() if name in directories]:
            scopes[EXCHANGE] = exchange
        return cls(
            name=values.get("ROLLCALL_REGISTRATION_NAME") or _name(values),
            tenant_id=values.get("AZURE_TENANT_ID", ""),
            public_url=values.get("ROLLCALL_PUBLIC_URL", ""),
            identity=values.get("ROLLCALL_IDENTITY_PRINCIPAL_ID", ""),
            credential=values.get("ROLLCALL_CREDENTIAL") or "managed_identity",
            scopes=scopes,
            addin_scopes=_addin_scopes(values),
            service_account=values.get("ROLLCALL_SERVICE_ACCOUNT_ID", ""),
            admins=_list(values, "ROLLCALL_ADMIN_IDS"),
            senders=_list(values, "ROLLCALL_SENDER_IDS"),
            auditors=_list(values, "ROLLCALL_AUDITOR_IDS"),
            setup_clients=_list(values, "ROLLCALL_SETUP_CLIENT_IDS"),
        )


def read_values(text: str) -> dict[str, str]:
    """The variables that `azd env get-values` printed. Raises Incomplete for a line that is none."""
    values = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.match(line.strip())
        if found is None:
            raise Incomplete(f"Line {number} is not NAME=value, as azd env get-values prints it.")
        quoted = found[2] is not None
        values[found[1]] = re.sub(r"\\(.)", r"\1", found[2]) if quoted else found[3]
    return values


def _sends_copies(values: dict[str, str]) -> bool:
    """Whether there is a mode that a sender may choose, and in which each recipient gets a copy."""
    ceiling = values.get("ROLLCALL_TRACKING") or "individual"
    copies = set(_list(values, "ROLLCALL_MODES")) - SHARED_MODES
    if ceiling != "individual" or not values.get("ROLLCALL_INDIVIDUAL_BASIS"):
        copies.discard("individual")
    return bool(copies) and ceiling in ("pseudonymous", "individual")


def _addin_scopes(values: dict[str, str]) -> list[str]:
    asks_for_tips = values.get("ROLLCALL_MAIL_TIPS") == "yes"
    return [*([SENDING] if _sends_copies(values) else []), *([TIPS] if asks_for_tips else [])]


def _name(values: dict[str, str]) -> str:
    asked = ("AZURE_SUBSCRIPTION_ID", "AZURE_ENV_NAME", "AZURE_LOCATION")
    if missing := [name for name in asked if not values.get(name)]:
        raise Incomplete(
            f"{missing[0]} is not set, and the registrations are named after it. Set it as the deployment "
            f"will have it: azd env set {missing[0]} VALUE"
        )
    return name_registrations(*(values[name] for name in asked))


def _list(values: dict[str, str], name: str) -> list[str]:
    return [one.strip() for one in values.get(name, "").split(",") if one.strip()]
