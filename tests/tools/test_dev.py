"""dev.py as a newcomer meets it: what it prints, and that it leaves nothing behind however it ends."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import pytest

import dev
from tests.support.newcomer import Newcomer, make_newcomer, needs_proc, newcomer, read_until
from tools import workshop

__all__ = ["newcomer"]

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def taken(port: int) -> Iterator[None]:
    """A port on which somebody listens; also if it was taken before.

    REUSEADDR, because the demo of the test before leaves connections behind that keep the port from a
    listener without it, and from nobody else: the port looked taken and was not.
    """
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # somebody listens there already
            other.bind(("127.0.0.1", port))
            other.listen()
        yield


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
    assert "an unknown number of unique recipients" in demo.printed  # the board's members are hidden
    assert "The members of this list are hidden." in demo.printed
    assert "Rollcall reports: The service account is disabled. Enable it in Entra" in demo.printed
    assert "it counts again: 4 unique recipients." in demo.printed
    assert len(demo.printed.splitlines()) <= 75
    demo.newcomer.assert_nothing_is_left()


def test_the_balance_sheets_of_the_demo_add_up(demo: Demo) -> None:
    sheets = re.findall(r"read: .*?unique recipients +(?:\d+|unknown)\n", demo.printed, re.DOTALL)
    assert [sheet.endswith("unknown\n") for sheet in sheets] == [False, False, True]
    for sheet in sheets[:2]:
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
