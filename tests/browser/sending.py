"""Mails sent and pages found, as the tests of pages need them."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import Rollcall
from tests.support.api import NOAH, SALES

LINK = "https://www.company.com/news"


def address(rollcall: Rollcall, page: str) -> str:
    return f"{rollcall.origin}/addin/pages.html#/{page}"


def send(rollcall: Rollcall, mode: str = "counting") -> dict[str, Any]:
    """A tracked mail of Noah's to the sales team, sent; what its registration answered."""
    api = rollcall.api.as_person(NOAH)
    expansion = api.expand(SALES).json()
    sender = {"name": "Noah", "address": NOAH}
    new = {"expansion_id": expansion["id"], "mode": mode, "sender": sender, "links": [LINK]}
    registered: dict[str, Any] = api.call("POST", "/api/messages", json=new).json()
    api.call("POST", f"/api/messages/{registered['message_id']}/sent").raise_for_status()
    return registered
