"""dev.py as a newcomer meets it: what it prints, and that it leaves nothing behind however it ends."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import pytest

import dev
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
        ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "bench", "docs", "tests")
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

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """dev.py, marked so that all it starts can be found."""
        places = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "PATH": self.path}
        return subprocess.Popen(
            [sys.executable, "dev.py", *arguments],
            cwd=self.checkout,
            env=ENVIRONMENT | places | {"MARK": self.mark, "CI": "true"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

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


@contextlib.contextmanager
def taken(port: int) -> Iterator[None]:
    """A port on which somebody listens; also if it was taken before."""
    with socket.socket() as other:
        with contextlib.suppress(OSError):
            other.bind(("127.0.0.1", port))
            other.listen()
        yield


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """What it prints up to the line with `text`, and ten lines more."""
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
    return printed + "".join(process.stdout.readline() for _ in range(4))


@dataclass
class Demo:
    """One `dev.py demo`, which three tests look at."""

    newcomer: Newcomer
    code: int
    printed: str
    seconds: float


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    newcomer = make_newcomer(tmp_path_factory.mktemp("demo"))
    began = time.monotonic()
    code, printed = newcomer.run("demo")
    return Demo(newcomer, code, printed, time.monotonic() - began)


@needs_proc
def test_the_demo_does_the_main_job_and_leaves_nothing(demo: Demo) -> None:
    assert demo.code == 0, demo.printed
    assert "4 unique recipients" in demo.printed
    assert "15 unique recipients" in demo.printed
    assert "at least 0 unique recipients" in demo.printed  # the board's members are hidden
    assert "The members of this list are hidden." in demo.printed
    assert "Rollcall reports: The service account is disabled. Enable it in Entra" in demo.printed
    assert "it counts again: 4 unique recipients." in demo.printed
    assert len(demo.printed.splitlines()) <= 75
    demo.newcomer.assert_nothing_is_left()


def test_the_balance_sheets_of_the_demo_add_up(demo: Demo) -> None:
    sheets = re.findall(r"read: .*?unique recipients +\d+\n", demo.printed, re.DOTALL)
    assert len(sheets) == 3
    for sheet in sheets:
        *parts, total = (int(number) for number in re.findall(r" (-?\d+)\n", sheet))
        assert sum(parts) == total


def test_a_second_run_installs_nothing(demo: Demo) -> None:
    assert "Installing" not in demo.printed
    assert demo.seconds < 30


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_up_stays_until_it_is_stopped_and_then_leaves_nothing(
    newcomer: Newcomer, number: signal.Signals
) -> None:
    with taken(7071), newcomer.start("up") as process:
        printed = read_until(process, "Running until you press Ctrl-C")
        url = re.search(r"http://localhost:\d+/api/health", printed)
        assert url, printed
        assert "port 7071 is taken" in printed
        with urllib.request.urlopen(url[0], timeout=10) as answer:
            assert answer.status == 200
        assert len(newcomer.processes()) >= 5  # dev.py, the stack, Azurite, the sandbox, the app
        process.send_signal(number)
        process.wait(30)
    assert process.returncode == (-9 if number == signal.SIGKILL else 128 + number)
    newcomer.assert_nothing_is_left()


@needs_proc
@pytest.mark.parametrize("seconds", [0.3, 1.0, 1.7])
def test_interrupting_the_start_leaves_nothing(newcomer: Newcomer, seconds: float) -> None:
    with newcomer.start("demo") as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        process.wait(30)
        assert process.stdout is not None
        assert "Traceback" not in process.stdout.read()
    newcomer.assert_nothing_is_left()


@needs_proc
def test_an_app_that_does_not_load_is_told_and_leaves_nothing(newcomer: Newcomer) -> None:
    (newcomer.checkout / "function_app.py").write_text("raise RuntimeError('a broken app')\n")
    code, printed = newcomer.run("up")
    assert code == 1
    # The add-in is built of the app's description, so that is where it shows first.
    assert "RuntimeError: a broken app" in printed
    newcomer.assert_nothing_is_left()


def with_core_tools(newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a stand-in for Core Tools on the newcomer's PATH; where it notes what it was asked."""
    folder = newcomer.checkout / ".dev" / "bin"
    folder.mkdir()
    notes = folder / "notes.json"
    monkeypatch.setitem(ENVIRONMENT, "CORE_TOOLS_NOTES", str(notes))
    tools = folder / "func"
    tools.write_text(f"#!{sys.executable}\n{(ROOT / 'tests' / 'support' / 'core_tools.py').read_text()}")
    tools.chmod(0o755)
    newcomer.path = f"{folder}{os.pathsep}{newcomer.path}"
    return notes


posix_alone = pytest.mark.skipif(os.name == "nt", reason="the stand-in for Core Tools is a script")


@posix_alone
@needs_proc
@pytest.mark.parametrize("stubborn", [False, True])
def test_core_tools_run_the_app_where_they_are_installed_and_end_with_it(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch, stubborn: bool
) -> None:
    notes = with_core_tools(newcomer, monkeypatch)
    monkeypatch.setitem(ENVIRONMENT, "STUBBORN", "yes" if stubborn else "")
    code, printed = newcomer.run("demo")
    assert code == 0, printed
    told = json.loads(notes.read_text())
    assert told["arguments"][:3] == ["start", "--python", "--port"]
    python = newcomer.checkout / ".dev" / "venv" / "bin" / "python"
    assert told["executable"] == told["first_python"] == str(python)
    newcomer.assert_nothing_is_left()


