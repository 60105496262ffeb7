"""dev.py where Core Tools are installed: they run the app with our Python, and end when they are told to."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sandbox.stack.core_tools import PATIENCE
from sandbox.stack.processes import choose_port
from tests.support.core_tools import notes
from tests.support.newcomer import (
    ENVIRONMENT,
    ROOT,
    Newcomer,
    make_newcomer,
    needs_proc,
    newcomer,
    read_until,
)

__all__ = ["newcomer"]
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the stand-in for Core Tools is a script"),
    needs_proc,
]
KEY = "languageWorkers:python:defaultExecutablePath"


def with_core_tools(newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a stand-in for Core Tools on the newcomer's PATH; where it notes what it was asked."""
    folder = newcomer.checkout / ".dev" / "bin"
    folder.mkdir()
    path = folder / "notes.json"
    monkeypatch.setitem(ENVIRONMENT, "CORE_TOOLS_NOTES", str(path))
    tools = folder / "func"
    tools.write_text(f"#!{sys.executable}\n{(ROOT / 'tests' / 'support' / 'core_tools.py').read_text()}")
    tools.chmod(0o755)
    newcomer.path = f"{folder}{os.pathsep}{newcomer.path}"
    return path


def assert_run_with_our_python(newcomer: Newcomer, asked: dict[str, Any]) -> None:
    assert asked["arguments"][:3] == ["start", "--python", "--port"]
    python = newcomer.checkout / ".dev" / "venv" / "bin" / "python"
    assert asked["executable"] == asked["first_python"] == str(python)


def assert_ended_by_one_interrupt(noted: list[dict[str, Any]], gone: float) -> None:
    """SIGINT came first and was enough: all of it was over before anybody's patience was, and a `func` that
    hears nothing but SIGTERM is only ended after that."""
    *_, told, ended = [one for one in noted if "signal" in one or "ended" in one]
    assert [one["signal"] for one in noted if "signal" in one] == ["SIGINT"]
    assert ended["ended"]
    assert gone - told["at"] < PATIENCE


@dataclass
class Demo:
    """One `dev.py demo` in Core Tools, which two tests look at."""

    newcomer: Newcomer
    noted: list[dict[str, Any]]
    gone: float


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    newcomer = make_newcomer(tmp_path_factory.mktemp("demo"))
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(ENVIRONMENT, "PYTHONDONTWRITEBYTECODE", raising=False)
        path = with_core_tools(newcomer, patch)
        code, printed = newcomer.run("demo")
    gone = time.monotonic()
    assert code == 0, printed
    return Demo(newcomer, notes(path), gone)


def test_the_demo_runs_in_core_tools_and_ends_them(demo: Demo) -> None:
    asked, *noted = demo.noted
    assert_run_with_our_python(demo.newcomer, asked)
    assert_ended_by_one_interrupt(noted, demo.gone)
    demo.newcomer.assert_nothing_is_left()


def test_pythons_caches_are_not_made_beside_the_code_where_they_restart_the_host(demo: Demo) -> None:
    assert [one["restarts"] for one in demo.noted if "restarts" in one] == []
    caches = demo.newcomer.checkout / ".dev" / "cache" / "python"
    assert list(caches.rglob("rollcall/function_app.*.pyc"))


def test_core_tools_that_do_not_end_are_killed_with_their_worker(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_core_tools(newcomer, monkeypatch)
    monkeypatch.setitem(ENVIRONMENT, "STUBBORN", "yes")
    code, printed = newcomer.run("demo")
    gone = time.monotonic()
    assert code == 0, printed
    [told] = [one for one in notes(path) if "signal" in one]
    assert told["signal"] == "SIGINT"
    assert gone - told["at"] >= PATIENCE
    newcomer.assert_nothing_is_left()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_up_stays_in_core_tools_until_it_is_stopped_and_then_leaves_nothing(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    path = with_core_tools(newcomer, monkeypatch)
    with newcomer.start("up") as process:
        printed = read_until(process, "Running until you press Ctrl-C")
        [url] = re.findall(r"http://localhost:\d+/api/health", printed)
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(number)
        process.wait(30)
        gone = time.monotonic()
    assert process.returncode == 128 + number
    asked, *noted = notes(path)
    assert_run_with_our_python(newcomer, asked)
    assert_ended_by_one_interrupt(noted, gone)
    newcomer.assert_nothing_is_left()


def test_the_outside_alone_has_what_a_func_start_needs_while_it_runs(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_core_tools(newcomer, monkeypatch)
    settings = newcomer.checkout / "local.settings.json"
    with newcomer.start("outside") as process:
        printed = read_until(process, "Now, in another terminal:", more=1)
        values = json.loads(settings.read_text())["Values"]
        [prefix] = re.findall(r"PATH=(\S+):\$PATH func start", printed)
        # On a port of its own: 7071 may be somebody else's.
        port = choose_port()
        func = subprocess.Popen(
            [newcomer.checkout / ".dev" / "bin" / "func", "start", "--port", str(port)],
            cwd=newcomer.checkout,
            env=ENVIRONMENT | {"PATH": f"{prefix}{os.pathsep}{newcomer.path}", "MARK": newcomer.mark},
        )
        try:
            health = wait_for_answer(f"http://localhost:{port}/api/health")
        finally:
            func.send_signal(signal.SIGINT)
            assert func.wait(30) == 0
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert {"ROLLCALL_TENANT_ID", "ROLLCALL_STORAGE_CONNECTION", "FUNCTIONS_WORKER_RUNTIME"} <= set(values)
    assert health["status"] == "degraded"  # nobody has connected the service account yet
    asked, *noted = notes(path)
    assert asked["executable"] == values[KEY]
    assert asked["executable"].endswith("/.dev/venv/bin/python")
    assert [one for one in noted if "restarts" in one] == []
    newcomer.assert_nothing_is_left()


def wait_for_answer(url: str) -> dict[str, Any]:
    """What is answered there, soon."""
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_the_outside_leaves_settings_alone_that_are_there_already(newcomer: Newcomer) -> None:
    settings = newcomer.checkout / "local.settings.json"
    settings.write_text("mine")
    code, printed = newcomer.run("outside")
    assert code == 1
    assert "local.settings.json is there already" in printed
    assert settings.read_text() == "mine"
    settings.unlink()
    newcomer.assert_nothing_is_left()
