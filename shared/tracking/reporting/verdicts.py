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
from shared.tracking.reporting.bursts import SLOW, find_bursts

VERSION = "2"
"""Changes with the rules, so that what was judged by others is judged again."""

SCAN_TIME = 60_000  # milliseconds after sending in which most scans come
SOON = 300_000  # and in which nearly all of them have come
SCANS_END = 1_800_000  # and after which none was seen to begin
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
_BROWSERS = ("Mozilla", "Opera")
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
        "notice_followed",
        Verdict.MACHINE,
        "The same client followed the line that says that the mail is measured, within five minutes.",
        "People seldom follow it, and what scans a mail follows every link",
        lambda facts: facts.controlled,
    ),
    Rule(
        "burst",
        Verdict.MACHINE,
        "Three links within 2 seconds (30 in the first 5 minutes); or an open 30 seconds from that.",
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
        "A click in the first half hour by a recipient who had not opened the mail: all scans begin by then.",
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


def _is_listed(facts: Facts) -> bool:
    """Lists of crawlers hold image proxies and mail clients too: for people, they are not."""
    return facts.listed and not any(name in facts.agent for name in (*_IMAGE_PROXIES, *_MAIL_CLIENTS))


class Judgement(NamedTuple):
    """A verdict, None for what does not count, and its reasons. Of a click on the notice also how many
    distinct links, it included, its maker followed within minutes; else 0."""

    verdict: Verdict | None
    reasons: tuple[str, ...]
    links: int = 0


class Judge:
    """Forms verdicts on one mail's events. `sent_at` is in milliseconds since 1970, None when the mail was
    not sent; `links` is how many it has without the notice, `control` whether it has one; `is_crawler` is the
    maintained list's word on a user agent."""

    def __init__(
        self, sent_at: int | None, links: int, is_crawler: Callable[[str], bool], *, control: bool = False
    ) -> None:
        self._sent_at = sent_at
        self._links = links
        self._control = control
        self._is_crawler = is_crawler
        self._known: dict[tuple[int, int, str, Age, bool, bool, bool, bool, bool], Judgement] = {}

    def judge(
        self,
        events: Sequence[Event],
        start: int = 0,
        stop: int | None = None,
        opened: Callable[[int], bool] = lambda recipient: False,
    ) -> list[Judgement]:
        """A judgement on each of `events[start:stop]`, in the light of all of them, and of whether a
        recipient had `opened` the mail before."""
        judged = range(*slice(start, stop).indices(len(events)))
        if self._sent_at is None:
            return [
                self._decide(events[place].flags, events[place].network, events[place].agent, Age.BEFORE)
                for place in judged
            ]
        sent_at, known = self._sent_at, self._known
        soon_until = sent_at + SOON
        bursts = find_bursts(events, self._links, sent_at + SCAN_TIME, soon_until, control=self._control)
        opened_at = _first_opens(events, sent_at)
        found = []
        for place in judged:
            event = events[place]
            passed = event.at - sent_at
            age = (
                Age.LATER
                if passed > SOON
                else Age.BEFORE
                if passed < 0
                else Age.SCAN_TIME
                if passed <= SCAN_TIME
                else Age.SOON
            )
            unopened = (
                bool(event.flags & Flag.CLICKED)
                and event.recipient != EVERYBODY
                and passed <= SCANS_END
                and opened_at.get(event.recipient, event.at) >= event.at
                and not opened(event.recipient)
            )
            burst = place in bursts.clicked or place in bursts.beside
            swept, hurried = place in bursts.swept, place in bursts.hurried
            controlled = place in bursts.controlled
            case = (event.flags, event.network, event.agent, age, burst, swept, unopened, hurried, controlled)
            judgement = known.get(case) or self._decide(*case)
            if place in bursts.controls:
                judgement = judgement._replace(links=bursts.controls[place])
            found.append(judgement)
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
        hurried: bool = False,
        controlled: bool = False,
    ) -> Judgement:
        clicked = bool(flags & Flag.CLICKED)
        listed = self._is_crawler(agent)
        facts = Facts(
            clicked, flags, network, agent, listed, age, burst, swept, unopened, controlled, hurried
        )
        holding = [rule for rule in RULES if rule.holds(facts)]
        # The last rule always holds, and is a reason only on its own.
        names = tuple(rule.name for rule in holding[:-1]) or (holding[-1].name,)
        judgement = Judgement(holding[0].verdict, names)
        self._known[flags, network, agent, age, burst, swept, unopened, hurried, controlled] = judgement
        return judgement


def is_mail_client(agent: str) -> bool:
    """Whether a user agent says that it is a mail program that people sit before, or a mailbox provider's
    proxy, which fetches when the mail is opened."""
    return any(name in agent for name in (*_MAIL_CLIENTS, *_IMAGE_PROXIES))


def _first_opens(events: Sequence[Event], sent_at: int) -> dict[int, int]:
    """When each recipient first opened the mail, of those who did among `events`."""
    first: dict[int, int] = {}
    for event in events:
        if event.at >= sent_at and not event.flags & (Flag.CLICKED | Flag.HEAD | Flag.PREFETCH):
            first[event.recipient] = min(first.get(event.recipient, event.at), event.at)
    return first