@posix_alone
@needs_proc
def test_the_outside_alone_has_the_settings_there_while_it_runs(newcomer: Newcomer) -> None:
    settings = newcomer.checkout / "local.settings.json"
    with newcomer.start("outside") as process:
        assert process.stdout is not None
        printed = ""
        while "Now, in another terminal:" not in printed:
            line = process.stdout.readline()
            assert line, printed
            printed += line
        values = json.loads(settings.read_text())["Values"]
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert {"ROLLCALL_TENANT_ID", "ROLLCALL_STORAGE_CONNECTION", "FUNCTIONS_WORKER_RUNTIME"} <= set(values)
    assert values["languageWorkers:python:defaultExecutablePath"].endswith("/.dev/venv/bin/python")
    newcomer.assert_nothing_is_left()


@needs_proc
def test_the_outside_leaves_settings_alone_that_are_there_already(newcomer: Newcomer) -> None:
    settings = newcomer.checkout / "local.settings.json"
    settings.write_text("mine")
    code, printed = newcomer.run("outside")
    assert code == 1
    assert "local.settings.json is there already" in printed
    assert settings.read_text() == "mine"
    settings.unlink()
    newcomer.assert_nothing_is_left()


def test_a_check_whose_tool_is_not_there_is_not_called_ok(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def pretend(command: list[str], *, log: Path) -> int:
        log.write_text("Skipped. There is no compiler.\n" if "tools.bicep" in command else "")
        return 0

    monkeypatch.setattr(dev, "run", pretend)
    monkeypatch.setattr(dev, "LOGS", tmp_path)
    assert dev.check() == []
    printed = capsys.readouterr().out
    assert re.search(r"^bicep +skipped", printed, re.MULTILINE)
    assert "There is no compiler." in printed
    assert re.search(r"^mypy +ok", printed, re.MULTILINE)


def test_without_a_command_the_help_is_shown(newcomer: Newcomer) -> None:
    code, printed = newcomer.run()
    assert code == 0
    assert all(re.search(rf"^ +{command}\s", printed, re.MULTILINE) for command in dev.COMMANDS)


def test_an_unknown_benchmark_is_refused_by_name(newcomer: Newcomer) -> None:
    code, printed = newcomer.run("bench", "nosuch")
    assert code == 1
    assert "no benchmark nosuch" in printed


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert "Python 3.11 or later" in str(dev.main())


@pytest.mark.parametrize(
    ("output", "advice"),
    [("npm error code ENOTFOUND", workshop.OFFLINE_HELP), ("ERROR: no such thing", workshop.LOG_HELP)],
)
def test_a_failed_step_shows_the_end_of_its_log_and_what_may_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, advice: str
) -> None:
    for name, folder in {"ROOT": tmp_path, "LOGS": tmp_path / "logs", "DEV": tmp_path}.items():
        monkeypatch.setattr(workshop, name, folder)
    (tmp_path / "logs").mkdir()
    command = [sys.executable, "-c", f"import sys; print({output!r}); sys.exit(3)"]
    with pytest.raises(workshop.Failure) as caught:
        workshop.step("Installing something", command, workshop.LOG_HELP, cwd=tmp_path)
    assert output in str(caught.value)
    assert str(caught.value).endswith(advice)


def test_everything_installed_is_pinned() -> None:
    if Path(sys.prefix) != workshop.VENV:
        pytest.skip("this is not dev.py's own environment")
    files = [ROOT / "constraints.txt", *ROOT.glob("requirements*.txt"), *ROOT.glob("*/requirements.txt")]
    pinned = set()
    for file in files:
        for line in file.read_text().splitlines():
            if found := re.match(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)", line):
                pinned.add((plain(found[1]), found[2]))
    installed = {(plain(found.name), found.version) for found in distributions()}
    brought_by_python = {"pip", "setuptools"}
    assert {name for name, version in installed - pinned} <= brought_by_python


def plain(name: str) -> str:
    """A distribution's name as PEP 503 normalises it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_azurites_lock_names_no_host_and_every_hash() -> None:
    lock = (ROOT / "sandbox" / "azurite" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("shared/audience/walk.py", "import shared.settings"),
        ("shared/tracking/mail/tokens.py", "import shared.settings"),
        ("shared/audience/balance.py", "import requests"),
        ("shared/adapters/keyvault.py", "import shared.adapters.directories.graph"),
        ("shared/settings.py", "import shared.services.process"),
        ("shared/web/response.py", "import sandbox.tenant.tenant"),
        ("sandbox/tenant/tenant.py", "import shared.errors"),
        ("shared/stray.py", "import shared.errors"),  # a new module must be given its place
    ],
)
def test_an_import_against_the_picture_is_found(tmp_path: Path, module: str, line: str) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "*.json")
    for package in ("routes", "shared", "sandbox"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a") as file:
        file.write(f"\n{line}\n")
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    found = subprocess.run(lint, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "BROKEN" in found.stdout
