"""Modules that are loaded when something of them is first used.

A route's body is described by a type, and its handler answers by functions, that no cold start needs: the
first pixel would wait for all of them. Where a function can import what it needs, it does that instead.
"""

from __future__ import annotations

import importlib
from typing import Any


class Later:
    """Stands for the module of that name; its attributes are the module's."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)
