"""Keeps what was made from the directory, so that serving a large list again costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from sandbox.tenant.world import World


class Fragments(dict[str, bytes]):
    """The JSON or XML of directory objects by id, made when first asked for.

    A page of a list is then one join: a benchmark that reads 100,000 members next to this server
    must not pay for rendering them.
    """

    def __init__(self, render: Callable[[str], bytes]) -> None:
        super().__init__()
        self._render = render

    def __missing__(self, id: str) -> bytes:
        fragment = self[id] = self._render(id)
        return fragment


class Memory:
    """Holds what a service made from the world's directory, until a tenant is loaded or an object removed.

    A change made to an object in place goes unnoticed: load the tenant again.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: tuple[Any, int] = (None, 0)
        self._kept: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept under `key`, made with `make` where it is not."""
        by_id = self._world.by_id
        if self._seen[0] is not by_id or self._seen[1] != len(by_id):
            self._kept.clear()
            self._seen = (by_id, len(by_id))
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]
