"""A short run of the simulator, and that it is the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def simulate(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.simulation", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)


def test_a_few_deployments_in_bad_weather_do_nothing_wrong_and_take_the_same_course_each_time() -> None:
    courses = []
    for jobs in ("1", "2"):
        ended = simulate("--seed", "1", "--hours", "1", "--each", "0.5", "--jobs", jobs)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        courses.append(sorted(re.findall(r"seed \d+: .* course [0-9a-f]{16}", ended.stdout)))
        assert int(re.findall(r"([\d,]+) faults:", ended.stdout)[0].replace(",", "")) > 20
    assert len(courses[0]) == 2
    assert courses[0] == courses[1]


def test_a_planted_fault_is_found_and_the_command_that_shows_it_is_printed() -> None:
    ended = simulate("--seed", "1", "--hours", "2", "--each", "0.5", "--jobs", "2", "--plant", "raw-error")
    assert ended.returncode == 1
    again = r"again: python3 dev\.py simulate --seed [1-4] --hours 0\.5 --each 0\.5 --plant raw-error"
    assert re.search(again, ended.stdout)
