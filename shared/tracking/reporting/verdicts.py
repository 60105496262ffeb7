"""Verdicts: whether an event was a person's doing. The raw event is kept; a verdict can be formed anew.

The rules are tried in the order of the table. The first that holds gives the verdict, all that hold are
its reasons. To add a rule: a line in the table, its condition, an example in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import Event, Flag, Network
from shared.tracking.reporting.bursts import SLOW, find_bursts, key_of

VERSION = "1"
"""Changes with the rules, so that what was judged by others is judged again."""

SCAN_TIME = 60_000  # milliseconds after sending in which most scans come
SOON = 300_000  # and in which nearly all of them have come
LOOK_AROUND = SLOW
"""Milliseconds around an event whose events bear on its verdict, once SOON is over."""

_GMAIL_PREFETCH = "Mozilla/5 Windows AppleWebKit/537 Chrome/42 Safari/537 Edge/12 Mozilla/5"
_APPLE_PREFETCH = "Mozilla/5"
_IMAGE_PROXIES = ("GoogleImageProxy", "YahooMailProxy")
_MAIL_SECURITY = (
    "Barracuda",
    "Mimecast",
    "Proofpoint",
    "FireEye",
    "Cisco-IronPort",
    "Symantec",
    "TrendMicro",
)
_MAIL_CLIENTS = ("Outlook", "ms-office", "MSOffice", "Thunderbird")


class Verdict(StrEnum):
    """What an event is judged to be."""

    PERSON = "person"
    MACHINE = "machine"
    UNSURE = "unsure"


class Age(IntEnum):
    """How long after sending."""

    BEFORE = 0
    SCAN_TIME = 1
    SOON = 2
    LATER = 3


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


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason. `verdict` is None where the event does not count at all."""

    name: str
    verdict: Verdict | None
    text: str
    source: str
    holds: Callable[[Facts], bool]


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
        lambda facts: not facts.clicked and any(name in facts.agent for name in _IMAGE_PROXIES),
    ),
    Rule(
        "burst",
        Verdict.MACHINE,
        "Three links, or all, within 2 seconds (30 in the first 5 minutes); or an open 30 seconds from that.",
        "craft-campaign issue 546; Mautic issue 9798",
        lambda facts: facts.burst,
    ),
    Rule(
        "scanner_network",
        Verdict.MACHINE,
        "The network is mail security's. Microsoft's scans links, but its proxy also shows images to people.",
        "Warmbly pull 412; Safe Links in Defender for Office 365",
        lambda facts: (
            facts.network == Network.SCANNER or (facts.clicked and facts.network == Network.MICROSOFT)
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
        "scan_time_click",
        Verdict.UNSURE,
        "A click within a minute of sending: two thirds of all scans come 20 to 60 seconds after it.",
        "craft-campaign issue 546",
        lambda facts: facts.clicked and facts.age is Age.SCAN_TIME,
    ),
    Rule(
        "scan_time_open",
        Verdict.UNSURE,
        "An open from Microsoft's network within a minute of sending: its image proxy, or Defender.",
        "craft-campaign issue 546; Warmbly issue 410",
        lambda facts: not facts.clicked and facts.age is Age.SCAN_TIME and facts.network == Network.MICROSOFT,
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
        "A click in the first five minutes by a recipient who had not opened the mail.",
        "Mautic issue 16263",
        lambda facts: facts.unopened and facts.age is Age.SOON,
    ),
    Rule(
        "no_sign_of_a_machine",
        Verdict.PERSON,
        "No other rule holds.",
        "",
        lambda facts: True,
    ),
)


def _is_listed(facts: Facts) -> bool:
    """Lists of crawlers hold image proxies and mail clients too: for people, they are not."""
    return facts.listed and not any(name in facts.agent for name in (*_IMAGE_PROXIES, *_MAIL_CLIENTS))


class Judgement(NamedTuple):
    """A verdict, None for what does not count, and its reasons."""

    verdict: Verdict | None
    reasons: tuple[str, ...]


class Judge:
    """Forms verdicts on one mail's events. `sent_at` is in milliseconds since 1970, None when the mail was
    not sent; `links` is how many it has; `is_crawler` is the maintained list's word on a user agent."""

    def __init__(self, sent_at: int | None, links: int, is_crawler: Callable[[str], bool]) -> None:
        self._sent_at = sent_at
        self._links = links
        self._is_crawler = is_crawler
        self._known: dict[tuple[int, int, str, Age, bool, bool, bool], Judgement] = {}

    def judge(self, events: Sequence[Event], start: int = 0, stop: int | None = None) -> list[Judgement]:
        """A judgement on each of `events[start:stop]`, in the light of all of them."""
        judged = range(*slice(start, stop).indices(len(events)))
        if self._sent_at is None:
            return [
                self._decide(events[place].flags, events[place].network, events[place].agent, Age.BEFORE)
                for place in judged
            ]
        sent_at, known = self._sent_at, self._known
        soon_until = sent_at + SOON
        bursts = find_bursts(events, self._links, sent_at + SCAN_TIME, soon_until)
        opened_at = _first_opens(events, soon_until)
        found = []
        for place in judged:
            event = events[place]
            passed = event.at - sent_at
            if passed > SOON:
                age, unopened = Age.LATER, False
            else:
                age = Age.BEFORE if passed < 0 else Age.SCAN_TIME if passed <= SCAN_TIME else Age.SOON
                unopened = (
                    bool(event.flags & Flag.CLICKED)
                    and event.recipient != EVERYBODY
                    and opened_at.get(key_of(event), event.at) >= event.at
                )
            burst = place in bursts.clicked or place in bursts.beside
            case = (event.flags, event.network, event.agent, age, burst, place in bursts.swept, unopened)
            found.append(known.get(case) or self._decide(*case))
        return found

    def _decide(
        self,
        flags: int,
        network: int,
        agent: str,
        age: Age,
        burst: bool = False,
        swept: bool = False,
        unopened: bool = False,
    ) -> Judgement:
        clicked = bool(flags & Flag.CLICKED)
        listed = self._is_crawler(agent)
        facts = Facts(clicked, flags, network, agent, listed, age, burst, swept, unopened)
        holding = [rule for rule in RULES if rule.holds(facts)]
        # The last rule always holds, and is a reason only on its own.
        names = tuple(rule.name for rule in holding[:-1]) or (holding[-1].name,)
        judgement = Judgement(holding[0].verdict, names)
        self._known[flags, network, agent, age, burst, swept, unopened] = judgement
        return judgement


def _first_opens(events: Sequence[Event], until: int) -> dict[int, int]:
    """When each recipient first opened the mail, of those who did `until` then."""
    first: dict[int, int] = {}
    for event in events:
        if event.at <= until and not event.flags & Flag.CLICKED:
            key = key_of(event)
            if event.at < first.get(key, until + 1):
                first[key] = event.at
    return first
