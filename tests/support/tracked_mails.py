"""Mails that are tracked through the public door, and their readers."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
import requests

from shared.services.process import services
from tests.browser.conftest import Rollcall
from tests.support.api import MIA, SALES, Api

SENDER = {"name": "Mia Sender", "address": MIA}


LINKS = ["https://company.com/news", "HTTPS://Company.com/news", "https://company.com/jobs#top"]


def register(api: Api, mode: str = "counting", expansion_id: str = "", **more: Any) -> Any:
    found = expansion_id or api.expand(SALES).json()["id"]
    body = {"expansion_id": found, "mode": mode, "sender": SENDER, "links": LINKS} | more
    answer = api.call("POST", "/api/messages", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def offer_every_mode(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """The organisation allows every mode, and sets `more`."""
    every = {"ROLLCALL_MODES": "counting,pseudonymous,individual", "ROLLCALL_INDIVIDUAL_BASIS": "objection"}
    for name, value in (every | more).items():
        monkeypatch.setenv(name, value)
    services.cache_clear()


@pytest.fixture
def individual(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """An organisation that allows every mode."""
    offer_every_mode(monkeypatch)
    return api


def unpacked(value: object) -> object:
    """What a stored value holds: of bytes that are packed what is in them, of others themselves."""
    if not isinstance(value, bytes):
        return value
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


BROWSER = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0"}


OUTLOOK = {
    "User-Agent": "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Trident/7.0; ms-office; MSOffice 16)"
}


def visit(url: str) -> requests.Response:
    """What a recipient's client does: Outlook shows the image, the browser follows the link."""
    headers = OUTLOOK if "/o/" in url else BROWSER
    return requests.get(url, headers=headers, timeout=10, allow_redirects=False)


def address(rollcall: Rollcall, page: str) -> str:
    return f"{rollcall.origin}/addin/pages.html#/{page}"
