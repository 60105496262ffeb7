"""A short run of the simulator, and that it is the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def simulate(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.simulation", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)


def test_a_few_deployments_in_bad_weather_do_nothing_wrong() -> None:
    ended = simulate("--seed", "1", "--hours", "2", "--each", "1", "--jobs", "2")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "2 seeds" in ended.stdout
    assert int(re.findall(r"([\d,]+) faults:", ended.stdout)[0].replace(",", "")) > 50


def test_a_seed_takes_the_same_course_each_time() -> None:
    courses = [
        re.findall(r"course [0-9a-f]{16}", simulate("--seed", "5", "--hours", "0.5", "--each", "0.5").stdout)
        for _ in range(2)
    ]
    assert courses[0]
    assert courses[0] == courses[1]


@pytest.mark.parametrize("option", ["--plant"])
def test_a_planted_fault_that_is_none_is_refused(option: str) -> None:
    ended = simulate(option, "nothing of the kind", "--hours", "0.1")
    assert ended.returncode == 2
    assert "nothing of the kind" in ended.stderr
