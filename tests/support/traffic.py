"""Labelled traffic: what people's clients and mail security do with one mail, and who did what.

Timing of scans: craft-campaign issue 546 (836 clusters). Clients and scanners: docs/verdicts.md's sources.
What no source gives (how people spread over clients, when they read) is set here, in plain sight.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag, Network
from shared.tracking.recording.hits import reduce_agent

SENT_AT = 1_800_000_000_000
PERSON, MACHINE = "person", "machine"

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Safari/537.36"
)
EDGE = CHROME + " Edg/{}"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
CLASSIC = (
    "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; ms-office; MSOffice 16)"
)
MAC_OUTLOOK = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
GMAIL_PREFETCH = CHROME.format("42.0.2311.135") + " Edge/12.246 Mozilla/5.0"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"
APPLE = "Mozilla/5.0"
BOTS = (
    "python-requests/2.32.3",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0",
)

# client: share of readers, agent of its images, network they come from, whether images are shown at all
CLIENTS = {
    "classic Outlook": (30, CLASSIC, Network.UNKNOWN, 0.7),
    "Outlook on the web": (30, None, Network.MICROSOFT, 1.0),
    "Outlook for Mac": (5, MAC_OUTLOOK, Network.UNKNOWN, 1.0),
    "Outlook mobile": (12, "Outlook-iOS/711.2620504.prod.iphone (4.2446.0)", Network.UNKNOWN, 1.0),
    "Apple Mail": (12, APPLE, Network.UNKNOWN, 1.0),
    "Gmail": (8, GMAIL, Network.UNKNOWN, 1.0),
    "Yahoo": (3, YAHOO, Network.UNKNOWN, 1.0),
}
# mail security: share of recipients, agent (None: a browser's), network, how far its requests are apart (s)
SECURITY = {
    "none": (35, None, Network.UNKNOWN, 0.0),
    "Safe Links": (40, None, Network.MICROSOFT, 0.15),
    "Mimecast": (8, None, Network.UNKNOWN, 0.4),
    "Proofpoint": (8, None, Network.UNKNOWN, 0.3),
    "Barracuda": (9, "Barracuda Sentinel (EE)", Network.UNKNOWN, 1.0),
}
SLOW = (0.15, 15.0)  # share of scans that take their time, and how far their requests are apart then (s)
CLOUD_DESKTOPS = 0.02  # share of people whose browser runs in Microsoft's cloud
# seconds after sending, and how many of a thousand scans begin by then
SCAN_STARTS = ((2, 0), (10, 5), (20, 27), (60, 687), (300, 967), (1800, 1000))


class Labelled(NamedTuple):
    """An event, what made it, the user agent as it was sent, and the recipient whose mail it was."""

    event: Event
    truth: str
    agent: str
    what: str
    who: int


@dataclass
class Mail:
    """One mail's traffic."""

    recipients: int = 2000
    links: int = 6
    shared: bool = False  # whether all recipients share their URLs
    notice: bool = False  # whether it has the line that scanners follow with all links
    seed: int = 1

    def traffic(self) -> list[Labelled]:
        """All of it, in the order of time."""
        self.random = random.Random(self.seed)
        self.sources = 0
        found = [*self._composer()]
        for recipient in range(1, self.recipients + 1):
            found += self._person(recipient)
            found += self._security(recipient)
            if self.random.random() < 0.01:
                bot = self.random.choice(BOTS)
                at = self.random.uniform(30, 86_400)
                found.append(self._hit(recipient, at, bot, Network.UNKNOWN, MACHINE, "crawler", link=0))
        return sorted(found, key=lambda labelled: labelled.event.at)

    def _composer(self) -> Iterator[Labelled]:
        for _ in range(3):
            yield self._hit(1, -self.random.uniform(1, 600), CLASSIC, Network.UNKNOWN, MACHINE, "composer")

    def _person(self, recipient: int) -> Iterator[Labelled]:
        client = self._pick(CLIENTS)
        _, agent, network, shown = CLIENTS[client]
        source = self._source()
        browser = IPHONE if client == "Outlook mobile" else self._browser()
        if client == "Apple Mail":
            at = self.random.uniform(5, 3600)
            yield self._hit(recipient, at, APPLE, Network.UNKNOWN, MACHINE, "Apple's prefetch", source=source)
        if client == "Gmail" and self.random.random() < 0.15:
            at = self.random.uniform(1, 30)
            yield self._hit(
                recipient, at, GMAIL_PREFETCH, network, MACHINE, "Gmail's prefetch", source=source
            )
        if self.random.random() > 0.6:
            return
        opened_at = 5 + self.random.lognormvariate(8.2, 1.8)  # half within an hour, 2 % within a minute
        if client != "Apple Mail" and self.random.random() < shown:
            for turn in range(self.random.choice((1, 1, 1, 2, 3))):
                at = opened_at + turn * self.random.uniform(60, 90_000)
                yield self._hit(recipient, at, agent or browser, network, PERSON, client, source=source)
        desk = Network.MICROSOFT if self.random.random() < CLOUD_DESKTOPS else Network.UNKNOWN
        if self.random.random() < 0.25:
            at = opened_at + self.random.lognormvariate(3, 1)
            links = self.random.sample(
                range(self.links), min(self.links, self.random.choice((1, 1, 1, 1, 2, 3)))
            )
            hurried = self.random.random() < 0.05  # opens links in tabs
            for link in links:
                yield self._hit(recipient, at, browser, desk, PERSON, "click", link=link, source=source)
                at += self.random.uniform(0.8, 3) if hurried else self.random.lognormvariate(3.6, 0.9)

    def _security(self, recipient: int) -> Iterator[Labelled]:
        name = self._pick(SECURITY)
        _, agent, network, apart = SECURITY[name]
        if name == "none":
            return
        at, source, browser = self._scan_start(), self._source(), self._browser()
        if self.random.random() < SLOW[0]:
            apart = SLOW[1]
        if name == "Safe Links" or self.random.random() < 0.3:
            early = max(1.0, self.random.gauss(9, 3)) if name == "Safe Links" else at - 1
            seen = agent or self._browser()  # another browser than the one that clicks
            yield self._hit(recipient, early, seen, network, MACHINE, name, source=source)
        for link in (*range(self.links), *([NOTICE] if self.notice else [])):
            if name == "Proofpoint" and self.random.random() < 0.3:
                yield self._hit(
                    recipient, at, browser, network, MACHINE, name, link=link, source=source, flags=Flag.HEAD
                )
            yield self._hit(recipient, at, agent or browser, network, MACHINE, name, link=link, source=source)
            at += self.random.expovariate(1 / apart)

    def _scan_start(self) -> float:
        position = self.random.uniform(0, 1000)
        for (low, below), (high, above) in pairwise(SCAN_STARTS):
            if position <= above:
                return low + (high - low) * (position - below) / (above - below)
        raise AssertionError

    def _hit(
        self,
        recipient: int,
        after: float,
        agent: str,
        network: Network,
        truth: str,
        what: str,
        *,
        link: int | None = None,
        source: int = 0,
        flags: int = 0,
    ) -> Labelled:
        event = Event(
            at=SENT_AT + round(after * 1000),
            flags=int(flags | (Flag.CLICKED if link is not None else 0)),
            recipient=EVERYBODY if self.shared else recipient,
            link=link or 0,
            source=zlib.crc32(f"{source} {agent}".encode()) % 2**16 if self.shared else 0,
            network=network,
            agent=reduce_agent(agent),
        )
        return Labelled(event, truth, agent, what, recipient)

    def _source(self) -> int:
        """Where somebody is: most people share their company's few addresses."""
        self.sources += 1
        return self.sources if self.random.random() < 0.4 else -self.random.randint(1, 20)

    def _browser(self) -> str:
        version = f"{self.random.randint(120, 131)}.0.0.0"
        return (CHROME if self.random.random() < 0.5 else EDGE).format(version, version)

    def _pick(self, shares: dict[str, tuple[int, str | None, Network, float]]) -> str:
        return self.random.choices(list(shares), [share for share, *_ in shares.values()])[0]
