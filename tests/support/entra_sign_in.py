"""Scopes and times, for tests of the sign-in."""

from __future__ import annotations

from shared.errors import VaultUnavailable

GRAPH_TOKEN = "access-token-{} for graph.example.com"


def refuse_to_write(name: str, value: str) -> None:
    raise VaultUnavailable
