"""What befalls a request: drawn from what the pages of a service and its table of answers allow.

A service has moods that last minutes or hours: calm, windy, stormy, away. Within one only some kinds of
trouble are about, so that every kind is met alone, and in company.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from shared.answers.meaning import Table

_UNTIL = -1.0
_RATES = ((0.35, 0.0), (0.65, 0.06), (0.85, 0.3), (0.95, 0.7), (1.0, 1.0))
"""How many moods are so, and how many of their requests meet trouble."""
_CUT = 0.4
"""How many answers are cut into pages that lead on, which hurts nobody who goes on."""


class Trouble(NamedTuple):
    """One kind. `cut`: the connection breaks `before` the request is done, or `after`. `delay`: seconds, of
    which `hang` are more than anybody waits. `status`: that answer in place of the true one; `done`: the
    request is done all the same, now and then. `says`: how much of what was found an answer holds."""

    name: str
    cut: str = ""
    delay: float = 0.0
    hang: bool = False
    status: int = 0
    code: str = ""
    done: bool = False
    retry_after: bool = False
    says: str = ""


NOTHING = Trouble("")


class Weather:
    """The weather of one service, or of one process's way to it."""

    def __init__(
        self,
        name: str,
        draw: random.Random,
        now: Callable[[], float],
        kinds: Sequence[Trouble],
        met: Counter[str],
        rates: Sequence[tuple[float, float]] = _RATES,
        *,
        cuts: bool = True,
        longest: float = 240.0,
    ) -> None:
        """`longest` is for how many seconds it is away, on the whole, where it is."""
        self.name = name
        self.draw = draw
        self.now = now
        self.kinds = kinds
        self.cuts = [kind for kind in kinds if kind.says] if cuts else []
        self.met = met
        self.rates = rates
        self.longest = longest
        self._until = _UNTIL
        self._rate = 0.0
        self._about: Sequence[Trouble] = ()

    @property
    def is_away(self) -> bool:
        """Whether every request meets trouble, as of now."""
        return self._rate == 1.0 and self.now() < self._until

    def next(self) -> Trouble:
        """What befalls the next request."""
        if self.now() >= self._until:
            self._turn()
        if not self._rate or self.draw.random() >= self._rate:
            return self._cut()
        found = self._about[int(self.draw.random() * len(self._about))]
        if not found.says:  # else it is no trouble before something is left out
            self.met[f"{self.name} {found.name}"] += 1
        return found

    def _cut(self) -> Trouble:
        if not self.cuts or self.draw.random() >= _CUT:
            return NOTHING
        return self.cuts[int(self.draw.random() * len(self.cuts))]

    def _turn(self) -> None:
        draw = self.draw
        place = draw.random()
        self._rate = next(rate for share, rate in self.rates if place <= share)
        longest = self.longest if self._rate == 1.0 else 2400.0
        self._until = self.now() + draw.expovariate(1 / longest) + 1.0
        count = 1 if draw.random() < 0.4 else draw.randint(2, len(self.kinds))
        self._about = draw.sample(list(self.kinds), count)


_COMMON = (
    Trouble("reset before it was done", cut="before"),
    Trouble("reset after it was done", cut="after"),
    Trouble("slow", delay=0.4),
    Trouble("very slow", delay=1.6),
    Trouble("no answer", hang=True),
    Trouble("no answer, and done", hang=True, done=True),
)
_PAGES = (
    Trouble("empty page that leads on", says="none"),
    Trouble("short page that leads on", says="some"),
)


def of_table(
    table: Table, statuses: dict[str, int], untrue: Sequence[str], more: Sequence[Trouble] = ()
) -> list[Trouble]:
    """Every answer in a service's table, as trouble. `statuses` are those of codes that stand for any;
    `untrue` are codes that the service says only where they are so, which the engine itself does."""
    found = [*_COMMON, *more]
    for key in table.rows:
        status, _, code = key.rpartition(" ")
        if code in untrue or key in untrue or key == "0":
            continue
        if key.isdecimal():
            numbers, code = [int(key)], ""
        elif key.endswith("xx"):
            numbers, code = [500, 502, 503, 504], ""
        else:
            numbers = [int(status) if status.isdecimal() else statuses[code]]
        for number in numbers:
            done = number >= 500 and number != 503
            waits = number in (429, 503)
            name = f"{number} {code}".strip()
            found.append(Trouble(name, status=number, code=code, done=done, retry_after=waits))
    return found


STORAGE_STATUSES = {
    "ServerBusy": 503,
    "OperationTimedOut": 500,
    "InternalError": 500,
    "TooManyRequests": 429,
    "AccountBeingCreated": 409,
    "AccountMigrationInProgress": 409,
    "SystemInUse": 409,
    "TableBeingDeleted": 409,
    "QueueBeingDeleted": 409,
    "NoAuthenticationInformation": 401,
    "InvalidAuthenticationInfo": 401,
    "AuthorizationPermissionMismatch": 403,
    "InsufficientAccountPermissions": 403,
    "AuthorizationFailure": 403,
    "AuthorizationSourceIPMismatch": 403,
    "PublicAccessNotPermitted": 409,
    "AuthenticationFailed": 403,
    "KeyBasedAuthenticationNotPermitted": 403,
    "AuthorizationProtocolMismatch": 403,
    "AccountRequiresHttps": 400,
    "AccountIsDisabled": 403,
    "AccountNotFound": 404,
    "ResourceNotAccessible": 404,
}
# What tables and queues say only where it is true, or to requests of another form than any of ours.
STORAGE_UNTRUE = (
    "TableNotFound",
    "QueueNotFound",
    "ResourceNotFound",
    "MessageNotFound",
    "404",
    "EntityAlreadyExists",
    "TableAlreadyExists",
    "QueueAlreadyExists",
    "412",
    "UpdateConditionNotSatisfied",
    "ConditionNotMet",
    "PopReceiptMismatch",
    "InvalidInput",
    "EntityTooLarge",
    "RequestBodyTooLarge",
    "400",
    "405",
    "411",
    "413",
    "414",
    "415",
)


def pages(found: int, trouble: Trouble, draw: random.Random, *, goes_on: bool = False) -> int:
    """How many of what was `found` an answer holds. Whoever `goes_on` from page to page comes to the end."""
    if trouble.says == "none" and not (goes_on and draw.random() < 0.5):
        return 0
    if trouble.says and found > 1:
        return draw.randint(1, found - 1)
    return found


def storage_troubles(service: str) -> list[Trouble]:
    """What a storage account may do to a request."""
    from shared.answers import storage

    other = "QueueBeingDeleted" if service == "tables" else "TableBeingDeleted"
    kinds = of_table(storage.TABLE, STORAGE_STATUSES, (*STORAGE_UNTRUE, other), _PAGES)
    if service == "queues":
        kinds = [kind for kind in kinds if kind.says != "some"]
        kinds = [k._replace(name="no message though some wait") if k.says == "none" else k for k in kinds]
    return kinds
