"""What Entra grants beyond what the enabled directories need: it stays granted until it is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.account.answers import GrantAnswer
from shared.account.ports import Connectable
from shared.errors import RollcallError

# Whoever Rollcall may ask for lists, whether or not a directory is enabled that needs it today.
APIS = ("graph", "exchange")


def api_of(directory: str) -> str:
    """The API that serves a directory: Exchange serves two."""
    return "graph" if directory == "graph" else "exchange"


def look_at_grants(account: Connectable, refused: Mapping[str, RollcallError]) -> list[GrantAnswer]:
    """What is granted beyond need, by API. Never raises.

    `refused` is what Entra said just now of the APIs that are needed: who refuses all is not asked again.
    """
    needed: dict[str, list[str]] = {}
    for name, scopes in account.scopes.items():
        if scopes:
            needed.setdefault(api_of(name), []).extend(scopes)
    no_use = next(iter(refused.values()), None) if needed.keys() <= refused.keys() else None
    return [_look(account, api, needed.get(api, []), refused.get(api) or no_use) for api in APIS]


def _look(
    account: Connectable, api: str, needed: Sequence[str], refusal: RollcallError | None
) -> GrantAnswer:
    if refusal is None:
        try:
            granted = account.granted(api)
        except RollcallError as error:
            refusal = error
        else:
            wanted = {scope.rpartition("/")[2].casefold() for scope in needed}
            beyond = [name for name in granted if name.casefold() not in wanted]
            return GrantAnswer(api, True, beyond, "", "")
    return GrantAnswer(api, False, [], refusal.sentence, refusal.remedy)
