"""A newcomer's checkout, in which dev.py is run; whatever it leaves behind is found."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import workshop

ROOT = Path(__file__).parents[2]
PROCESSES = Path("/proc")
# As it is before fixtures lead it into the sandbox.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("ROLLCALL_")}
needs_proc = pytest.mark.skipif(
    not (PROCESSES / "self" / "environ").exists(),
    reason="without /proc, processes left behind cannot be found",
)


class Newcomer:
    """A checkout of its own, which shares only what was installed, in an otherwise empty home."""

    def __init__(self, folder: Path) -> None:
        self.checkout, self.home, self.temporary = folder / "rollcall", folder / "home", folder / "temporary"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "bench", "tests")
        shutil.copytree(ROOT, self.checkout, ignore=ignored)
        for made in (self.home, self.temporary, self.checkout / ".dev"):
            made.mkdir()
        for shared in ("venv", "azurite"):
            (self.checkout / ".dev" / shared).symlink_to(ROOT / ".dev" / shared)
        (self.checkout / "addin" / "node_modules").symlink_to(ROOT / "addin" / "node_modules")
        # What public/ was made from.
        shutil.copytree(ROOT / ".dev" / "addin", self.checkout / ".dev" / "addin")
        self.path = os.environ["PATH"]
        self.mark = uuid.uuid4().hex
        self.before = self.files()

    @contextlib.contextmanager
    def start(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """dev.py, marked so that all it starts can be found; waited for, and killed where a test failed."""
        places = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "PATH": self.path}
        with subprocess.Popen(
            [sys.executable, "dev.py", *arguments],
            cwd=self.checkout,
            env=ENVIRONMENT | places | {"MARK": self.mark, "CI": "true"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield process
            except BaseException:  # else the wait for an `up` would hide what failed
                process.kill()
                raise

    def run(self, *arguments: str) -> tuple[int, str]:
        """dev.py to its end: the exit code and what it printed."""
        with self.start(*arguments) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
        return process.returncode, printed

    def files(self) -> set[Path]:
        """Everything outside .dev; Python's caches are ignored by git wherever they are."""
        here = (path for place in (self.home, self.temporary, self.checkout) for path in place.rglob("*"))
        return {path for path in here if not {".dev", "__pycache__"} & set(path.parts)}

    def processes(self) -> list[str]:
        """The command lines of what dev.py started and is still there."""
        found = []
        for folder in PROCESSES.glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"MARK={self.mark}".encode() in (folder / "environ").read_bytes():
                    found.append((folder / "cmdline").read_text().replace("\0", " "))
        return found

    def assert_nothing_is_left(self) -> None:
        """No process, soon, and no file."""
        deadline = time.monotonic() + 20
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.processes() == []
        assert self.files() == self.before


def make_newcomer(folder: Path) -> Newcomer:
    """Skips where that would install something."""
    stamps = {
        workshop.AZURITE / "installed": workshop.digest("sandbox/azurite/package-lock.json"),
        workshop.KQL / "installed": workshop.digest("tools/kql/package-lock.json"),
        workshop.VENV / "installed-requirements-dev.txt": workshop.digest(*workshop.REQUIREMENTS),
    }
    if any(not stamp.exists() or stamp.read_text() != wanted for stamp, wanted in stamps.items()):
        pytest.skip("dev.py has not installed everything as it is now: `python3 dev.py test` does that")
    return Newcomer(folder)


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    return make_newcomer(tmp_path)


def read_until(process: subprocess.Popen[str], text: str, more: int = 4) -> str:
    """What it prints up to the line with `text`, and so many lines more."""
    assert process.stdout is not None
    printed = ""
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    for line in process.stdout:
        printed += line
        if text in line:
            break
    watchdog.cancel()
    assert text in printed, printed
    return printed + "".join(process.stdout.readline() for _ in range(more))
