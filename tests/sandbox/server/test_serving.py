"""How the sandbox is served: start and stop, certificates."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from cryptography import x509

from sandbox.server.server import Running, serve
from sandbox.serving import certificates
from shared.settings import Settings

ROOT = Path(__file__).parents[3]


# --- start and stop


def test_it_serves_localhost_and_the_loopback_address_over_tls(running: Running) -> None:
    for host in ("localhost", "127.0.0.1"):
        url = running.origin.replace("localhost", host)
        assert requests.get(f"{url}/_sandbox/state", timeout=10).json()["tenant"] == "Company"


def connect(running: Running) -> contextlib.closing[http.client.HTTPSConnection]:
    trust = ssl.create_default_context(cafile=running.ca_path)
    host = urlsplit(running.origin).netloc
    return contextlib.closing(http.client.HTTPSConnection(host, context=trust, timeout=10))


def test_it_stops_at_once_although_one_client_waits_and_another_is_idle(tmp_path: Path) -> None:
    with contextlib.ExitStack() as clients:
        with serve("company", folder=tmp_path) as running:
            running.world.faults.add(service="entra", delay=60)
            idle, waiting = (clients.enter_context(connect(running)) for _ in range(2))
            idle.request("GET", "/_sandbox/state")
            idle.getresponse().read()
            waiting.request("GET", "/common/discovery/instance")
            deadline = time.monotonic() + 5
            while not running.world.faults.hits and time.monotonic() < deadline:
                time.sleep(0.01)
            began = time.monotonic()
        assert time.monotonic() - began < 1
        port = urlsplit(running.origin).port or 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1)
        assert f"sandbox at {running.origin}" not in [thread.name for thread in threading.enumerate()]


def test_a_connection_is_kept_after_refusals(running: Running) -> None:
    with connect(running) as connection:
        connection.connect()
        first = connection.sock
        for path in ("/v1.0/groups", "/secrets/none", "/no/such/path", "/_sandbox/state"):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert not answer.will_close
            assert connection.sock is first


def test_the_settings_name_every_outside_service(running: Running) -> None:
    env = running.settings_env()
    ours = {"ROLLCALL_PUBLIC_URL": "http://localhost:7071", "ROLLCALL_STORAGE_CONNECTION": "x"}
    settings = Settings.from_env(env | ours)
    outside = (settings.authority, settings.graph_url, settings.exchange_url, settings.ews_url)
    assert all(url.startswith(running.origin) for url in (*outside, settings.key_vault_url))
    assert settings.addin_client_ids == (running.world.addin.client_id,)
    assert Path(env["REQUESTS_CA_BUNDLE"]).is_absolute()


def test_it_runs_alone_says_where_and_stops_on_a_signal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox", "--json", "--folder", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        ready = json.loads(process.stdout.readline())
        state = requests.get(f"{ready['origin']}/_sandbox/state", timeout=10, verify=ready["ca_path"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
    assert state.json()["tenant"] == "Company"
    assert state.json()["outlook"] == ready["outlook_url"]
    assert f"{ready['environment']['ROLLCALL_OUTLOOK_ORIGINS']}/outlook" == ready["outlook_url"]
    assert ready["environment"]["ROLLCALL_GRAPH_URL"] == f"{ready['origin']}/v1.0"


# --- certificates


def test_certificates_are_made_once(tmp_path: Path) -> None:
    first = certificates.issue(tmp_path).server.read_bytes()
    assert certificates.issue(tmp_path).server.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ca.pem", "server.pem"]


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", None], ids=["empty", "nonsense", "another authority's"]
)
def test_spoilt_certificates_are_made_anew(tmp_path: Path, content: bytes | None) -> None:
    made = certificates.issue(tmp_path)
    before = made.ca.read_bytes()
    if content is None:
        other = certificates.issue(tmp_path / "other").ca.read_bytes()
        content = made.server.read_bytes().replace(before, other)
    made.server.write_bytes(content)
    again = certificates.issue(tmp_path)
    authority = x509.load_pem_x509_certificate(again.ca.read_bytes())
    server = x509.load_pem_x509_certificates(again.server.read_bytes())[0]
    assert again.ca.read_bytes() != before
    server.verify_directly_issued_by(authority)


def test_a_certificate_about_to_expire_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = certificates.issue(tmp_path).ca.read_bytes()
    monkeypatch.setattr(certificates, "_MARGIN", timedelta(days=2_000_000))
    assert certificates.issue(tmp_path).ca.read_bytes() != before


def test_a_lost_authority_is_written_again_from_the_servers_file(tmp_path: Path) -> None:
    made = certificates.issue(tmp_path)
    before = made.ca.read_bytes()
    made.ca.unlink()
    assert certificates.issue(tmp_path).ca.read_bytes() == before
