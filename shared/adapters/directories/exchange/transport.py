"""Asking the Admin API until it has answered: throttling, trying again, refusals."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from shared.adapters.directories.exchange.answers import ExchangeRefusal, parse_refusal
from shared.adapters.directories.http import (
    AccessTokens,
    DirectoryResponse,
    JsonWire,
    Tries,
    identifier,
    retry_after,
    token_refused,
    within_reason,
)
from shared.audience.patience import Patience
from shared.errors import (
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryError,
    ListNotFound,
    UnreadableAnswer,
)

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Rejected(UnreadableAnswer):
    """The API took offence at the request (400 or 404). `refusal` is why, as far as it tells."""

    def __init__(self, status: int, refusal: ExchangeRefusal) -> None:
        super().__init__()
        self.status = status
        self.refusal = refusal


class ExchangeTransport:
    """Asks over `wire`, honouring patience and throttling. Thread-safe.

    `access_token(force)` gives the bearer token, a new one when forced; `account()` the service
    account's user name. `timeout` is the longest wait for one answer, in seconds.
    """

    def __init__(
        self,
        wire: JsonWire,
        access_token: Callable[[bool], str],
        account: Callable[[], str],
        *,
        timeout: float,
    ) -> None:
        self._wire = wire
        self._tokens = AccessTokens(access_token)
        self._account = account
        self._timeout = timeout

    def ask(self, path: str, body: bytes, parse: Callable[[bytes | bytearray], _T], patience: Patience) -> _T:
        """What `parse` makes of the answer to a POST of `body`.

        `parse` raises ValueError or RecursionError for what it cannot read. Raises DirectoryError, what
        `access_token` and `account` raise, ServiceAccountError when even a new token is refused, and
        Cancelled.
        """
        tries, refused_token, garbled = Tries("exchange", patience), "", False
        while True:
            seconds = patience.proceed()
            access_token = self._tokens.current(refused_token)
            # Exchange routes a call to the server that has this mailbox, and refuses one without the hint.
            anchor = {"X-AnchorMailbox": f"AAD-UPN:{self._account()}"}
            timeout = min(self._timeout, seconds)
            answer = self._wire.send("POST", path, body, access_token, timeout, anchor)
            if answer.status == 200:
                try:
                    return parse(answer.body)
                except (ValueError, RecursionError):
                    if garbled:
                        raise UnreadableAnswer from None
                    garbled = True
                    continue
            refusal = parse_refusal(answer.body)
            error = _final(answer.status, refusal)
            if isinstance(error, ListNotFound | AmbiguousAddress):  # an answer like any other
                raise error
            _report(answer, refusal)
            if answer.status == 401:
                if refused_token:
                    raise token_refused()
                refused_token = access_token
            elif answer.status == 429:
                tries.throttled(_wait_asked_for(answer.headers))
            elif error:
                raise error
            else:
                tries.failed(retry_after(answer.headers))


def _final(status: int, refusal: ExchangeRefusal) -> DirectoryError | None:
    """The error that a refusal is for good; None for one that may pass. A cmdlet's own error counts by its
    type, because the preview does not always give it the same status."""
    kind = refusal.type.rpartition(".")[2]
    if kind == "ManagementObjectNotFoundException":
        return ListNotFound()
    if kind == "ManagementObjectAmbiguousException":
        return AmbiguousAddress()
    if status == 403 or kind == "CmdletAccessDeniedException":
        return DirectoryClosed(
            "role_missing",
            "Exchange does not let the service account read lists.",
            "Your administrator must grant Exchange.ManageV2 and give the service account the Exchange role "
            "View-Only Recipients; the role group Recipient Management does as well.",
        )
    if status in (400, 404):
        return Rejected(status, refusal)
    return None if status == 0 or status >= 500 else UnreadableAnswer()


def _wait_asked_for(headers: Mapping[str, str]) -> float | None:
    """Seconds from Retry-After, else until the moment in Rate-Limit-Reset, whose form is not documented:
    seconds, a Unix time and an ISO date are understood."""
    seconds = retry_after(headers)
    if seconds is not None:
        return seconds
    text = headers.get("Rate-Limit-Reset", "").strip()
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
