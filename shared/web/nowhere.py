"""What a request asks for that nobody serves: an address, or a method at one."""

from __future__ import annotations

from collections.abc import Sequence

from shared.errors import NotFound, RollcallError


class NoSuchAddress(NotFound):
    """No route and no file is served there."""

    sentence = "There is nothing at this address."
    remedy = "Look whether it was copied as a whole. If a link led you here, tell whoever gave it to you."


class MethodNotAllowed(RollcallError):
    """What is there takes no request of that kind. `allowed` are the methods that it takes."""

    code = "method_not_allowed"
    sentence = "There is something at this address, but it takes no request of that kind."
    remedy = "Programs find in the header Allow what it takes. If a link led you here, open it once more."

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.allowed = allowed
