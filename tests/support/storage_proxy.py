"""A proxy before Azurite: it does what Microsoft's pages allow a storage account, and Azurite never does.

Sources: "Query timeout and pagination" (a page may be empty and lead on), "Table service error codes",
"Status and error codes", learn.microsoft.com/rest/api/storageservices.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from urllib.parse import parse_qsl, urlencode

_MARK = "1!8!ZW1wdHk-"  # the continuation of an empty page of ours


@dataclass
class Weather:
    """What befalls requests whose `method path?query` the pattern `asked` is found in, `times` times at most.

    `status` and `code`: that answer in place of the true one. `reset`: the connection breaks `before` the
    request is passed on, or `after`. `empty`: so many empty pages lead to the first true one. `delay`:
    seconds.
    """

    asked: str
    status: int = 0
    code: str = ""
    reset: str = ""
    empty: int = 0
    delay: float = 0.0
    times: int = 1_000_000
    seen: int = 0


@dataclass
class StorageProxy:
    """Passes on to `target`, a port of this machine. `requests` are those that arrived."""

    target: int
    port: int = 0
    weather: list[Weather] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, asked: str) -> Weather:
        """What befalls this request."""
        with self.lock:
            self.requests.append(asked)
            for each in self.weather:
                if each.times > each.seen and re.search(each.asked, asked):
                    each.seen += 1
                    return each
        return Weather("")

    @contextmanager
    def running(self) -> Iterator[StorageProxy]:
        """The proxy while the block lasts."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        self.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join(5)


def _handler(proxy: StorageProxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            happens = proxy.next(f"{self.command} {self.path}")
            if happens.delay:
                time.sleep(happens.delay)
            if happens.reset == "before":
                return self.drop()
            left = self.empty_pages_left(happens.empty)
            if happens.status or left:
                return self.make_up(happens, left)
            status, headers, content = self.pass_on(body)
            if happens.reset == "after":
                return self.drop()
            self.send(status, headers, content)
            return None

        do_GET = do_POST = do_PUT = do_DELETE = do_MERGE = do_PATCH = answer

        def drop(self) -> None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(SHUT_RDWR)

        def query(self) -> dict[str, str]:
            return dict(parse_qsl(self.path.partition("?")[2], keep_blank_values=True))

        def empty_pages_left(self, empty: int) -> int:
            """How many empty pages still come before the true first one; 0 where this is none of ours."""
            query = self.query()
            if query.get("NextPartitionKey") == _MARK:
                return int(query.get("NextRowKey", "0")) - 1
            return empty if self.command == "GET" and "NextPartitionKey" not in query else 0

        def make_up(self, happens: Weather, left: int) -> None:
            headers = {"Content-Type": "application/json;odata=minimalmetadata", "x-ms-version": "2020-12-06"}
            if left:
                more = {
                    "x-ms-continuation-NextPartitionKey": _MARK,
                    "x-ms-continuation-NextRowKey": str(left),
                }
                return self.send(200, headers | more, b'{"value":[]}')
            said = {"code": happens.code, "message": {"lang": "en-US", "value": f"{happens.code}."}}
            # Tables have their word in the body, queues in a header.
            named = {"x-ms-error-code": happens.code} if happens.code else {}
            return self.send(happens.status, headers | named, json.dumps({"odata.error": said}).encode())

        def pass_on(self, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
            path, _, text = self.path.partition("?")
            query = self.query()
            if query.get("NextPartitionKey") == _MARK:
                del query["NextPartitionKey"], query["NextRowKey"]
                text = urlencode(query)
            connection = http.client.HTTPConnection("127.0.0.1", proxy.target, timeout=20)
            try:
                headers = {
                    name: value for name, value in self.headers.items() if name.lower() != "connection"
                }
                connection.request(self.command, f"{path}?{text}" if text else path, body, headers)
                answer = connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read()
            finally:
                connection.close()

        def send(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
            skipped = ("content-length", "transfer-encoding", "connection", "keep-alive")
            with suppress(OSError):
                self.send_response_only(status)
                for name, value in headers.items():
                    if name.lower() not in skipped:
                        self.send_header(name, value)
                if status not in (204, 304):
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if status not in (204, 304):
                    self.wfile.write(content)

    return Handler
