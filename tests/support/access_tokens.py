"""Access tokens that are refused, and those that come after them."""

from __future__ import annotations

import threading

from shared.adapters.entra import ServiceAccount


class Tokens:
    """Gives `old` until that one was refused, then `new`; `renewed`: how often. Thread-safe."""

    def __init__(self) -> None:
        self.renewed = 0
        self._token = "old"
        self._lock = threading.Lock()

    def __call__(self, refused: str) -> str:
        with self._lock:
            if refused == self._token:
                self.renewed += 1
                self._token = "new"
            return self._token


def another(account: ServiceAccount, resource: str = "graph") -> str:
    """What somebody gets whose access token was refused."""
    return account.access_token(resource, account.access_token(resource))
