"""The live tests themselves, with the sandbox in the place of a real organisation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.host.host import Host
from sandbox.server.server import Running
from tests.live.canary import Expected, expand, judge, parse_expected
from tests.live.test_live_matrix import LISTS
from tests.support.amounts import at_least, exactly
from tests.tools.test_docs_commands import connect

ROOT = Path(__file__).parents[2]
BOARD = "board@company.com"
FOUND = {
    "state": "done",
    "complete": True,
    "count": exactly(9),
    "problems": [],
    "balance": {"members_read": 10, "lists": 1, "recipients": 9},
}
SHORT = {"complete": False, "count": at_least(4), "problems": [{"code": "throttled"}]}
SHORT |= {"balance": {"members_read": 5, "lists": 1, "recipients": 4}}


@pytest.fixture
def deployment(host: Host, sandbox: Running) -> str:
    connect(sandbox)
    return host.origin


def run_live_tests(cache: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LIVE_")}
    command = [sys.executable, "-m", "pytest", "tests/live", "-v", "-o", f"cache_dir={cache}"]
    return subprocess.run(
        command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_live_tests_pass_where_every_list_is_as_expected_and_fail_where_one_is_not(
    deployment: str, sandbox: Running, tmp_path: Path
) -> None:
    done = run_live_tests(
        tmp_path,
        LIVE_URL=deployment,
        LIVE_ACCESS_TOKEN=sandbox.caller_token(),
        LIVE_STATIC="sales-team@company.com 4",
        LIVE_DYNAMIC="everyone-dynamic@company.com 999",
        LIVE_HIDDEN_MICROSOFT_365=f"{BOARD} 2 hidden_membership",
    )
    outcomes = {name.rpartition("[")[2]: how for name, how in map(read_line, done.stdout.splitlines()) if how}
    assert done.returncode == 1, done.stdout
    assert outcomes.pop("static]") == outcomes.pop("hidden_microsoft_365]") == "PASSED"
    assert outcomes.pop("dynamic]") == "FAILED"
    assert set(outcomes.values()) == {"SKIPPED"}


def read_line(line: str) -> tuple[str, str]:
    name, _, rest = line.partition(" ")
    return name, rest.split(" ")[0] if "::" in name and name.endswith("]") else ""


def test_without_a_deployment_the_live_tests_are_skipped_and_say_what_is_missing(tmp_path: Path) -> None:
    done = run_live_tests(tmp_path)
    assert done.returncode == 0, done.stdout
    assert f"{len(LISTS)} skipped" in done.stdout
    assert "LIVE_URL and LIVE_ACCESS_TOKEN name no deployment" in done.stdout


def test_an_expansion_is_forgotten_once_it_is_judged(deployment: str, sandbox: Running) -> None:
    token = sandbox.caller_token()
    found = expand(deployment, token, "sales-team@company.com")
    assert (found["state"], found["count"]) == ("done", exactly(4))
    gone = f"{deployment}/api/expansions/{found['id']}"
    assert requests.get(gone, headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code == 404


def test_a_deployment_that_refuses_is_no_pass(deployment: str) -> None:
    with pytest.raises(requests.HTTPError, match="401"):
        expand(deployment, "nonsense", "sales-team@company.com")


@pytest.mark.parametrize(
    ("expected", "change", "wrong"),
    [
        (Expected(BOARD, 9, None), {}, ""),
        (Expected(BOARD, 9, "throttled"), SHORT, ""),
        (Expected(BOARD, 10, None), {}, "It counts 9 recipients, not 10."),
        (Expected(BOARD, 8, None), {}, "It counts 9 recipients, not 8."),
        (Expected(BOARD, 9, None), SHORT, "It is not complete: throttled."),
        (Expected(BOARD, 3, "throttled"), SHORT, "It counts 4 recipients, not 3."),
        (Expected(BOARD, 9, "throttled"), {}, "The problem throttled is missing; there is none."),
        (Expected(BOARD, 9, "truncated"), SHORT, "The problem truncated is missing; there is throttled."),
        (
            Expected(BOARD, 9, None),
            {"balance": {"members_read": 9, "lists": 1, "recipients": 9}},
            "The balance",
        ),
        (Expected(BOARD, 9, None), {"state": "failed", "failure": {"text": "No."}}, "It failed: No."),
    ],
)
def test_a_count_is_judged(expected: Expected, change: dict[str, Any], wrong: str) -> None:
    assert [sentence[: len(wrong)] for sentence in judge(expected, FOUND | change)] == [wrong] * bool(wrong)


@pytest.mark.parametrize("text", ["", "sales@contoso.com", "25", "sales@contoso.com many", "a@b 1 c d"])
def test_what_says_too_little_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an address and a number"):
        parse_expected(text)


def test_the_operations_page_names_every_row() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [row.name for row in LISTS if f"`{row.name.upper()}`" not in page] == []
