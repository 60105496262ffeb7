"""Child processes: what is told when one does not come up."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from sandbox.stack import processes
from sandbox.stack.core_tools import HOPELESS
from sandbox.stack.processes import StackError, choose_port, running

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
