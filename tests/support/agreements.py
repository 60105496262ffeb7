"""Agreements as a works council makes them, and a deployment that is under one."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.agreement.signed import Signed, write_key
from shared.services.process import services
from tests.support.api import Api
from tools.agreement.keys import public_of

AGREEMENT, KEY = "ROLLCALL_AGREEMENT", "ROLLCALL_AGREEMENT_KEY"
TERMS: dict[str, Any] = {
    "format": "rollcall-agreement-1",
    "title": "Works agreement on measuring mails",
    "parties": ["Company GmbH", "Works council of Company GmbH"],
    "reference": "Intranet, works agreements, 2026/14",
    "valid_from": "2026-01-01T00:00:00+01:00",
    "valid_until": "2999-01-01T00:00:00+01:00",
    "tracking": "counting",
    "individual_basis": [],
    "notice": "line",
    "smallest_group": 5,
    "published_after": 86_400,
    "published_times": 1,
    "events_kept": 90,
    "messages_kept": 400,
    "audit_kept": 3650,
    "allowed": [],
}
WIDE: dict[str, Any] = TERMS | {
    "tracking": "individual",
    "individual_basis": ["objection", "consent"],
    "notice": "none",
    "smallest_group": 1,
    "published_after": 60,
    "published_times": 5,
    "events_kept": 3650,
    "messages_kept": 3650,
    "audit_kept": 36_500,
}

USUAL = {
    "ROLLCALL_TRACKING": "counting",
    "ROLLCALL_SMALLEST_GROUP": "5",
    "ROLLCALL_PUBLISHED_AFTER": "86400",
    "ROLLCALL_NOTICE": "line",
    "ROLLCALL_EVENTS_KEPT": "90",
    "ROLLCALL_MESSAGES_KEPT": "400",
    "ROLLCALL_AUDIT_KEPT": "3650",
    "ROLLCALL_PROGRAMS": "off",
    "ROLLCALL_TEAMS": "",
    "ROLLCALL_WEBHOOK_URL": "",
    "ROLLCALL_BY_LIST": "no",
    "ROLLCALL_NAMES": "typed",
    "ROLLCALL_MAIL_TIPS": "no",
}
"""Settings within these terms."""


@cache
def council() -> Ed25519PrivateKey:
    """The works council's key."""
    return Ed25519PrivateKey.generate()


def signed(terms: dict[str, Any], key: Ed25519PrivateKey | None = None) -> dict[str, str]:
    """The settings of a deployment under these terms."""
    return sealed(json.dumps(terms, ensure_ascii=False).encode(), key)


def sealed(data: bytes, key: Ed25519PrivateKey | None = None) -> dict[str, str]:
    """The same with these bytes, whatever they are."""
    key = key or council()
    return {AGREEMENT: Signed(data, key.sign(data)).line(), KEY: write_key(public_of(key))}


Under = Callable[..., Api]


@pytest.fixture
def under(api: Api, monkeypatch: pytest.MonkeyPatch) -> Under:
    """The app after a start with these terms (or these settings, where they are text) and other settings."""

    def start(terms: dict[str, Any] | None = None, /, **settings: str) -> Api:
        given = USUAL | {AGREEMENT: "", KEY: ""} | (signed(terms) if terms else {})
        for name, value in (given | settings).items():
            monkeypatch.setenv(name, value)
        services.cache_clear()
        return api

    return start
