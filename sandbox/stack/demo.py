"""The main job over HTTP, told on the terminal: connect the service account, expand lists, forget them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from sandbox.stack.cookies import keep

SENDER = "mia.sender@company.com"
STAND_IN = "rollcall-standin@company.com"
LISTS = ("sales-team@company.com", "all-company@company.com", "board@company.com")
_TIMEOUT = 60.0
_WIDTH = 64
_KINDS = {
    "distribution_list": "distribution list",
    "dynamic_distribution_list": "dynamic distribution list",
    "mail_enabled_security_group": "mail-enabled security group",
    "microsoft_365_group": "Microsoft 365 group",
}
_MAILBOXES = {"shared": "shared mailboxes", "room": "rooms", "equipment": "equipment"}
_SUBTRACTED = {
    "lists": "lists, each read once",
    "duplicates": "met a second time",
    "without_address": "without a mailbox",
    "unreadable": "not shown to the service account",
    "not_mail": "not reached by mail, like devices",
}


class DemoError(Exception):
    """An answer was not what the demo needs; the text says which and what it was."""


def run(app_url: str, sandbox_url: str, ca_path: Path) -> None:
    """Do it all and print it. Raises DemoError when a step fails."""
    with requests.Session() as http:
        http.trust_env = False  # everything is on loopback: no proxy, no other authorities
        http.verify = str(ca_path)
        account = _connect(http, app_url, sandbox_url)
        print(f"\nConnected: Rollcall reads lists as {account}, signed in once by an admin.", flush=True)
        sender = _bearer(http, sandbox_url, SENDER)
        made = []
        for address in LISTS:
            began = time.monotonic()
            expansion = _expand(http, app_url, sender, address)
            made.append(expansion["id"])
            print("\n".join(describe(address, expansion, time.monotonic() - began)), flush=True)
        for identifier in made:
            _ask(http, "DELETE", f"{app_url}/api/expansions/{identifier}", headers=sender)
        print(f"\nNot sent, so forgotten: the {len(made)} expansions are deleted.", flush=True)
        _stop_and_recover(http, app_url, sandbox_url, sender)


def connect(app_url: str, sandbox_url: str, ca_path: Path) -> None:
    """Sign the service account in, in a tenant whose lists nobody knows here. Raises DemoError."""
    with requests.Session() as http:
        http.trust_env = False
        http.verify = str(ca_path)
        account = _connect(http, app_url, sandbox_url)
    print(f"\nConnected: Rollcall reads lists as {account}, signed in once by an admin.", flush=True)


def _stop_and_recover(http: requests.Session, app_url: str, sandbox_url: str, sender: dict[str, str]) -> None:
    """Disable the service account, see that expansion stops, and connect another account."""
    switches = f"{sandbox_url}/_sandbox/switches"
    _ask(http, "PUT", switches, json={"account_disabled": True, "access_tokens_revoked": True})
    body = {"addresses": [LISTS[0]]}
    answer = http.post(f"{app_url}/api/expansions", json=body, headers=sender, timeout=_TIMEOUT)
    if answer.status_code != 503:
        raise DemoError(f"With the service account disabled, expanding was answered {answer.status_code}.")
    told = answer.json()
    print(f"\nIts account disabled in Entra, Rollcall stops: {told['detail']}", flush=True)
    print(f"  {told['remedy']}\n  {told['forward']}", flush=True)
    account = _connect(http, app_url, sandbox_url, STAND_IN)
    expansion = _expand(http, app_url, sender, LISTS[0])
    counted = _amount(expansion["count"], "unique recipient")
    print(f"Connected as {account}, it counts again: {counted}.", flush=True)
    _ask(http, "DELETE", switches)
    _ask(http, "DELETE", f"{app_url}/api/expansions/{expansion['id']}", headers=sender)
    _connect(http, app_url, sandbox_url)


def _connect(http: requests.Session, app_url: str, sandbox_url: str, account: str = "") -> str:
    """Sign an account in (the tenant's service account when empty) as an admin does, clicking through
    Entra's page; the account's name."""
    state = _ask(http, "GET", f"{sandbox_url}/_sandbox/state").json()
    account = account or state["service_account"]
    admin = _bearer(http, sandbox_url, state["admin"])
    begun = _ask(http, "GET", f"{app_url}/api/connection/start", headers=admin)
    keep(http, begun)
    page = begun.json()["authorize_url"]
    form = {"account": account, "action": "accept"}
    _ask(http, "POST", page, data=form)  # leads back to the app, which redeems the code
    return account


def _bearer(http: requests.Session, sandbox_url: str, person: str) -> dict[str, str]:
    """The header with an access token as the add-in would get one for `person`."""
    answer = _ask(http, "POST", f"{sandbox_url}/_sandbox/tokens", json={"person": person})
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def _expand(http: requests.Session, app_url: str, sender: dict[str, str], address: str) -> dict[str, Any]:
    identifier = str(uuid.uuid4())
    body = {"id": identifier, "addresses": [address]}
    expansion: dict[str, Any] = _ask(
        http, "POST", f"{app_url}/api/expansions", json=body, headers=sender
    ).json()
    while expansion["state"] == "running":
        time.sleep(0.5)
        expansion = _ask(http, "GET", f"{app_url}/api/expansions/{identifier}", headers=sender).json()
    if expansion["state"] != "done":
        raise DemoError(f"Expanding {address} failed: {expansion['failure']['text']}")
    return expansion


def _ask(http: requests.Session, method: str, url: str, **options: Any) -> requests.Response:
    answer = http.request(method, url, timeout=_TIMEOUT, **options)
    if not answer.ok:
        raise DemoError(
            f"{method} {url.partition('?')[0]} was answered with {answer.status_code}:\n{answer.text[:1000]}"
        )
    return answer


def describe(address: str, expansion: dict[str, Any], seconds: float) -> Iterator[str]:
    """What an expansion of `address` found, line by line."""
    yield f"\n{'─' * _WIDTH}\n{address}  ({seconds:.2f} s)"
    yield from _box(_amount(expansion["count"], "unique recipient"))
    yield from _tree(expansion["lists"])
    yield ""
    yield from _balance(expansion)
    for warning in expansion["warnings"]:
        yield f"  * {warning['list'] or 'before Send'}: {warning['text']}"
    for problem in expansion["problems"]:
        yield f"  ! {problem['list'] or address}: {problem['text']}\n    {problem['remedy']}"
    if expansion["complete"]:
        yield "  Complete: every list was read to its end."


def _box(text: str) -> Iterator[str]:
    yield f"  ┏━━{'━' * len(text)}━━┓"
    yield f"  ┃  {text}  ┃"
    yield f"  ┗━━{'━' * len(text)}━━┛"


def _tree(lists: list[dict[str, Any]]) -> Iterator[str]:
    for entry in lists:
        name = "  " * entry["depth"] + entry["address"]
        fate = f"{_amount(entry['members'], 'member')}, {_amount(entry['recipients'], 'recipient')}"
        if entry["problem"]:
            fate += f" (not read in full: {entry['problem'].replace('_', ' ')})"
        yield f"{name:<33} {_KINDS[entry['kind']]}: {fate}"


def _amount(amount: dict[str, Any], noun: str) -> str:
    """So many, where that is known; at least so many; an unknown number, where nothing is known."""
    least, most = amount["at_least"], amount["at_most"]
    if not least and most is None:
        return f"an unknown number of {noun}s"
    return f"{'' if least == most else 'at least '}{least:,} {noun}{'' if least == 1 else 's'}"


def _balance(expansion: dict[str, Any]) -> Iterator[str]:
    balance, external, mailboxes = (expansion[name] for name in ("balance", "external", "mailboxes"))
    yield _row("read: the typed address and all members", balance["members_read"])
    for name, label in _SUBTRACTED.items():
        if balance[name]:
            yield _row(f"  {label}", -balance[name])
    yield _open_row("unique recipients", expansion["count"])
    if external is not None and expansion["count"]["at_least"]:
        yield _open_row("  of them outside the organisation", external)
    for kind, label in _MAILBOXES.items():
        if mailboxes[kind]:
            yield _row(f"  of them {label}", mailboxes[kind])


def _open_row(label: str, amount: dict[str, Any]) -> str:
    """A row with an amount, which may be none that is known."""
    least, most = amount["at_least"], amount["at_most"]
    if not least and most is None:
        return f"  {label:<{_WIDTH - 12}}{'unknown':>10}"
    return _row(label if least == most else f"{label}, at least", least)


def _row(label: str, number: int) -> str:
    return f"  {label:<{_WIDTH - 12}}{number:>10,}"
