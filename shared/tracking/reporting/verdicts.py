"""Verdicts: whether an event was a person's doing. The raw event is kept; a verdict can be formed anew.

The rules are tried in the order of the table. The first that holds gives the verdict, all that hold are
its reasons. To add a rule: a line in the table, its condition, an example in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from shared.tracking.recording.events import Flag, Network
from shared.tracking.reporting.arrival import Age
from shared.tracking.reporting.bursts import SLOW

VERSION = "4"
"""Changes with the rules, so that what was judged by others is judged again."""

LOOK_AROUND = SLOW
"""Milliseconds around an event whose events bear on its verdict, however long after arrival."""

_GMAIL_PREFETCH = "Mozilla/5 Windows AppleWebKit/537 Chrome/42 Safari/537 Edge/12 Mozilla/5"
_APPLE_PREFETCH = "Mozilla/5"
IMAGE_PROXIES = ("GoogleImageProxy", "YahooMailProxy")
_MAIL_SECURITY = (
    "Barracuda",
    "Mimecast",
    "Proofpoint",
    "FireEye",
    "Cisco-IronPort",
    "Symantec",
    "TrendMicro",
)
_BROWSERS = ("Mozilla", "Opera")
_MAIL_CLIENTS = ("Outlook", "ms-office", "MSOffice", "Thunderbird")


class Verdict(StrEnum):
    """What an event is judged to be."""

    PERSON = "person"
    MACHINE = "machine"
    UNSURE = "unsure"


class Facts(NamedTuple):
    """What the rules look at."""

    clicked: bool
    flags: int
    network: int
    agent: str
    listed: bool
    """Whether the maintained list of crawlers knows the user agent."""
    age: Age
    burst: bool
    """Whether it is part of a burst, or beside one."""
    swept: bool
    """Whether it is part of a sweep."""
    unopened: bool
    """Whether it is a click by a recipient who had not opened the mail."""
    controlled: bool
    """Whether the same client followed the notice too, within minutes."""
    hurried: bool
    """Whether it came too quickly for reading, as part of too little for a burst."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason. `verdict` is None where the event does not count at all."""

    name: str
    verdict: Verdict | None
    text: str
    source: str
    holds: Callable[[Facts], bool]


def _is_listed(facts: Facts) -> bool:
    """Lists of crawlers hold image proxies and mail clients too: for people, they are not."""
    return facts.listed and not any(name in facts.agent for name in (*IMAGE_PROXIES, *_MAIL_CLIENTS))


@lru_cache(4096)
def is_mail_client(agent: str) -> bool:
    """Whether a user agent says that it is a mail program that people sit before, or a mailbox provider's
    proxy, which fetches when the mail is opened."""
    return any(name in agent for name in (*_MAIL_CLIENTS, *IMAGE_PROXIES))


