"""How the service account stands, as it is answered."""

from __future__ import annotations

from datetime import datetime

import msgspec


class AccountAnswer(msgspec.Struct, frozen=True):
    """Who is signed in."""

    id: str
    username: str


class DirectoryAnswer(msgspec.Struct, frozen=True):
    """A directory that is read, with which permissions, and whether the sign-in covers them."""

    name: str
    scopes: list[str]
    ok: bool
    text: str
    remedy: str


class GrantAnswer(msgspec.Struct, frozen=True):
    """What Entra lets Rollcall do on one API, `graph` or `exchange`, as the service account and beyond what
    the enabled directories need: `beyond` names it. Where Entra did not say, `known` is false, `beyond` is
    empty, and `text` and `remedy` tell why."""

    api: str
    known: bool
    beyond: list[str]
    text: str
    remedy: str


class NeedAnswer(msgspec.Struct, frozen=True):
    """One thing that a set-up needs, as the service account's sign-in shows it: `name`, and `of` which,
    where there are several of a kind. `state` is `well`, `missing` or `look`: what cannot be seen from here,
    which is neither. `text` and `remedy` are what Microsoft's side said of it, where it said something."""

    name: str
    of: str
    state: str
    text: str
    remedy: str


class ConnectionAnswer(msgspec.Struct, frozen=True):
    """How the service account stands. `state` is `connected`, `limited` (a directory refused when it was
    asked last), `stopped` or `disconnected`; `code`, `text` and `remedy` say why it is not connected.
    The sign-in would lapse in `days_left` if it were not used.
    At `consent_url` a tenant administrator grants the permissions, for the whole organisation.
    `grants` is empty while no account is connected: nobody else can be asked.
    `setup` is what all of it needs, line by line as `register.py check` has it."""

    state: str
    text: str
    remedy: str
    code: str | None
    account: AccountAnswer | None
    connected_at: datetime | None
    last_success_at: datetime | None
    days_left: int | None
    directories: list[DirectoryAnswer]
    grants: list[GrantAnswer]
    setup: list[NeedAnswer]
    consent_url: str
