"""Families of worlds: mails as they may fare, drawn at random, with the truth about each.

Nothing here is taken from the rules that are measured with it: no threshold, no list, no user agent. What
mail security and mail programs do is as reported (docs/verdicts.md names the reports); how often, nobody
knows, so it is drawn from all that is possible: from nobody behind a scanner to everybody, from no reader to
all.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag, Network
from shared.tracking.recording.hits import reduce_agent

SENT_AT = 1_790_000_000_000
_DAY = 86_400.0
_KIT, _GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)", "Gecko/20100101 Firefox/128.0"
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + _KIT + " Chrome/{}.0.0.0 Safari/537.36"
_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"
BROWSERS = [
    *(_WINDOWS.format(version) for version in range(118, 133)),
    *(f"{_WINDOWS.format(version)} Edg/{version}.0.0.0" for version in range(118, 133)),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Safari/605.1.15",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {_SAFARI} Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) {_GECKO}",
    f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {_KIT} Chrome/126.0.0.0 Mobile Safari/537.36",
]
OUTLOOKS = [
    "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Trident/7.0; ms-office; MSOffice 16)",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17628; Pro)",
    "Outlook-Android/2.0",
    "Outlook-iOS/723.4027091.prod.iphone (4.2420.0)",
]
PROGRAMS = [
    "Java/1.8.0_202",
    "python-requests/2.31.0",
    "Go-http-client/2.0",
    "curl/8.5.0",
    "okhttp/4.12.0",
    "",
]
_GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
APPLE = "Mozilla/5.0"


@dataclass(frozen=True, slots=True)
class Scanner:
    """One kind of mail security. `share` of all recipients stand behind it; `follows` are the links of how
    many it follows; times are in seconds after a copy's delivery."""

    share: float
    follows: str  # one, some, all
    begins: tuple[float, float]
    apart: float
    pool: bool  # whether each request comes from another address
    looks: bool  # whether it fetches the image as well
    agents: Sequence[str]
    network: Network


