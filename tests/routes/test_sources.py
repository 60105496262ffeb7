"""Nobody makes many people of themselves: the lower bound rests on nothing that a reader chooses."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import requests

from shared.services.process import services
from shared.tracking.recording.events import unpack
from shared.tracking.recording.networks import line_of
from tests.support.api import Api
from tests.support.tracked_mails import register

PEOPLE = [f"user{number}@company.com" for number in range(1, 5)]
MAIL_CLIENT = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0"
HOME = "203.0.113.7"
WAYS: dict[str, list[tuple[str, str]]] = {
    "versions of a browser": [(CHROME.format(number), HOME) for number in range(60, 100)],
    "names of a mail program": [(f"Microsoft Outlook {number}.0.1", HOME) for number in range(40)],
    "ports": [(MAIL_CLIENT, f"{HOME}:{1000 + number}") for number in range(40)],
    "addresses of one line": [(MAIL_CLIENT, f"[2001:db8:1:2::{number:x}]:99") for number in range(1, 41)],
    "hops that they claim": [(MAIL_CLIENT, f"198.51.100.{number}, {HOME}") for number in range(1, 41)],
    "spellings of an address": [
        (MAIL_CLIENT, ("::ffff:203.0.113.7", HOME, "::FFFF:cb00:7107")[number % 3]) for number in range(40)
    ],
}


def sources(api: Api, hits: list[tuple[str, str]], what: str) -> int:
    """How many sources one program has at most, of these requests for a mail whose copies are all alike."""
    body: Any = register(api, expansion_id=api.expand(*PEOPLE).json()["id"])
    api.call("POST", f"/api/messages/{body['message_id']}/sent")
    url = body["pixel_url"] if what == "pixel" else next(iter(body["links"].values()))
    for agent, forwarded in hits:
        headers = {"User-Agent": agent, "X-Forwarded-For": forwarded}
        requests.get(url, headers=headers, timeout=10, allow_redirects=False)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for entry in services().tracking.journal_table.read(body["message_id"]):
        for event in unpack(entry.data):
            found[event.agent].add(event.source)
    report = api.call("GET", f"/api/messages/{body['message_id']}/report").json()
    for people in filter(None, (report["opened_by"], report["clicked_by"])):
        assert people["at_least"] <= 1
    return max(map(len, found.values()))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", ["pixel", "link"])
def test_one_who_asks_forty_times_is_one_source_and_one_person_at_least(
    way: str, what: str, api: Api
) -> None:
    assert sources(api, WAYS[way], what) == 1


def test_forty_lines_are_as_many_sources(api: Api) -> None:
    lines = [(MAIL_CLIENT, f"[2001:db8:1:{number:x}::1]:99") for number in range(1, 41)]
    assert sources(api, lines, "pixel") >= 38


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("fe80::1%eth0", "fe80::1%eth1", True),
        ("no:address", "no:address at all", False),
    ],
)
def test_a_line_is_what_one_person_has(one: str, other: str, same: bool) -> None:
    assert (line_of(one) == line_of(other)) is same
