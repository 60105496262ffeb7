"""Asking the Admin API until it has answered: throttling, trying again, refusals."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from shared.adapters.directories.exchange.answers import ExchangeRefusal, parse_refusal
from shared.adapters.directories.http import (
    DirectoryResponse,
    JsonWire,
    identifier,
    retry_after,
    token_refused,
)
from shared.adapters.directories.tries import Tries, hold_for
from shared.answers import exchange
from shared.answers.meaning import Course, Meaning, directory_error
from shared.audience.patience import Patience
from shared.audience.turns import DESK
from shared.errors import UnreadableAnswer
from shared.waits import within_reason

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Rejected(UnreadableAnswer):
    """The API took offence at the request (400 or 404). `refusal` is why, as far as it tells."""

    def __init__(self, status: int, refusal: ExchangeRefusal, row: Meaning) -> None:
        super().__init__(row.sentence, row.remedy, helper=row.helper, reason=row.reason)
        self.status = status
        self.refusal = refusal


class ExchangeTransport:
    """Asks over `wire`, honouring patience and throttling. Thread-safe.

    `access_token(refused)` gives the bearer token, and another one than `refused`; `account()` the service
    account's user name. `timeout` is the longest wait for one answer, in seconds.
    """

    def __init__(
        self,
        wire: JsonWire,
        access_token: Callable[[str], str],
        account: Callable[[], str],
        *,
        timeout: float,
    ) -> None:
        self._wire = wire
        self._access_token = access_token
        self._account = account
        self._timeout = timeout

    def ask(self, path: str, body: bytes, parse: Callable[[bytes | bytearray], _T], patience: Patience) -> _T:
        """What `parse` makes of the answer to a POST of `body`.

        `parse` raises ValueError or RecursionError for what it cannot read. Raises DirectoryError, what
        `access_token` and `account` raise, ServiceAccountError when even a new token is refused, and
        Cancelled.
        """
        tries, refused_token = Tries(), ""
        while True:
            seconds = patience.proceed()
            access_token = self._access_token(refused_token)
            # Exchange routes a call to the server that has this mailbox, and refuses one without the hint.
            anchor = {"X-AnchorMailbox": f"AAD-UPN:{self._account()}"}
            timeout = min(self._timeout, seconds)
            answer = self._wire.send("POST", path, body, access_token, timeout, anchor)
            if answer.status == 200:
                try:
                    with DESK:
                        return parse(answer.body)
                except (ValueError, RecursionError):
                    tries.misread()
                    continue
            refusal = parse_refusal(answer.body)
            row = _row(answer.status, refusal)
            if row.reason in ("not_found", "ambiguous"):  # an answer like any other
                raise directory_error(row)
            _report(answer, refusal)
            if answer.status == 401:
                if refused_token:
                    raise token_refused()
                refused_token = access_token
            elif row.course is Course.AGAIN:
                wait = tries.weigh(row, answer.status, _wait_asked_for(answer))
                hold_for("exchange", wait, patience)
            elif answer.status in (400, 404) and row.reason not in _PRECISE:
                raise Rejected(answer.status, refusal, row)
            else:
                raise directory_error(row)


# What a cmdlet's own exception settles, whatever the status.
_PRECISE = ("role_missing", "blocked", "page_expired")


def _row(status: int, refusal: ExchangeRefusal) -> Meaning:
    """What a refusal means. A cmdlet's own error counts by its type, because the preview does not always give
    it the same status; and by its text where Microsoft gives two errors one type."""
    kind = refusal.type.rpartition(".")[2]
    if kind == "ManagementObjectNotFoundException" and _MATCHES_SEVERAL in refusal.text:
        kind = _MATCHES_SEVERAL
    return exchange.TABLE.find(status, kind)


_MATCHES_SEVERAL = "matches multiple entries"


def _wait_asked_for(answer: DirectoryResponse) -> float | None:
    """Seconds from Retry-After; when throttled, else until the moment in Rate-Limit-Reset, whose form is not
    documented: seconds, a Unix time and an ISO date are understood."""
    seconds = retry_after(answer.headers)
    if seconds is not None or answer.status != 429:
        return seconds
    text = answer.headers.get("Rate-Limit-Reset", "").strip()
    now = datetime.now(UTC)
    if re.fullmatch(r"\d{1,10}(\.\d{1,9})?", text):
        number = float(text)
        return within_reason(number - now.timestamp() if number > 1e9 else number)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return within_reason((moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


def _report(answer: DirectoryResponse, refusal: ExchangeRefusal) -> None:
    """Log an error by what Microsoft's support asks for; its text may hold addresses."""
    if answer.status:
        _log.warning(
            "exchange: %d %s, request-id %s, client-request-id %s",
            answer.status,
            identifier(refusal.type.rpartition(".")[2]),
            identifier(answer.headers.get("request-id")),
            answer.client_request_id,
        )
