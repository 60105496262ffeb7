"""What telemetry must never do."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken

from sandbox.serving import certificates
from shared import telemetry
from shared.adapters import monitor
from shared.adapters.monitor import AUTHENTICATION, CONNECTION, Monitor
from shared.services.process import services
from tests.support.amounts import exactly
from tests.support.api import SALES, Api
from tests.support.ingestion import KEY, Ingestion, ingestion

ROOT = Path(__file__).parents[3]


# -- what it must never do


@pytest.mark.parametrize("trouble", ["refused", "slow", "gone", "no such host", "nonsense"])
def test_a_place_that_takes_nothing_hurts_no_request(
    watched: Api, taken: Ingestion, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    services().monitor.close()
    where = taken.connection_string
    if trouble == "refused":
        taken.status = 500
    if trouble == "slow":
        taken.delay = 8
    if trouble == "gone":
        where = f"InstrumentationKey={KEY};IngestionEndpoint=http://localhost:1/"
    if trouble == "no such host":
        where = f"InstrumentationKey={KEY};IngestionEndpoint=https://nowhere.invalid/"
    if trouble == "nonsense":
        where = "InstrumentationKey=;;no connection string"
    monkeypatch.setenv(CONNECTION, where)
    monkeypatch.setattr(monitor, "DELAY", 0.0)
    services.cache_clear()
    exporting = threading.Thread(target=services().monitor.flush)
    exporting.start()
    began = time.monotonic()
    assert watched.expand(SALES).json()["count"] == exactly(4)
    assert time.monotonic() - began < 5
    exporting.join(30)
    assert not exporting.is_alive()
    assert watched.call("GET", "/api/health").status_code == 200


def run(code: str, **environment: str) -> Any:
    """What a new interpreter prints last, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


SETTINGS = {
    "ROLLCALL_TENANT_ID": str(uuid.UUID(int=1)),
    "ROLLCALL_CLIENT_ID": str(uuid.UUID(int=2)),
    "ROLLCALL_KEY_VAULT_URL": "https://vault.example",
    "ROLLCALL_PUBLIC_URL": "https://rollcall.example",
    "ROLLCALL_STORAGE_CONNECTION": "UseDevelopmentStorage=true",
}


LOADED = "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"


@pytest.mark.parametrize("where", ["", f"InstrumentationKey={KEY};IngestionEndpoint=http://localhost:1/"])
def test_neither_the_import_nor_the_first_request_loads_the_sdk(where: str) -> None:
    code = (
        f"import json, sys, function_app; from shared.services.process import services; services(); {LOADED}"
    )
    loaded = run(code, **SETTINGS, **({CONNECTION: where} if where else {}))
    assert {"shared", "function_app"} <= set(loaded)
    assert not {"opentelemetry", "azure.monitor", "msrest", "psutil"} & set(loaded)


def test_without_a_connection_string_nothing_is_ever_started() -> None:
    code = f"""
import json, sys, threading
from shared.adapters import monitor
monitor.DELAY = 0
from shared.services.process import services
services().monitor.begin()
services().monitor.close()
assert threading.active_count() == 1
{LOADED}"""
    assert "opentelemetry" not in run(code, **SETTINGS)


def test_it_starts_by_itself_talks_to_nobody_else_and_tells_the_rest_at_the_end(taken: Ingestion) -> None:
    """The SDK on its own would also report on itself to Microsoft, and ask there how to behave."""
    code = """
import json, sys, time, threading
asked = []
sys.addaudithook(lambda event, args: asked.append(args[:2]) if event == "socket.getaddrinfo" else None)
from shared import telemetry
from shared.adapters import monitor
monitor.DELAY, monitor.EVERY = 0, 0.2
from shared.services.process import services
telemetry.answered("graph", 200, 1.5)
services()
time.sleep(4)
telemetry.answered("graph", 200, 1.5)
print(json.dumps(sorted({f"{host}:{port}" for host, port in asked})))
"""
    asked = run(code, **SETTINGS, **{CONNECTION: taken.connection_string})
    assert asked == [taken.origin.removeprefix("http://")]
    assert taken.total("rollcall.requests", directory="graph") == 2
    assert taken.total("rollcall.request.seconds", directory="graph") == 3


class Identity:
    """A managed identity."""

    def __init__(self) -> None:
        self.scopes: list[str] = []

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        self.scopes += scopes
        return AccessToken("an-access-token", int(time.time()) + 3600)


def test_where_keys_are_switched_off_the_apps_own_identity_is_shown(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = Identity()
    with ingestion(str(certificates.issue(ROOT / ".dev" / "sandbox").server)) as taken:
        environ = {CONNECTION: taken.connection_string, AUTHENTICATION: "ClientId=x;Authorization=AAD"}
        own = Monitor(environ, lambda: identity)
        telemetry.answered("graph", 200, 0.1)
        own.flush()
        own.close()
    assert "Bearer an-access-token" in taken.authorizations
    assert identity.scopes[0] == "https://monitor.azure.com//.default"


def test_the_worker_is_not_told_to_send_logs_and_requests_a_second_time() -> None:
    """With either, the platform sets the whole distribution up before the first request."""
    assert "telemetryMode" not in json.loads((ROOT / "host.json").read_text())
    told = (ROOT / "infra" / "modules" / "settings.bicep").read_text()
    assert "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY" not in told
    assert "PYTHON_ENABLE_OPENTELEMETRY" not in told
