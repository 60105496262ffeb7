"""Child processes: what is told when one does not come up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sandbox.stack import processes
from sandbox.stack.core_tools import HOPELESS
from sandbox.stack.processes import ROOT, StackError, choose_port, running
from sandbox.stack.stack import node_program

# As the Functions host does: it listens and answers 404 although the app did not load.
HOST = """
import http.server, sys
print('''Loading the app
Traceback (most recent call last):
  File "function_app.py", line 1
RuntimeError: a broken app
Worker failed to index functions''', *["later"] * 40, sep="\\n", file=sys.stderr, flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.BaseHTTPRequestHandler).serve_forever()
"""


def test_an_app_that_will_not_come_up_is_told_at_once_by_its_own_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    port, began = choose_port(), time.monotonic()
    command = [sys.executable, "-c", HOST, str(port)]
    with running("app", command, os.environ) as child, pytest.raises(StackError) as caught:
        child.wait_for_answer(port, "/api/openapi.json", HOPELESS)
    assert time.monotonic() - began < processes.START_LIMIT / 2
    told = str(caught.value)
    assert "RuntimeError: a broken app" in told
    assert told.index("Traceback") < told.index("RuntimeError")
    assert "Loading the app" not in told


# As Azurite does: what it acknowledged is in memory, and saved in the end; here that takes longer than usual.
SAVES = """
const save = () => { require("fs").writeFileSync(process.argv[1], "all"); process.exit(); };
process.once("SIGINT", () => setTimeout(save, 3500));
setInterval(() => {}, 1000);
console.log("ready");
"""


def _node(*more: str) -> list[str]:
    tether = ROOT / "sandbox" / "azurite" / "tether.cjs"
    return [node_program(), "--require", str(tether), "-e", SAVES, *more]


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGINT to send")
def test_storage_that_is_told_to_end_saves_what_it_acknowledged_however_long_that_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    saved = tmp_path / "saved"
    with running("storage", _node(str(saved)), os.environ, prints=True, end=signal.SIGINT) as child:
        assert child.read_line() == "ready\n"
    assert saved.read_text(encoding="utf-8") == "all"
    assert child.process.returncode == 0


def test_storage_whose_starter_died_ends_by_itself(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(_node(str(tmp_path / "saved")), stdin=pipe, stdout=pipe) as child:
        assert child.stdin
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        child.stdin.close()
        assert child.wait(20) == 1