RULES = (
    Rule(
        "before_send",
        None,
        "It came before the mail was sent: the composer showing its own draft.",
        "Outlook add-ins render what setAsync wrote",
        lambda facts: facts.age is Age.BEFORE,
    ),
    Rule(
        "head_request",
        None,
        "It only asked for headers.",
        "RFC 9110, section 9.3.2",
        lambda facts: bool(facts.flags & Flag.HEAD),
    ),
    Rule(
        "prefetch_header",
        Verdict.MACHINE,
        "The request says that it is made in advance.",
        "Fetch Standard, Sec-Purpose",
        lambda facts: bool(facts.flags & Flag.PREFETCH),
    ),
    Rule(
        "gmail_prefetch",
        Verdict.MACHINE,
        "Gmail fetches images ahead under this exact user agent while a session is open.",
        "GMass, False opens in Gmail",
        lambda facts: facts.agent == _GMAIL_PREFETCH and facts.network != Network.MICROSOFT,
    ),
    Rule(
        "image_proxy",
        Verdict.PERSON,
        "The mailbox provider's proxy fetches the image when the mail is opened.",
        "Word to the Wise, Gmail image caching, 2013",
        lambda facts: not facts.clicked and any(name in facts.agent for name in IMAGE_PROXIES),
    ),
    Rule(
        "notice_followed",
        Verdict.MACHINE,
        "The same client followed the line that says that the mail is measured, within five minutes.",
        "People seldom follow it, and what scans a mail follows every link",
        lambda facts: facts.controlled,
    ),
    Rule(
        "burst",
        Verdict.MACHINE,
        "Three links within 2 seconds (30 soon after arrival); or an open 30 seconds from that.",
        "craft-campaign issue 546; Mautic issue 9798",
        lambda facts: facts.burst,
    ),
    Rule(
        "scanner_network",
        Verdict.MACHINE,
        "The network is mail security's. Microsoft's scans links, but its proxy also shows images to people.",
        "Warmbly pull 412; Safe Links in Defender for Office 365",
        lambda facts: (
            facts.network == Network.SCANNER
            or (facts.clicked and facts.network == Network.MICROSOFT and facts.age is not Age.LATER)
        ),
    ),
    Rule(
        "scanner_agent",
        Verdict.MACHINE,
        "The user agent is mail security's, or on the maintained list of crawlers.",
        "crawler-user-agents",
        lambda facts: any(name in facts.agent for name in _MAIL_SECURITY) or _is_listed(facts),
    ),
    Rule(
        "no_agent_click",
        Verdict.MACHINE,
        "No browser follows a link without saying what it is.",
        "RFC 9110, section 10.1.5",
        lambda facts: facts.clicked and not facts.agent,
    ),
    Rule(
        "no_browser_click",
        Verdict.MACHINE,
        "What followed the link says that it is a program, and no browser.",
        "RFC 9110, section 10.1.5; every browser's user agent begins with Mozilla",
        lambda facts: facts.clicked and bool(facts.agent) and not facts.agent.startswith(_BROWSERS),
    ),
    Rule(
        "before_delivery",
        Verdict.UNSURE,
        "It came before the time set for delivery: the sender's own look, or Outlook sent the mail at once.",
        "office-js issue 6413: a set time is lost, and the mail sent at once",
        lambda facts: facts.age is Age.WAITING,
    ),
    Rule(
        "apple_prefetch",
        Verdict.UNSURE,
        "Mail Privacy Protection fetches every image after delivery, whether or not anybody looks.",
        "SocketLabs, Identifying Apple MPP opens",
        lambda facts: not facts.clicked and facts.agent == _APPLE_PREFETCH,
    ),
    Rule(
        "no_agent_open",
        Verdict.UNSURE,
        "The image was fetched by something that does not say what it is.",
        "RFC 9110, section 10.1.5",
        lambda facts: not facts.clicked and not facts.agent,
    ),
    Rule(
        "no_browser_open",
        Verdict.UNSURE,
        "The image was fetched by a program that is neither a browser nor a mail program that we know.",
        "RFC 9110, section 10.1.5; every browser's user agent begins with Mozilla",
        lambda facts: (
            not facts.clicked
            and bool(facts.agent)
            and not facts.agent.startswith(_BROWSERS)
            and not is_mail_client(facts.agent)
        ),
    ),
    Rule(
        "scan_time_click",
        Verdict.UNSURE,
        "A click within a minute of arrival: two thirds of all scans come 20 to 60 seconds after it.",
        "craft-campaign issue 546",
        lambda facts: facts.clicked and facts.age is Age.SCAN_TIME,
    ),
    Rule(
        "scan_time_open",
        Verdict.UNSURE,
        "An open from Microsoft's network within a minute of arrival: its image proxy, or Defender.",
        "craft-campaign issue 546; Warmbly issue 410",
        lambda facts: not facts.clicked and facts.age is Age.SCAN_TIME and facts.network == Network.MICROSOFT,
    ),
    Rule(
        "microsoft_click",
        Verdict.UNSURE,
        "A click from Microsoft's network later on: Safe Links at the time of a click, or a cloud desktop.",
        "Safe Links in Defender for Office 365; Windows 365",
        lambda facts: facts.clicked and facts.network == Network.MICROSOFT,
    ),
    Rule(
        "hurry",
        Verdict.UNSURE,
        "A click within 5 seconds of the first look, or several links within 30: a scanner, or a hurry.",
        "craft-campaign issue 546; Mautic issue 9798",
        lambda facts: facts.hurried,
    ),
    Rule(
        "sweep",
        Verdict.UNSURE,
        "Five links of one recipient within five minutes: a slow scanner, or somebody very keen.",
        "Mautic issue 9798",
        lambda facts: facts.swept,
    ),
    Rule(
        "unopened_click",
        Verdict.UNSURE,
        "A click within half an hour of arrival by a recipient who had not opened it: scans begin by then.",
        "Mautic issue 16263; craft-campaign issue 546",
        lambda facts: facts.unopened,
    ),
    Rule(
        "no_sign_of_a_machine",
        Verdict.PERSON,
        "No other rule holds.",
        "",
        lambda facts: True,
    ),
)
