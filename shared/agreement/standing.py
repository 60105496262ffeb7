"""How the agreement stands, and what that means: while it is not in force nothing is tracked. Recipients are
counted all the same, and links lead where they should.

What was agreed goes on to bind after its end: reports say no more than they could, and nothing is kept
longer. Where nobody can tell what was agreed, since the file is not what was signed, no report is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.agreement.allowances import Allowance
from shared.errors import NotAllowed
from shared.helpers import Helper
from shared.settings import Settings
from shared.tracking.mail.ceiling import Ceiling, Tracking

if TYPE_CHECKING:
    from shared.agreement.binding import Excess
    from shared.agreement.terms import Agreement

REASON = "agreement"
"""What problem details call it."""

log = logging.getLogger(__name__)


class AgreementState(StrEnum):
    """How an agreement stands."""

    NONE = "none"
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    EXCEEDED = "exceeded"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    NO_KEY = "no_key"
    NO_FILE = "no_file"


_UNKNOWN = (AgreementState.ALTERED, AgreementState.UNREADABLE, AgreementState.NO_KEY, AgreementState.NO_FILE)
"""Where nobody can tell what was agreed."""

EMPTY = "empty"
STOPPED = "Mails are not tracked at the moment, because of an agreement in your organisation."
_VERIFY = "`python3 dev.py agreement verify` says what is wrong."
WORDS = {
    AgreementState.NOT_YET: (
        "The agreement is not in force yet, so nothing is tracked.",
        "Tracking begins by itself when it comes into force.",
    ),
    AgreementState.EXPIRED: (
        "The agreement has expired, so nothing is tracked.",
        "Have a new one signed, and set it as ROLLCALL_AGREEMENT.",
    ),
    AgreementState.EXCEEDED: (
        "Settings exceed the agreement, so nothing is tracked.",
        "Put the settings that are named within it, or have a new one signed.",
    ),
    AgreementState.ALTERED: (
        "The agreement is not as it was signed, or was signed with another key, so nothing is tracked.",
        "Set ROLLCALL_AGREEMENT to the line that signing made, and ROLLCALL_AGREEMENT_KEY to its key.",
    ),
    AgreementState.UNREADABLE: ("The agreement cannot be read, so nothing is tracked.", _VERIFY),
    AgreementState.NO_KEY: (
        "There is an agreement, and no key to tell whether it is genuine, so nothing is tracked.",
        "Set ROLLCALL_AGREEMENT_KEY to the public key of whoever signed it.",
    ),
    AgreementState.NO_FILE: (
        "There is the key of an agreement, and no agreement, so nothing is tracked.",
        "Set ROLLCALL_AGREEMENT to the line that signing made.",
    ),
}
NOTHING_MEASURED = "It is not in force, or not kept to, so nothing is measured at the moment."
UNTOLD = "The agreement on how mails are measured cannot be told, so nothing is measured at the moment."
NOT_AGREED = (
    "The agreement in your organisation does not allow this.",
    "What it allows is up to those who made it.",
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The settings as far as they were agreed to, and how the agreement stands. `code` and `key_code` tell
    the agreement and its key from any other; empty where there is none. `given`: the settings as set."""

    settings: Settings
    given: Settings
    fixed: AgreementState | None = None
    terms: Agreement | None = None
    code: str = ""
    key_code: str = ""
    excess: tuple[Excess, ...] = ()
    why: str = ""

    def state(self, now: datetime) -> AgreementState:
        """How it stands at that time, by the clock of this process."""
        if self.fixed is not None or self.terms is None:
            return self.fixed or AgreementState.NONE
        if now < self.terms.valid_from:
            return AgreementState.NOT_YET
        return AgreementState.EXPIRED if now >= self.terms.valid_until else AgreementState.IN_FORCE

    @property
    def ceiling(self) -> Ceiling:
        """How far mails may be tracked, and in which time."""
        ceiling = self.settings.ceiling
        if self.terms is None:
            return ceiling
        begins, ends = self.terms.valid_from.timestamp(), self.terms.valid_until.timestamp()
        return replace(ceiling, begins=begins, ends=ends)

    def trouble(self, now: datetime) -> NotAllowed | None:
        """Why nothing is tracked at that time, in words for an admin and for a sender; None where the
        agreement is in force, and where there is none."""
        words = WORDS.get(self.state(now))
        if words is None:
            return None
        sentence, remedy = words
        if self.excess:
            named = ", ".join(f"{each.setting} ({each.agreed or EMPTY})" for each in self.excess)
            remedy = f"{remedy} {named}"
        found = NotAllowed(sentence, remedy, helper=Helper.ROLLCALL_ADMIN, reason=REASON)
        found.plainly = STOPPED
        return found

    def check(self, now: Callable[[], datetime]) -> None:
        """Raises NotAllowed, saying why, while nothing may be tracked."""
        if trouble := self.trouble(now()):
            raise trouble

    def allows(self, allowance: Allowance) -> bool:
        """Whether it was agreed to; anything, where there is no agreement."""
        if self.fixed is AgreementState.NONE:
            return True
        return self.terms is not None and allowance in self.terms.allowed

    def demand(self, allowance: Allowance) -> None:
        """Raises NotAllowed for what was not agreed to."""
        if not self.allows(allowance):
            raise NotAllowed(*NOT_AGREED, reason=REASON)

    def demand_known(self) -> None:
        """Raises NotAllowed where nobody can tell what was agreed."""
        if self.fixed in _UNKNOWN:
            raise NotAllowed(*WORDS[self.fixed], helper=Helper.ROLLCALL_ADMIN, reason=REASON)

    def told(self, now: datetime) -> str:
        """What recipients are told of the agreement; empty where there is none."""
        if self.fixed is AgreementState.NONE:
            return ""
        if not self.code:
            return UNTOLD
        code, key = self.code, self.key_code
        what = f"How mails are measured is limited by the agreement {code}, signed with the key {key}."
        return what if self.trouble(now) is None else f"{what} {NOTHING_MEASURED}"

    def say(self, now: datetime) -> None:
        """Say in the log how the agreement stands."""
        if trouble := self.trouble(now):
            log.error("%s %s %s", trouble.sentence, trouble.remedy, self.why)
        elif self.code:
            log.info("The agreement %s is in force, signed with the key %s.", self.code, self.key_code)


