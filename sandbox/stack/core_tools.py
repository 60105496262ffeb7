"""Azure Functions Core Tools, run so that they find our Python, and end with us.

`python -m sandbox.stack.core_tools FUNC PORT` in the app's folder, with the app's environment.

Source: Azure/azure-functions-core-tools and azure-functions-host, from what `func start` did with this app.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# The host takes `__` in a variable's name for the colon, so that this and its twin are one key to it, and
# which of two wins is luck. Core Tools look for the one with colons before they set their own.
EXECUTABLE = "languageWorkers:python:defaultExecutablePath"
_TWIN = EXECUTABLE.replace(":", "__")
# What the log says when the app will not come up, however long one waits.
HOPELESS = ("Worker failed to index functions", "Worker was unable to load", "No job functions found")
PATIENCE = 5.0  # seconds: the host ends within half a second of SIGINT, and not at all on SIGTERM
_WINDOWS = os.name == "nt"


def environment_for(given: Mapping[str, str], caches: Path) -> dict[str, str]:
    """What `func` needs to run the app with this Python: by name, and first on the PATH, where it reads the
    worker's version. Python's caches go to the folder `caches`: beside the code they restart the host."""
    found = {name: value for name, value in given.items() if name not in (EXECUTABLE, _TWIN)}
    found[EXECUTABLE] = sys.executable
    found["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), found.get("PATH", os.defpath)])
    found["PYTHONPYCACHEPREFIX"] = str(caches)
    return found


def main() -> int:
    """Run `func start` until it ends or we are told to; nothing of it is left behind."""
    program, port = sys.argv[1:3]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    child = subprocess.Popen(
        [program, "start", "--python", "--port", port],
        stdin=subprocess.DEVNULL,
        start_new_session=not _WINDOWS,
    )
    try:
        return child.wait()
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if _WINDOWS:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], check=False, capture_output=True)
        return
    # Whoever ends us says so twice, by our standard input and by a signal; the second may not cut this short.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        child.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(PATIENCE)
    with contextlib.suppress(OSError):  # its worker, for one, which it leaves behind when it is killed
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


if __name__ == "__main__":
    sys.exit(main())
