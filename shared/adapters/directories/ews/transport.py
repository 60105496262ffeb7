"""Asking Exchange until it has answered: throttling, trying again, refusals."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TypeVar

from exchangelib import errors as ews
from spnego.exceptions import SpnegoError

from shared.adapters.directories.ews.connections import EwsConnections, Refused
from shared.adapters.directories.http import AccessTokens, Tries, token_refused, within_reason
from shared.audience.patience import Patience
from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryError,
    EwsBlocked,
    ListNotFound,
    ServiceAccountError,
    UnreadableAnswer,
)
from shared.trace import client_request_id

_PASSING = (
    ews.ErrorADOperation,
    ews.ErrorADUnavailable,
    ews.ErrorConnectionFailed,
    ews.ErrorExceededConnectionCount,
    ews.ErrorInternalServerError,
    ews.ErrorInternalServerTransientError,
    ews.ErrorMailboxStoreUnavailable,
    ews.ErrorTimeoutExpired,
    ews.ErrorTooManyObjectsOpened,
)
_ANSWERS: dict[type[Exception], type[DirectoryError]] = {
    ews.ErrorAccessDenied: AccessRefused,
    ews.ErrorInvalidSmtpAddress: ListNotFound,
    ews.ErrorMailRecipientNotFound: ListNotFound,
    ews.ErrorNameResolutionMultipleResults: AmbiguousAddress,
    ews.ErrorNameResolutionNoResults: ListNotFound,
}

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

Question = Callable[[EwsConnections, Mapping[str, str], float], _T]
"""Asks once, with these headers and so many seconds for the answer."""


class EwsTransport:
    """Asks over `connections`, honouring patience and throttling. Thread-safe.

    `access_token(force)` gives the bearer token, a new one when forced; None where the connections sign
    in with a password. `account()` is the address of the service account's mailbox, "" where there is none
    to tell. `timeout` is the longest wait for one answer, in seconds.
    """

    def __init__(
        self,
        connections: EwsConnections,
        access_token: Callable[[bool], str] | None,
        account: Callable[[], str],
        *,
        timeout: float,
    ) -> None:
        self._connections = connections
        self._tokens = AccessTokens(access_token) if access_token else None
        self._account = account
        self._timeout = timeout

    def ask(self, question: Question[_T], patience: Patience) -> _T:
        """What `question` returns.

        Raises DirectoryError, what `access_token` and `account` raise, ServiceAccountError when the sign-in
        is refused or has no mailbox, and Cancelled.
        """
        tries, refused_token, garbled = Tries("ews", patience), "", False
        while True:
            seconds = patience.proceed()
            headers = {"client-request-id": client_request_id(), "return-client-request-id": "true"}
            # Before a connection is taken: exchangelib would never get back one that is in hand meanwhile.
            if anchor := self._account():
                headers["X-AnchorMailbox"] = anchor
            access_token = self._tokens.current(refused_token) if self._tokens else ""
            if access_token:
                headers["Authorization"] = f"Bearer {access_token}"
            try:
                return question(self._connections, headers, min(self._timeout, seconds))
            except Refused as refused:
                _report(refused.kind or str(refused.status), headers)
                if refused.status == 401:
                    if not self._tokens:
                        raise _password_refused() from None
                    if refused_token:
                        raise token_refused() from None
                    refused_token = access_token
                elif refused.status == 429:
                    tries.throttled(refused.retry_after)
                elif refused.status == 0 or refused.status >= 500:
                    tries.failed(refused.retry_after)
                else:
                    raise _of_a_status(refused.status) from None
            except ews.ErrorServerBusy as busy:
                _report("ErrorServerBusy", headers)
                tries.throttled(within_reason(busy.back_off or 0))
            except _PASSING as error:
                _report(type(error).__name__, headers)
                tries.failed()
            except ews.ErrorNameResolutionNoMailbox:
                raise _no_mailbox() from None
            except tuple(_ANSWERS) as error:
                raise _ANSWERS[type(error)] from None
            except ews.EWSError as error:
                _report(type(error).__name__, headers)
                raise UnreadableAnswer from None
            except (PermissionError, SpnegoError) as error:
                _report(type(error).__name__, headers)
                raise _password_refused() from None
            except (ValueError, TypeError) as error:
                _report(type(error).__name__, headers)
                if garbled:
                    raise UnreadableAnswer from None
                garbled = True


def _of_a_status(status: int) -> DirectoryError:
    if status == 403:  # whatever the body says, which Microsoft does not document
        return EwsBlocked("not_allowed")
    if status == 404:
        return DirectoryClosed(
            "not_enabled",
            "There are no Exchange Web Services at the address that Rollcall was given.",
            "Your administrator must correct ROLLCALL_EWS_URL.",
        )
    return UnreadableAnswer()


def _no_mailbox() -> ServiceAccountError:
    return ServiceAccountError(
        "no_mailbox",
        "The service account has no mailbox, and without one Exchange Web Services show nobody.",
        "An administrator must give the service account a mailbox, or connect another account.",
    )


def _password_refused() -> ServiceAccountError:
    return ServiceAccountError(
        "password_refused",
        "Exchange Server no longer accepts the user name and password that Rollcall was given.",
        "An administrator must correct the secret rollcall-ews-credentials in Key Vault.",
    )


def _report(kind: str, headers: Mapping[str, str]) -> None:
    """Log an error by its kind and by what tells the request from others; its text may hold addresses."""
    _log.warning("ews: %s, client-request-id %s", kind, headers["client-request-id"])