def agree(settings: Settings) -> Agreed:
    """The settings as far as their agreement lets them, which is all of them where there is none. Never
    raises: what is wrong with it is how it stands."""
    if not settings.agreement and not settings.agreement_key:
        return Agreed(settings, settings, AgreementState.NONE)
    return _judge(settings)


def _judge(settings: Settings) -> Agreed:
    from shared.agreement.binding import bound, exceeded
    from shared.agreement.signed import Altered, Signed, Unreadable, code_of, read_key

    nothing = Agreed(replace(settings, tracking=Tracking.OFF), settings)
    if not settings.agreement:
        return replace(nothing, fixed=AgreementState.NO_FILE)
    try:
        key = read_key(settings.agreement_key)
    except ValueError:
        return replace(nothing, fixed=AgreementState.NO_KEY)
    try:
        signed = Signed.parse(settings.agreement)
        nothing = replace(nothing, code=code_of(signed.data), key_code=code_of(key))
        terms = signed.verify(key)
    except Altered:
        return replace(nothing, fixed=AgreementState.ALTERED)
    except Unreadable as error:
        return replace(nothing, fixed=AgreementState.UNREADABLE, why=str(error))
    excess = tuple(exceeded(settings, terms))
    return replace(
        nothing,
        settings=bound(settings, terms),
        fixed=AgreementState.EXCEEDED if excess else None,
        terms=terms,
        excess=excess,
    )
