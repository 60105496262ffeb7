"""Sessions of requests whose every answer ends in time: status line, headers and body."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from shared.deadlines import BoundedResponse, left, within


class _Connection(HTTPConnection):
    response_class = BoundedResponse

    def connect(self) -> None:
        _bound_connecting(self)
        super().connect()


class _TlsConnection(HTTPSConnection):
    response_class = BoundedResponse

    def connect(self) -> None:
        _bound_connecting(self)
        super().connect()


def _bound_connecting(connection: HTTPConnection) -> None:
    """A handshake is bounded by the socket's time limit as a whole (CPython), so that is what is set."""
    seconds = left()
    if seconds is not None:
        connection.timeout = seconds


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class BoundedAdapter(HTTPAdapter):
    """Holds requests to the deadline of `within`, or else to the timeout they were sent with.

    Unlike with requests, that is for the whole answer, read while `send` lasts or within `within`.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        timeout = kwargs.get("timeout")
        seconds = sum(part for part in timeout if part) if isinstance(timeout, tuple) else timeout
        try:
            with within(float(seconds)) if isinstance(seconds, int | float) else within(86_400.0):
                response = super().send(request, *args, **kwargs)
                if not kwargs.get("stream"):
                    response.content  # noqa: B018 - read now, while time is bounded
                return response
        except TimeoutError as error:
            raise requests.exceptions.ReadTimeout(error, request=request) from error
        except HTTPError as error:  # requests translates only what comes from behind retries
            raise requests.exceptions.ConnectionError(error, request=request) from error


def bounded_session(connections: int = 10) -> requests.Session:
    """A session of requests whose every answer ends in time."""
    session = requests.Session()
    none = Retry(total=False, redirect=False, raise_on_status=False)  # and the error as it was
    for scheme in ("https://", "http://"):
        session.mount(scheme, BoundedAdapter(pool_connections=1, pool_maxsize=connections, max_retries=none))
    return session
