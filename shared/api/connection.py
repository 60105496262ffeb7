"""The words of requests and answers about the service account."""

from __future__ import annotations

import msgspec

from shared.api.expansions import Typed


class NewTest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which list an admin wants to see read by every directory."""

    address: Typed


class SignInAnswer(msgspec.Struct, frozen=True):
    """Where an admin signs the service account in."""

    authorize_url: str


class DisconnectedAnswer(msgspec.Struct, frozen=True):
    """The sign-in is gone from Rollcall; `remedy` says how to end it at Microsoft as well."""

    text: str = "Rollcall forgot the sign-in. Expansion has stopped; tracking and reports go on."
    remedy: str = (
        "Other instances of the app notice within five minutes. To end the sign-in at Microsoft too, revoke "
        "the account's sessions in Entra."
    )
