"""Signed tokens."""

from __future__ import annotations

MESSAGE = "0123456789abcdef0123456789abcdef"


TARGET = "https://intranet.company.example/news?id=5#top"


ALICE = "alice@company.example"
