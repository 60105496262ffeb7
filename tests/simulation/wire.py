"""The seams at which the outside begins: what our HTTP clients send arrives here, and no socket is opened."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from http.client import RemoteDisconnected
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from azure.core.exceptions import ServiceResponseError, ServiceResponseTimeoutError
from azure.core.pipeline.transport import RequestsTransport, RequestsTransportResponse
from azure.core.rest._requests_basic import RestRequestsTransportResponse
from requests.adapters import HTTPAdapter

from shared.adapters.storage import wire
from shared.deadlines import left, within
from shared.sessions import BoundedAdapter
from tests.simulation.primitives import State
from tests.simulation.tables import Answer, Asked
from tests.simulation.weather import NOTHING, Trouble

Handle = Callable[[Asked, Trouble], Answer]
_QUICK = 0.012


class Service:
    """One service of the outside: its answers, the weather over it, and its form of an error."""

    def __init__(
        self,
        name: str,
        answer: Callable[[Asked, Trouble], Answer],
        trouble: Callable[[Asked], Trouble],
        refuse: Callable[[Trouble, Asked], Answer],
    ) -> None:
        self.name = name
        self.answer = answer
        self.trouble = trouble
        self.refuse = refuse

    def ask(self, asked: Asked) -> Answer:
        """The answer, after its time. Raises OSError where there is none."""
        scheduler, trouble = State.scheduler, self.trouble(asked)
        draw = scheduler.random.random
        scheduler.note(self.name, asked.method, asked.target, trouble.name)
        State.requests[self.name] += 1
        scheduler.sleep(draw() * _QUICK)
        if trouble.cut == "before":
            raise RemoteDisconnected("broken off")
        if trouble.hang or (trouble.status and not (trouble.done and draw() < 0.5)):
            if trouble.hang and trouble.done:
                self.answer(asked, NOTHING)
            found = None if trouble.hang else self.refuse(trouble, asked)
        else:
            found = self.answer(asked, trouble)
            if trouble.status:
                found = self.refuse(trouble, asked)
        wait = draw() * _QUICK + trouble.delay * (0.5 + draw())
        allowed = left()
        if found is None or (allowed is not None and wait >= allowed):
            scheduler.sleep(allowed if allowed is not None else 100.0)
            raise TimeoutError("no answer in time")
        scheduler.sleep(wait)
        if trouble.cut == "after":
            raise RemoteDisconnected("broken off")
        return found


class Exchange:
    """What HTTPConnection is to the storage account's own client."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.asked: Asked | None = None

    def request(self, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send a request."""
        names = {name.lower(): value for name, value in headers.items()}
        self.asked = Asked(self.service.name, method, _bare(target), names, body)

    def getresponse(self) -> Whole:
        """Its answer."""
        assert self.asked is not None
        return Whole(self.service.ask(self.asked))

    def close(self) -> None:
        """Nothing is open."""


class Whole:
    """What HTTPResponse is to it."""

    version = 11
    chunked = False
    will_close = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.status = answer.status
        self.length: int | None = len(answer.body)
        self.msg = self
        self.defects: list[object] = []

    def read(self, amount: int | None = None) -> bytes:
        """The body."""
        return self.answer.body

    def getheaders(self) -> list[tuple[str, str]]:
        """The headers."""
        return list(self.answer.headers.items())


def _bare(target: str) -> str:
    return target.removeprefix("/devstoreaccount1")


def install(services: Mapping[str, Service]) -> None:
    """Have everything that is sent arrive at `services`, which are named by host."""
    plain: Any = wire.StorageConnections
    plain._connect = lambda self: Exchange(services[self._host])

    def ask(request: Any, body: bytes | str | None, seconds: float) -> Answer:
        parts = urlsplit(str(request.url))
        host = parts.hostname or ""
        service = services.get(f"{host}/{parts.path.split('/', 2)[1].lower()}") or services[host]
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = {name.lower(): str(value) for name, value in request.headers.items()}
        content = body.encode() if isinstance(body, str) else body or b""
        with within(seconds):
            return service.ask(Asked(service.name, str(request.method), _bare(target), headers, content))

    def send(adapter: Any, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        timeout = options.get("timeout")
        seconds = sum(part for part in timeout if part) if isinstance(timeout, tuple) else timeout
        try:
            answer = ask(request, request.body, float(seconds or 86_400.0))
        except TimeoutError as error:
            raise requests.exceptions.ReadTimeout(error, request=request) from error
        except OSError as error:
            raise requests.exceptions.ConnectionError(error, request=request) from error
        raw = urllib3.HTTPResponse(
            io.BytesIO(answer.body), answer.headers, answer.status, preload_content=False
        )
        return _builder.build_response(request, raw)

    def transport(itself: Any, request: Any, **options: Any) -> Any:
        """azure-core's own transport, without the two layers of requests below it."""
        seconds = itself.connection_config.timeout + itself.connection_config.read_timeout
        multipart = getattr(request, "multipart_mixed_info", None)
        if multipart:
            request.prepare_multipart_body()
        try:
            answer = ask(request, request.content if hasattr(request, "content") else request.data, seconds)
        except TimeoutError as error:
            raise ServiceResponseTimeoutError(error, error=error) from error
        except OSError as error:
            raise ServiceResponseError(error, error=error) from error
        found = requests.Response()
        found.status_code, found.url = answer.status, str(request.url)
        found.headers = requests.structures.CaseInsensitiveDict(answer.headers)
        found._content, found._content_consumed = answer.body, True  # type: ignore[attr-defined]
        found.raw = None
        if not hasattr(request, "content"):
            return RequestsTransportResponse(request, found, itself.connection_config.data_block_size)
        made = RestRequestsTransportResponse(request=request, internal_response=found)  # type: ignore[no-untyped-call]
        if not options.get("stream"):
            made.read()
        return made

    sessions: Any = BoundedAdapter
    sessions.send = send
    azure: Any = RequestsTransport
    azure.send = transport


_builder = HTTPAdapter()
