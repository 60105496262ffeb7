"""What Entra grants beyond what the enabled directories need: it stays granted until it is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.account.answers import GrantAnswer
from shared.account.ports import Connectable
from shared.errors import RollcallError

# Whoever Rollcall may ask for lists, whether or not a directory is enabled that needs it today.
APIS = ("graph", "exchange")


@dataclass(frozen=True, slots=True)
class Granted:
    """What Entra lets Rollcall do on one API as the service account: permissions' names, or why it did not
    say."""

    names: frozenset[str] = frozenset()
    refusal: RollcallError | None = None

    def has(self, permission: str) -> bool:
        """Whether that permission is among them, however Entra spells it."""
        return permission.casefold() in {name.casefold() for name in self.names}


def api_of(directory: str) -> str:
    """The API that serves a directory: Exchange serves two."""
    return "graph" if directory == "graph" else "exchange"


def needed_permissions(account: Connectable) -> dict[str, list[str]]:
    """The permissions' names that the enabled directories need, by API."""
    needed: dict[str, list[str]] = {}
    for name, scopes in account.scopes.items():
        if scopes:
            names = [scope.rpartition("/")[2] for scope in scopes]
            needed.setdefault(api_of(name), []).extend(names)
    return needed


def ask_grants(account: Connectable, refused: Mapping[str, RollcallError]) -> dict[str, Granted]:
    """What is granted, by API. Never raises.

    `refused` is what Entra said just now of the APIs that are needed: who refuses all is not asked again,
    unless for want of consent, where part of it may be given.
    """
    needed = needed_permissions(account)
    refused = {api: error for api, error in refused.items() if error.reason != "consent_missing"}
    no_use = next(iter(refused.values()), None) if needed.keys() <= refused.keys() else None
    return {api: _ask(account, api, refused.get(api) or no_use) for api in APIS}


def _ask(account: Connectable, api: str, refusal: RollcallError | None) -> Granted:
    if refusal is None:
        try:
            return Granted(frozenset(account.granted(api)))
        except RollcallError as error:
            refusal = error
    return Granted(refusal=refusal)


def grants_beyond(account: Connectable, granted: Mapping[str, Granted]) -> list[GrantAnswer]:
    """What of it no enabled directory needs, by API."""
    needed = needed_permissions(account)
    answers = []
    for api, one in granted.items():
        if one.refusal:
            answers.append(GrantAnswer(api, False, [], one.refusal.sentence, one.refusal.remedy))
        else:
            wanted = {name.casefold() for name in needed.get(api, [])}
            beyond = sorted(name for name in one.names if name.casefold() not in wanted)
            answers.append(GrantAnswer(api, True, beyond, "", ""))
    return answers
