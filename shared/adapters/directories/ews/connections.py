"""exchangelib's pool of connections, with our own sign-in, time limit and judgement of statuses.

exchangelib never gets to see an access token: each request brings its own. Its OAuth sessions keep
the token they were made with, so one that is in use while the token changes goes back to the pool with
the old one; they also log it. And its policies tell 401, 403 and 429 apart by accident only.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import requests
from exchangelib.configuration import Configuration
from exchangelib.protocol import BaseProtocol, FailFast
from exchangelib.transport import NOAUTH
from exchangelib.util import is_xml
from exchangelib.version import EXCHANGE_2016, Version
from requests_ntlm import HttpNtlmAuth
from urllib3.exceptions import HTTPError

from shared import telemetry
from shared.adapters.directories.http import Session, read_body, retry_after
from shared.deadlines import within
from shared.sessions import BoundedAdapter

# The oldest Exchange Server that is still about. An older version would not tell Microsoft 365 groups.
VERSION = Version(build=EXCHANGE_2016)

# They log whole requests, access tokens and the handshakes of passwords among them, at DEBUG and, when
# they are surprised, at ERROR. A level could be set anew from outside; disabled, a logger stays silent.
for _name in list(logging.root.manager.loggerDict):
    if _name.partition(".")[0] in ("exchangelib", "spnego"):
        logging.getLogger(_name).disabled = True


class Refused(Exception):
    """Exchange answered, but not with SOAP. `status` is 0 where there was no answer at all, and `kind`
    then says why; `retry_after` is in seconds."""

    def __init__(self, status: int, kind: str = "", retry_after: float | None = None) -> None:
        super().__init__(status, kind)
        self.status = status
        self.kind = kind
        self.retry_after = retry_after


class EwsConnections(BaseProtocol):  # type: ignore[misc]
    """Connections to one Exchange, at most `connections`. Thread-safe.

    `credentials` is a user name and a password, None where each request brings an access token.
    Not exchangelib's Protocol: that one is shared by everybody who asks for the same URL.
    """

    def __init__(self, url: str, credentials: tuple[str, str] | None, connections: int) -> None:
        super().__init__(
            Configuration(
                service_endpoint=url,
                auth_type=NOAUTH,
                version=VERSION,
                retry_policy=_Judge(),
                max_connections=connections,
            )
        )
        self.requests_sent = 0
        self._sign_in = credentials
        self._counting = threading.Lock()

    @property
    def version(self) -> Version:
        """Fixed: exchangelib would ask for it with a request of its own, and change it by what it hears."""
        return VERSION

    def get_auth_type(self) -> str:
        """Fixed, like the version."""
        return str(NOAUTH)

    def create_session(self) -> requests.Session:
        """A connection, with what exchangelib expects to find on it."""
        session = Session(1)
        session.headers.update({"Accept": "text/xml", "Content-Type": "text/xml; charset=utf-8"})
        adapter = _Adapter(self)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        session.auth = _Password(*self._sign_in) if self._sign_in else _keep_header
        session.session_id = session.usage_count = 0  # type: ignore[attr-defined]
        return session

    def count(self) -> None:
        """One more request goes out."""
        with self._counting:
            self.requests_sent += 1


class _Judge(FailFast):  # type: ignore[misc]
    """Passes SOAP on, faults included, and refuses all else with its status."""

    def raise_response_errors(self, response: requests.Response) -> None:
        status = response.status_code
        if status != 200 and not (status == 500 and is_xml(response.content)):
            raise Refused(status, retry_after=retry_after(response.headers))


class _Adapter(BoundedAdapter):
    """Counts requests, and gives up on an answer that trickles in."""

    def __init__(self, connections: EwsConnections) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self._connections = connections

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, timeout: float, **kwargs: Any
    ) -> requests.Response:
        self._connections.count()
        began = time.monotonic()
        try:
            with within(timeout):
                response = super().send(request, timeout=timeout, **{**kwargs, "stream": True})
                if response.status_code != 401:  # NTLM goes on over the same connection, and reads it itself
                    with response:
                        response._content = bytes(read_body(response, began + timeout))
        except (OSError, HTTPError) as error:
            telemetry.answered("ews", 0, time.monotonic() - began)
            raise Refused(0, type(error).__name__) from None
        telemetry.answered("ews", response.status_code, time.monotonic() - began)
        return response


class _Password(HttpNtlmAuth):
    """NTLM, or Basic where the server takes nothing else; that is then remembered."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__(user, password)
        self._basic: requests.auth.HTTPBasicAuth | None = None

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return self._basic(request) if self._basic else super().__call__(request)

    def response_hook(self, r: requests.Response, **kwargs: Any) -> requests.Response:
        offered = r.headers.get("WWW-Authenticate", "").lower()
        if r.status_code != 401 or "basic" not in offered or "ntlm" in offered or "negotiate" in offered:
            return super().response_hook(r, **kwargs)
        self._basic = requests.auth.HTTPBasicAuth(self.username or "", self.password or "")
        r.close()
        answer: requests.Response = r.connection.send(self._basic(r.request.copy()), **kwargs)
        return answer


def _keep_header(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """With `auth` set, requests does not replace our header by what a .netrc file says."""
    return request