@dataclass
class World:
    """One mail, its recipients and whatever happens to it. The same seed makes the same world."""

    seed: int
    shared: bool = False
    notice: bool = True
    most: int = 3_000
    links: int = field(init=False)
    recipients: int = field(init=False)
    looked: set[int] = field(default_factory=set)
    followed: set[int] = field(default_factory=set)
    strangers: Counter[str] = field(default_factory=Counter)
    """How many who are no recipients did so, by `opened` and `clicked`: recipients passed it on to them."""

    def __post_init__(self) -> None:
        self.random = random.Random(f"world {self.seed}")
        self.links = self.random.randint(1, 12)
        self.recipients = round(5 * (self.most / 5) ** self.random.random())
        self.looking = self.random.choice((0.0, 0.02, 0.2, 0.5, 0.8, 1.0))
        self.clicking = self.random.choice((0.0, 0.05, 0.2, 0.6))
        self.hurried = self.random.choice((0.0, 0.05, 0.3))
        self.blocked = self.random.choice((0.0, 0.1, 0.6))
        self.apple, self.gmail, self.outlook = (self.random.choice((0.0, 0.1, 0.4)) for _ in range(3))
        self.forwarded = self.random.choice((0.0, 0.05))
        self.scanners = [self._scanner() for _ in range(self.random.choice((0, 1, 1, 2, 3)))]
        self.delivery = self.random.choice(("at once", "at once", "delayed", "in waves"))
        self.delay = self.random.uniform(600, 12 * 3600)
        self.desk = [self.random.randrange(1, 2**16) for _ in range(1 + self.recipients // 40)]

    def _scanner(self) -> Scanner:
        begins = self.random.choice(((0.5, 10.0), (10.0, 90.0), (60.0, 1200.0), (3600.0, 6 * 3600.0)))
        one = self.random.choice(BROWSERS)
        return Scanner(
            self.random.choice((0.03, 0.2, 0.6, 1.0)),
            self.random.choice(("one", "some", "all", "all")),
            begins,
            self.random.choice((0.05, 0.5, 3.0, 20.0)),
            self.random.random() < 0.4,
            self.random.random() < 0.5,
            self.random.choice(([one], BROWSERS, PROGRAMS)),
            self.random.choice((Network.UNKNOWN, Network.UNKNOWN, Network.MICROSOFT)),
        )

    def events(self) -> tuple[list[Event], set[int], set[int]]:
        """What happened, in the order of time; who of the recipients looked, so that an image was fetched
        or a link followed; who followed a link."""
        found: list[Event] = []
        looked, followed = self.looked, self.followed
        for recipient in range(1, self.recipients + 1):
            arrived = self._arrival()
            for scanner in self.scanners:
                if self.random.random() < scanner.share:
                    found += self._scan(recipient, arrived, scanner)
            found += self._read(recipient, arrived, looked, followed)
            found += self.extra(recipient, arrived)
        return sorted(found, key=lambda event: event.at), looked, followed

    def extra(self, recipient: int, arrived: float) -> Iterator[Event]:
        """What a family of worlds adds."""
        yield from ()

    def _arrival(self) -> float:
        if self.delivery == "delayed":
            return self.delay + self.random.uniform(0, 60)
        if self.delivery == "in waves":
            return self.random.choice((5.0, self.delay / 2, self.delay)) + self.random.uniform(0, 60)
        return self.random.uniform(1, 30)

    def _scan(self, recipient: int, arrived: float, scanner: Scanner) -> Iterator[Event]:
        at = arrived + self.random.uniform(*scanner.begins)
        agent, source = self.random.choice(scanner.agents), self.somewhere()
        if scanner.looks:
            yield self.event(at, recipient, None, agent, source, scanner.network)
            at += self.random.expovariate(1 / scanner.apart)
        links = [*range(self.links), *([NOTICE] if self.notice else [])]
        if scanner.follows == "one":
            links = [self.random.choice(links)]
        elif scanner.follows == "some":
            links = sorted(self.random.sample(links, self.random.randint(1, len(links))))
        for link in links:
            if scanner.pool:
                source = self.somewhere()
            yield self.event(at, recipient, link, agent, source, scanner.network)
            at += self.random.expovariate(1 / scanner.apart)

    def _read(self, recipient: int, arrived: float, looked: set[int], followed: set[int]) -> Iterator[Event]:
        client = self.random.random()
        browser, source = self.random.choice(BROWSERS), self.random.choice(self.desk)
        is_apple = client < self.apple
        if is_apple:
            at = arrived + self.random.uniform(1, 7200)
            yield self.event(at, recipient, None, APPLE, self.somewhere(), Network.UNKNOWN)
        if self.random.random() >= self.looking:
            return
        at = arrived + self.random.lognormvariate(8, 2)
        shown = self.random.random() >= self.blocked
        if shown and not is_apple:
            looked.add(recipient)
            yield self.event(at, recipient, None, *self._client(client, browser, source))
            if self.random.random() < self.forwarded:
                later = at + self.random.uniform(600, _DAY)
                yield self.event(later, recipient, None, browser, self.somewhere(), Network.UNKNOWN)
        if self.random.random() < self.clicking:
            looked.add(recipient)
            followed.add(recipient)
            hurried = self.random.random() < self.hurried
            at += self.random.uniform(1, 4) if hurried else self.random.lognormvariate(3, 1)
            for link in self.random.sample(
                range(self.links), min(self.links, self.random.choice((1, 1, 2, 3)))
            ):
                yield self.event(at, recipient, link, browser, source, Network.UNKNOWN)
                at += self.random.uniform(0.5, 2) if hurried else self.random.lognormvariate(3.5, 1)

        if self.notice and self.random.random() < 0.002:
            at += self.random.lognormvariate(3.5, 1)
            yield self.event(at, recipient, NOTICE, browser, source, Network.UNKNOWN)

    def _client(self, place: float, browser: str, source: int) -> tuple[str, int, Network]:
        if place < self.apple + self.gmail:
            return _GMAIL, self.somewhere(), Network.UNKNOWN
        if place < self.apple + self.gmail + self.outlook:
            return self.random.choice(OUTLOOKS), source, Network.UNKNOWN
        if self.random.random() < 0.5:
            return browser, self.somewhere(), Network.MICROSOFT
        return browser, source, Network.UNKNOWN

    def somewhere(self) -> int:
        return self.random.randrange(1, 2**16)

    def event(
        self, after: float, recipient: int, link: int | None, agent: str, source: int, network: Network
    ) -> Event:
        return Event(
            at=SENT_AT + round(after * 1000),
            flags=int(Flag.CLICKED) if link is not None else 0,
            recipient=EVERYBODY if self.shared else recipient,
            link=link or 0,
            source=source if self.shared else 0,
            network=int(network),
            agent=reduce_agent(agent),
        )
