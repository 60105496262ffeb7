"""What stands where Azure Monitor takes figures in: an HTTP server that keeps what it is sent."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "11111111-1111-4111-8111-111111111111"


@dataclass
class Ingestion:
    """`texts` is every request whole, headers and body; `items` what was in them. `status` is answered, after
    `delay` seconds."""

    origin: str = ""
    status: int = 200
    delay: float = 0.0
    texts: list[str] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str | None] = field(default_factory=list)

    @property
    def connection_string(self) -> str:
        return f"InstrumentationKey={KEY};IngestionEndpoint={self.origin}/"

    def clear(self) -> None:
        self.texts.clear()
        self.items.clear()

    def total(self, name: str, **words: str) -> float:
        """What all figures of that name, and with these words, come to."""
        return sum(float(one["value"]) for one, said in self.figures(name) if words.items() <= said.items())

    def figures(self, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        """Each figure of that name, and its words."""
        for item in list(self.items):
            base = item["data"]["baseData"]
            for metric in base["metrics"]:
                if metric["name"] == name:
                    yield metric, base.get("properties") or {}


@contextmanager
def ingestion(certificate: str = "") -> Iterator[Ingestion]:
    """Serve until the block ends; over TLS with that certificate (PEM, with its key), if any."""
    taken = Ingestion()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            text = body.decode()
            taken.authorizations.append(self.headers.get("Authorization"))
            taken.texts.append(f"{self.path}\n{self.headers}\n{text}")
            # One array, or one object a line: the service takes both.
            found = json.loads(text) if text.startswith("[") else [json.loads(x) for x in text.splitlines()]
            time.sleep(taken.delay)
            if taken.status == 200:
                taken.items += found
            answer = json.dumps({"itemsReceived": len(found), "itemsAccepted": len(found), "errors": []})
            self.send_response(taken.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        taken.origin = f"{scheme}://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield taken
        finally:
            server.shutdown()
            thread.join()
