"""What a cold start pays for importing the app, beyond the platform's own library.

    python dev.py bench start [--json] [--runs N]

Each run is a new interpreter that imports azure.functions and then function_app, as a worker does, and
then answers its first pixel, with the signing keys in an app setting and Azurite as storage. The image is
there when its event is stored, or at the deadline. Figures are to be exported, which begins later and beside
all else: what that then takes of the processor and of memory is measured after the pixel. Code is loaded from
bytecode, which a package brings along; the import is measured without it too.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from sandbox.stack.stack import azurite
from shared.tracking.mail.tokens import Keyring, Opening, Signer

SETTINGS = {
    "ROLLCALL_TENANT_ID": "11111111-1111-4111-8111-111111111111",
    "ROLLCALL_CLIENT_ID": "22222222-2222-4222-8222-222222222222",
    "ROLLCALL_KEY_VAULT_URL": "https://vault.example",
    "ROLLCALL_PUBLIC_URL": "https://rollcall.example",
    # Nothing listens there; connecting to it costs nothing.
    "APPLICATIONINSIGHTS_CONNECTION_STRING": "InstrumentationKey=00000000-0000-4000-8000-000000000000;"
    "IngestionEndpoint=http://localhost:9/",
}
SCRIPT = """
import json, sys, time
started = time.perf_counter()
import azure.functions
platform = time.perf_counter()
import function_app
ours = time.perf_counter()
modules = len(sys.modules)
import asyncio
functions = {one.get_function_name(): one.get_user_function() for one in function_app.app.get_functions()}
request = azure.functions.HttpRequest(
    "GET", "http://localhost/o/token", headers={}, params={}, route_params={"token": sys.argv[1]}, body=b""
)
asyncio.run(functions["track_open"](request))
answered = time.perf_counter()
steps = [platform - started, ours - platform, answered - ours, answered - platform]
import logging, resource
logging.disable()
from shared import telemetry
from shared.services.process import services
assert "opentelemetry" not in sys.modules
def used():
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = used()
services().monitor.flush()
after = used()
began = time.perf_counter()
for _ in range(100_000):
    telemetry.answered("graph", 200, 0.1)
steps += [after[0] - before[0], (time.perf_counter() - began) / 100]
services().monitor.flush()
began = time.process_time()
for _ in range(20):
    services().monitor.flush()
steps += [(time.process_time() - began) / 20]
print(json.dumps([*(step * 1000 for step in steps), after[1] - before[1], modules]))
"""
WITHOUT = {"PYTHONPYCACHEPREFIX": "/nowhere", "PYTHONDONTWRITEBYTECODE": "1"}


def run(token: str, environment: Mapping[str, str]) -> list[float]:
    """What SCRIPT prints."""
    command = [sys.executable, "-c", SCRIPT, token]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    figures: list[float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print the table or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    keyring = Keyring.new()
    token = Signer(keyring).sign_open(Opening("0" * 32, 1))
    runs, compiling = [], []
    with tempfile.TemporaryDirectory() as kept, azurite({"blob": 0, "queue": 0, "table": 0}) as storage:
        environment = os.environ | SETTINGS
        environment |= {"ROLLCALL_STORAGE_CONNECTION": storage, "ROLLCALL_SIGNING_KEYS": keyring.text()}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(options.runs + 1):
            runs.append(run(token, environment | {"PYTHONPYCACHEPREFIX": kept}))
            compiling.append(run(token, environment | WITHOUT)[1])
    # The first one reads the disk, and writes what the others load.
    platform, ours, pixel, whole, export, count, minute, memory, modules = zip(*runs[1:], strict=True)
    if options.json:
        figures = {"import_ms_over_azure_functions": ours, "first_pixel_ms_over_azure_functions": whole}
        print(json.dumps({name: round(statistics.median(values), 1) for name, values in figures.items()}))
        return
    for name, values in (
        ("import azure.functions", platform),
        ("import function_app beyond it", ours),
        ("the same without bytecode", compiling[1:]),
        ("the first pixel after that", pixel),
        ("to the first pixel, all in all", whole),
        ("processor, to begin exporting", export),
        ("processor, for a minute's export", minute),
        ("to count 1,000 answers", count),
    ):
        middle, low, high = statistics.median(values), min(values), max(values)
        print(f"{name:<32} {middle:6.1f} ms  ({low:.1f} to {high:.1f}, {len(values)} runs)")
    print(f"{'memory, for exporting':<32} {statistics.median(memory):6.1f} MB")
    print(f"{'modules loaded by the imports':<32} {modules[0]:6d}")


if __name__ == "__main__":
    main()
