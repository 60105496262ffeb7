"""The security page promises only what a test shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PAGE = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [
    line for line in PAGE.partition("## Threats")[2].partition("\n## ")[0].splitlines() if line[:2] == "| "
][1:]
THERE = {
    name
    for path in TESTS.rglob("test_*.py")
    for name in re.findall(r"^ *def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_each_threat_names_tests_that_exist(row: str) -> None:
    named = re.findall(r"`(test_\w+)`", row)
    assert named
    assert [name for name in named if name not in THERE] == []


def test_every_permission_that_is_asked_for_is_explained() -> None:
    for permission in (
        "Directory.Read.All",
        "User.Read.All",
        "Exchange.ManageV2",
        "EWS.AccessAsUser.All",
        "Mail.Send",
        "MailTips.ReadBasic.Shared",
    ):
        assert f"`{permission}`" in PAGE
