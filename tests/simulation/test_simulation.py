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
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)


def test_a_few_deployments_in_bad_weather_do_nothing_wrong_and_take_the_same_course_each_time() -> None:
    courses = []
    for jobs in ("1", "2"):
        ended = simulate("--seed", "1", "--hours", "1", "--each", "0.5", "--jobs", jobs)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        courses.append(sorted(re.findall(r"seed \d+: .* course [0-9a-f]{16}", ended.stdout)))
        assert int(re.findall(r"([\d,]+) faults:", ended.stdout)[0].replace(",", "")) > 200
        # Which directories a deployment has is drawn, and so is what goes wrong at a service.
        troubled = set(re.findall(r"^ +[\d,]+  (\w+) ", ended.stdout, re.MULTILINE))
        assert troubled <= {"storage", "tables", "queues", "graph", "exchange", "ews", "entra", "vault"}
        assert {"tables", "entra"} < troubled
        assert len(troubled) > 4
    assert len(courses[0]) == 2
    assert courses[0] == courses[1]


# Each hides where all is well but one thing: what is written to one table; the members of one list.
@pytest.mark.parametrize(
    ("fault", "first", "each", "most", "sign"),
    [
        ("raw-error", 1, 0.5, 4, "_table_client.py"),
        ("complete", 1, 1, 6, "complete, and is"),
        ("not-sent", 12, 1, 16, "was marked, as was answered, and storage has"),
    ],
)
def test_a_planted_fault_is_found_and_the_command_that_shows_it_is_printed(
    fault: str, first: int, each: float, most: int, sign: str
) -> None:
    hours = f"{each * most:g}"
    options = ["--seed", str(first), "--hours", hours, "--each", f"{each:g}", "--jobs", "2"]
    ended = simulate(*options, "--plant", fault)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert sign in ended.stdout
    again = rf"again: python3 dev\.py simulate --seed (\d+) --hours {each:g} --each {each:g} --plant {fault}"
    found = re.search(again, ended.stdout)
    assert found
    assert int(found[1]) < first + most
