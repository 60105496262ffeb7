"""Asking Exchange until it has answered: throttling, trying again, refusals."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TypeVar

from exchangelib import errors
from spnego.exceptions import SpnegoError

from shared.adapters.directories.ews.connections import EwsConnections, Refused
from shared.adapters.directories.http import token_refused
from shared.adapters.directories.tries import Tries, hold_for
from shared.answers import ews
from shared.answers.meaning import directory_error
from shared.audience.patience import Patience
from shared.trace import client_request_id
from shared.waits import within_reason

# Answers like any other: nothing to log.
_ANSWERS = ("not_found", "ambiguous", "no_mailbox", "no_permission")

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

Question = Callable[[EwsConnections, Mapping[str, str], float], _T]
"""Asks once, with these headers and so many seconds for the answer."""


class EwsTransport:
    """Asks over `connections`, honouring patience and throttling. Thread-safe.

    `access_token(refused)` gives the bearer token, and another one than `refused`; None where the
    connections sign in with a password. `account()` is the address of the service account's mailbox, "" where
    there is none to tell. `timeout` is the longest wait for one answer, in seconds.
    """

    def __init__(
        self,
        connections: EwsConnections,
        access_token: Callable[[str], str] | None,
        account: Callable[[], str],
        *,
        timeout: float,
    ) -> None:
        self._connections = connections
        self._access_token = access_token
        self._account = account
        self._timeout = timeout

    def ask(self, question: Question[_T], patience: Patience) -> _T:
        """What `question` returns.

        Raises DirectoryError, what `access_token` and `account` raise, ServiceAccountError when the sign-in
        is refused or has no mailbox, and Cancelled.
        """
        tries, refused_token = Tries(), ""
        while True:
            seconds = patience.proceed()
            headers = {"client-request-id": client_request_id(), "return-client-request-id": "true"}
            # Before a connection is taken: exchangelib would never get back one that is in hand meanwhile.
            if anchor := self._account():
                headers["X-AnchorMailbox"] = anchor
            access_token = self._access_token(refused_token) if self._access_token else ""
            if access_token:
                headers["Authorization"] = f"Bearer {access_token}"
            try:
                return question(self._connections, headers, min(self._timeout, seconds))
            except Refused as refused:
                _report(refused.kind or str(refused.status), headers)
                if refused.status == 401:
                    if not self._access_token:
                        raise directory_error(ews.PASSWORD_REFUSED) from None
                    if refused_token:
                        raise token_refused() from None
                    refused_token = access_token
                else:
                    row = ews.TABLE.find(refused.status)
                    hold_for("ews", tries.weigh(row, refused.status, refused.retry_after), patience)
            except errors.EWSError as error:
                code = type(error).__name__
                row = ews.TABLE.find(None, code)
                if row.reason not in _ANSWERS:
                    _report(code, headers)
                asked = within_reason(getattr(error, "back_off", 0) or 0)
                status = 429 if isinstance(error, errors.ErrorServerBusy) else 0
                hold_for("ews", tries.weigh(row, status, asked), patience)
            except (PermissionError, SpnegoError) as error:
                _report(type(error).__name__, headers)
                raise directory_error(ews.PASSWORD_REFUSED) from None
            except (ValueError, TypeError) as error:
                _report(type(error).__name__, headers)
                tries.misread()


def _report(kind: str, headers: Mapping[str, str]) -> None:
    """Log an error by its kind and by what tells the request from others; its text may hold addresses."""
    _log.warning("ews: %s, client-request-id %s", kind, headers["client-request-id"])
