"""Simulates deployments until so many hours are over: `python3 dev.py simulate --seed N --hours H`."""

from __future__ import annotations

import argparse
import os
import sys

_ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "TRACE") if name in os.environ}
if os.environ.get("PYTHONHASHSEED") != "0":
    # Sets are walked in the same order in every run; and fewer variables are less for requests to read.
    os.execve(
        sys.executable,
        [sys.executable, "-m", "tests.simulation", *sys.argv[1:]],
        _ENVIRONMENT | {"PYTHONHASHSEED": "0"},
    )

from tests.simulation import primitives  # noqa: E402

primitives.replace()

from tests.simulation import process  # noqa: E402

process.install()

from tests.simulation import campaign  # noqa: E402
from tests.simulation.planted import FAULTS  # noqa: E402


def main() -> int:
    """Run what the command line asks for; the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; others follow it")
    parser.add_argument("--hours", type=float, default=100.0, help="simulated hours in all")
    parser.add_argument("--each", type=float, default=campaign.EACH, help="simulated hours of a seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="seeds at once")
    parser.add_argument("--plant", default="", help="plant a fault of tests/simulation/planted.py")
    arguments = parser.parse_args()
    if arguments.plant and arguments.plant not in FAULTS:
        parser.error(f"{arguments.plant} is no fault, but: {', '.join(FAULTS)}")
    return campaign.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
