"""Properties that are built once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar, overload

T = TypeVar("T")


class Locked(Protocol):
    """What has such properties."""

    lock: threading.RLock


class once(Generic[T]):
    """A property built by the first thread that asks, while the others wait.

    functools.cached_property stopped locking in Python 3.12, and two service accounts would refresh
    one sign-in twice. Once built, the instance's own attribute hides it, and nobody waits any more.
    """

    def __init__(self, build: Callable[[Any], T]) -> None:
        self.build = build
        self.__doc__ = build.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: Locked, owner: type) -> T: ...
    def __get__(self, instance: Locked | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        with instance.lock:
            if self.name not in instance.__dict__:
                instance.__dict__[self.name] = self.build(instance)
        built: T = instance.__dict__[self.name]
        return built
