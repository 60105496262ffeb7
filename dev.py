#!/usr/bin/env python3
"""Rollcall on your machine. Needs Python 3.11 or later and nothing else; all it makes is in .dev.

python3 dev.py demo     start everything on loopback, expand three lists for real, show the result
python3 dev.py up       the same, and stay: prints the URLs to open
python3 dev.py test     every check and every test
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time

from sandbox.stack.choices import add_options, options_of
from tools.workshop import (
    KQL,
    LOGS,
    POWER_QUERY,
    ROOT,
    SIGNALS,
    SPECTRAL,
    TETHER,
    Failure,
    Stopped,
    build_addin,
    install,
    install_apart,
    install_azure_cli,
    install_npm,
    prepare,
    program,
    run,
    run_attended,
    run_module,
    stop,
)


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
        if name == "up":
            add_options(command)
        if name == "package":
            command.add_argument("--vendored", action="store_true", help=vendored)
    return whole


def run_demo(arguments: argparse.Namespace, extra: list[str]) -> int:
    """demo: everything at once."""
    prepare(azurite=True)
    build_addin()
    print("Starting Azurite, the simulated tenant and the function app ...", flush=True)
    return run_module("sandbox.stack.stack", "demo")


def run_up(arguments: argparse.Namespace, extra: list[str]) -> int:
    """up: everything at once, as it was chosen."""
    prepare(azurite=True)
    build_addin()
    print("Starting Azurite, the simulated tenant and the function app ...", flush=True)
    return run_module("sandbox.stack.stack", "up", *options_of(arguments))


def run_outside(arguments: argparse.Namespace, extra: list[str]) -> int:
    """outside: everything but the app."""
    prepare(azurite=True)
    build_addin()
    return run_module("sandbox.stack.stack", "outside")


def run_sandbox(arguments: argparse.Namespace, extra: list[str]) -> int:
    """sandbox: the simulated tenant alone."""
    prepare(azurite=False)
    return run_module("sandbox", *(extra or ["--port", "8443"]))


def run_tests(arguments: argparse.Namespace, extra: list[str]) -> int:
    """test: the checks, then the tests, so that one run tells everything."""
    prepare(azurite=True)
    install("what knows the hashes", "tools/requirements.txt")
    install_npm("the parser of log queries", "tools/kql", KQL)
    install_npm("the parser of Power BI's queries", "tools/powerquery", POWER_QUERY)
    install_npm("what checks the API's description", "tools/spectral", SPECTRAL)
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
    install_npm("what checks the API's description", "tools/spectral", SPECTRAL)
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
    return run_module("tools.release", "bytecode")


def run_benchmark(arguments: argparse.Namespace, extra: list[str]) -> int:
    """bench: one benchmark."""
    if arguments.name not in benchmarks():
        raise Failure(f"There is no benchmark {arguments.name}, but: {', '.join(benchmarks())}.")
    prepare(azurite=True)
    if arguments.name == "expansion":
        install_apart("what it is compared with (some 400 MB)", "bench/requirements.txt", "constraints.txt")
    if arguments.name == "tracking":
        install_apart("what it is compared with", "bench/requirements-tracking.txt", "constraints.txt")
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


def run_tombstone(arguments: argparse.Namespace, extra: list[str]) -> int:
    """tombstone: what keeps links alive where Rollcall was taken away."""
    prepare(azurite=False)
    return run_module("tools.tombstone", *extra)


def run_audit(arguments: argparse.Namespace, extra: list[str]) -> int:
    """verify-audit: whether somebody tampered with the audit trail."""
    prepare(azurite=False)
    return run_module("tools.verify_audit", *extra)


def run_agreement(arguments: argparse.Namespace, extra: list[str]) -> int:
    """agreement: making, signing and verifying what binds the administrator too."""
    prepare(azurite=False)
    return run_attended("tools.agreement", *(extra or ["--help"]))


def run_simulation(arguments: argparse.Namespace, extra: list[str]) -> int:
    """simulate: deployments in all weathers, on a virtual clock."""
    prepare(azurite=False)
    return run_module("tests.simulation", *extra)


COMMANDS = {
    "demo": (run_demo, "start everything, do the main job, print it, stop everything"),
    "up": (run_up, "start everything, do the main job, and stay until Ctrl-C"),
    "outside": (run_outside, "Azurite and the simulated tenant for a `func start` of your own, until Ctrl-C"),
    "test": (run_tests, "every check and test; options of pytest may follow: dev.py test -k walk"),
    "check": (run_checks, "lint, format, types and the picture of imports, without the tests"),
    "check-commands": (run_command_check, "parse the documentation's commands with the Azure CLI (730 MB)"),
    "build": (run_build, "build the add-in and the pages into public/, which is deployed with the app"),
    "bench": (run_benchmark, "run a benchmark: dev.py bench expansion --json"),
    "screenshots": (run_screenshots, "pictures of every page and state, in .dev/screenshots"),
    "simulate": (run_simulation, "whole deployments in bad weather, by seed: dev.py simulate --hours 100"),
    "docs": (run_docs, "write the pages that are made from the code"),
    "package": (run_release, "write the file to deploy, .dev/package/rollcall.zip"),
    "tombstone": (run_tombstone, "write what keeps links alive after Rollcall is gone: docs/operations.md"),
    "lock": (run_release, "write requirements.lock anew, after a requirement was changed"),
    "replay": (run_replay, "bring home events that are in the app's log alone: dev.py replay export.csv"),
    "rotate-keys": (run_rotation, "sign tracking links with a new key: dev.py rotate-keys --vault URL"),
    "verify-audit": (run_audit, "find tampering with the audit trail: dev.py verify-audit --url URL"),
    "agreement": (run_agreement, "make, sign or verify an agreement: dev.py agreement new agreement.json"),
    "sandbox": (run_sandbox, "the simulated tenant alone: dev.py sandbox --tenant enterprise"),
}
# Those whose further options are somebody else's.
PASS_ON = (
    "test",
    "check-commands",
    "bench",
    "screenshots",
    "simulate",
    "replay",
    "sandbox",
    "rotate-keys",
    "tombstone",
    "verify-audit",
    "agreement",
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
        "gallery": [program("python"), *TETHER, "tools.gallery"],
        "house": [program("python"), *TETHER, "tools.house"],
        "spectral": [program("python"), *TETHER, "tools.spectral"],
        "tsc, biome": [program("python"), *TETHER, "tools.addin", "check"],
    }
    failed = []
    for name, command in checks.items():
        began, log = time.monotonic(), LOGS / "check.log"
        code = run(command, log=log)
        said = log.read_text(encoding="utf-8", errors="replace")
        outcome = "FAILED" if code else "skipped" if said.startswith("Skipped.") else "ok"
        print(f"{name:<14} {outcome}  ({time.monotonic() - began:.1f} s)", flush=True)
        if outcome == "skipped":
            print(said, end="", flush=True)
        if code:
            print(said, flush=True)
            failed.append(name)
    return failed


if __name__ == "__main__":
    sys.exit(main())
