"""An answer that trickles in is given up when its whole time is over, whoever asked for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from socket import create_server, socket
from typing import Any

import pytest

from shared.adapters.directories.ews.connections import EwsConnections, Refused
from shared.adapters.directories.ews.services import Resolve
from shared.adapters.directories.http import JsonWire, Session
from shared.adapters.entra import client
from shared.adapters.keyvault import Vault
from shared.adapters.storage import wire as storage_wire
from shared.adapters.storage.tables import account as tables_account
from shared.errors import RollcallError, ServiceAccountError, SignInUnavailable, StoreUnavailable
from shared.sessions import bounded_session
from shared.web import callers

LIMIT = 1.0
PATIENCE = 3.0  # for a machine that does much else: far less than what trickles in takes
STATUS_LINE = b"HTTP/1.1 200 OK\r\n"
HEADERS = STATUS_LINE + b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"


@pytest.fixture(params=[b"", STATUS_LINE, HEADERS], ids=["status line", "headers", "body"])
def trickle(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that sends what comes after the beginning a byte each fifth of a second, for ever."""
    over = threading.Event()

    def answer(connection: socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            connection.sendall(request.param)
            rest = (STATUS_LINE + b"X-Odd: " + b"y" * 10_000)[len(request.param) :]
            for byte in rest:
                if over.wait(0.2):
                    return
                connection.sendall(bytes([byte]))

    def serve(listener: socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    with create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        over.set()


def in_time(ask: Callable[[], object], seconds: float = PATIENCE) -> object:
    began = time.monotonic()
    try:
        return ask()
    finally:
        assert time.monotonic() - began < seconds


def test_a_directory_is_waited_for_as_long_as_the_whole_answer_may_take(trickle: str) -> None:
    wire = JsonWire("graph", trickle, Session(1))
    assert in_time(lambda: wire.send("GET", "/x", None, "token", LIMIT)).status == 0  # type: ignore[attr-defined]


def test_exchange_web_services_are_waited_for_as_long(trickle: str) -> None:
    connections = EwsConnections(trickle, None, 1)
    resolve = Resolve(connections, {}, LIMIT, lambda found: None)
    with pytest.raises(Refused) as caught:
        in_time(lambda: resolve.run("smtp:a@b.example"))
    assert caught.value.status == 0


def test_entra_is_waited_for_as_long(trickle: str) -> None:
    wire = client._Wire(bounded_session(), LIMIT)
    with pytest.raises(ServiceAccountError) as caught, client.conversation():
        in_time(lambda: wire.get(f"{trickle}/x"), PATIENCE * 2)  # tried twice
    assert caught.value.passing


class Anybody:
    """A credential that needs nothing."""

    def get_token(self, *scopes: str, **kwargs: Any) -> Any:
        raise AssertionError("a server that never answers asks for no token")


def test_key_vault_is_waited_for_as_long(trickle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"connection_timeout": LIMIT / 2, "read_timeout": LIMIT / 2}
    monkeypatch.setattr("shared.adapters.keyvault._TIMEOUTS", limits)
    vault = Vault(trickle.replace("http:", "https:"), Anybody())
    with pytest.raises(RollcallError):
        in_time(lambda: vault.get("x"), PATIENCE * 2)


def test_the_tables_library_waits_as_long(trickle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"connection_timeout": LIMIT / 4, "read_timeout": LIMIT / 4}
    monkeypatch.setattr(tables_account, "_TIMEOUTS", limits)
    endpoint = f"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint={trickle}/a;"
    tables = tables_account.Tables.by_connection(endpoint)
    with pytest.raises(StoreUnavailable):
        in_time(lambda: tables.call("T", lambda table: table.get_entity("a", "b")), PATIENCE * 2)


def test_tables_over_plain_http_are_waited_for_as_long(trickle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_wire, "_READ_TIMEOUT", LIMIT)
    connections = storage_wire.StorageConnections(trickle)
    with pytest.raises(OSError, match=r"too long|timed out"):
        in_time(lambda: connections.send("GET", "/x", {}, b""))


def test_entras_signing_keys_are_waited_for_as_long(trickle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "_KEYS_TIMEOUT", LIMIT)
    with pytest.raises(SignInUnavailable):
        in_time(lambda: callers.EntraKeys(f"{trickle}/keys").find("any"))
