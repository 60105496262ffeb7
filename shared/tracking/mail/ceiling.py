"""The ceiling: how far an organisation lets mails be tracked, whatever a sender chooses, and on what basis
recipients may be told apart by name.

A sender may choose the modes that are offered and are not above the ceiling. It binds hits as well as mails:
what is above it is not recorded, of mails that were delivered long ago either. A hit says itself what it is:
its token stands for everybody, for a number that nobody's address belongs to, or for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import EVERYBODY, NOBODY


class Tracking(StrEnum):
    """How much may be recorded, from nothing to everything. `clicks` and `opens` are halves of `counting`."""

    OFF = "off"
    CLICKS = "clicks"
    OPENS = "opens"
    COUNTING = "counting"
    PSEUDONYMOUS = "pseudonymous"
    INDIVIDUAL = "individual"


class Basis(StrEnum):
    """On what an organisation rests individual measuring: that a person said yes, or did not say no."""

    CONSENT = "consent"
    OBJECTION = "objection"


_ALLOWED: dict[Tracking, tuple[Mode, ...]] = {
    Tracking.OFF: (),
    Tracking.CLICKS: (Mode.COUNTING,),
    Tracking.OPENS: (Mode.COUNTING,),
    Tracking.COUNTING: (Mode.COUNTING,),
    Tracking.PSEUDONYMOUS: (Mode.COUNTING, Mode.PSEUDONYMOUS),
    Tracking.INDIVIDUAL: tuple(Mode),
}


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`basis` is None where none is stated: then nobody is measured individually. Nothing is recorded before
    it `begins` and from when it `ends`, in seconds since 1970."""

    tracking: Tracking = Tracking.INDIVIDUAL
    basis: Basis | None = None
    begins: float = -inf
    ends: float = inf

    def among(self, offered: Iterable[Mode]) -> tuple[Mode, ...]:
        """Those of the offered modes that a sender may choose."""
        allowed = _ALLOWED[self.tracking]
        return tuple(
            mode
            for mode in offered
            if mode in allowed and (mode is not Mode.INDIVIDUAL or self.basis is not None)
        )

    def covers(self, at: float) -> bool:
        """Whether anything may be recorded of what happened at that time."""
        return self.begins <= at < self.ends

    @property
    def has_opens(self) -> bool:
        """Whether opens may be recorded at all."""
        return self.tracking not in (Tracking.OFF, Tracking.CLICKS)

    @property
    def has_clicks(self) -> bool:
        """Whether clicks may be recorded at all."""
        return self.tracking not in (Tracking.OFF, Tracking.OPENS)

    @property
    def has_any(self) -> bool:
        """Whether anything may be recorded at all."""
        return self.tracking is not Tracking.OFF

    @property
    def needs_consent(self) -> bool:
        """Whether only who said yes is measured individually."""
        return self.basis is Basis.CONSENT

    def allows(self, recipient: int, person: bytes) -> bool:
        """Whether anything may be recorded under a token with that recipient and person."""
        if recipient == EVERYBODY:
            return self.tracking is not Tracking.OFF
        mode = Mode.PSEUDONYMOUS if person == NOBODY else Mode.INDIVIDUAL
        return bool(self.among([mode]))
