"""Worlds of one cruel kind each: what mail security, mail programs and people were reported to do.

Like `worlds`, nothing here is taken from the rules that are measured with it. What was reported where:

- pools of addresses and of browsers: gophish issue 2446, resend-node issue 901
- links followed hours later, after quarantine or a second look: suped.com on the timing of anti-spam bots
- delays between links that look like a person's: Paminga, Bot Filtering
- a mail passed on, whose links and images are fetched by others: gophish issue 2853
- images fetched before anybody looks, hours later, and again: Word to the Wise, Apple MPP
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from shared.tracking.recording.events import Event, Network
from tests.support.worlds import APPLE, BROWSERS, OUTLOOKS, PROGRAMS, Scanner, World

_DAY = 86_400.0


@dataclass
class CruelWorld(World):
    """A world of that family of FAMILIES; everything else is drawn as in any world."""

    family: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.more: Callable[[int, float], Iterator[Event]] = lambda recipient, arrived: iter(())
        FAMILIES[self.family](self)

    def extra(self, recipient: int, arrived: float) -> Iterator[Event]:
        return self.more(recipient, arrived)

    def scanner(self, **changes: object) -> Scanner:
        """One kind of mail security, drawn but for these."""
        drawn = replace(self._scanner(), agents=BROWSERS, network=Network.UNKNOWN)
        return replace(drawn, **changes)  # type: ignore[arg-type]


def _pools(world: CruelWorld) -> None:
    world.scanners = [world.scanner(pool=True, apart=world.random.choice((0.1, 3.0, 40.0)))]


def _one_link(world: CruelWorld) -> None:
    world.scanners = [world.scanner(follows="one") for _ in range(world.random.choice((1, 2)))]


def _hours_later(world: CruelWorld) -> None:
    later = world.random.uniform(1, 24) * 3600
    world.scanners = [world.scanner(begins=(later, later + world.random.choice((60.0, 6 * 3600.0))))]


def _waves(world: CruelWorld) -> None:
    world.delivery = "in waves"
    world.scanners = [world.scanner(begins=(0.5, 120.0)) for _ in range(2)]


def _swipes(world: CruelWorld) -> None:
    """A mail program shows the mail while its reader swipes through others: an image fetched for a person."""
    swiping = world.random.choice((0.2, 0.6, 1.0))

    def swipe(recipient: int, arrived: float) -> Iterator[Event]:
        if world.random.random() < swiping:
            world.looked.add(recipient)
            at = arrived + world.random.lognormvariate(8, 2)
            agent = world.random.choice(OUTLOOKS)
            yield world.event(at, recipient, None, agent, world.somewhere(), Network.UNKNOWN)

    world.more = swipe


def _passed_on(world: CruelWorld) -> None:
    """Some pass the mail on to a list, whose members open it and follow its links. A copy that is passed on
    is its recipient's; where all share one, those who have it from a recipient are people as well."""
    passing, many = world.random.choice((0.02, 0.1)), world.random.choice((3, 40))

    def read(recipient: int, arrived: float) -> Iterator[Event]:
        if world.random.random() >= passing:
            return
        sent_on = arrived + world.random.lognormvariate(8, 1.5)
        for _ in range(many):
            at = sent_on + world.random.lognormvariate(7, 2)
            agent, source = world.random.choice((*OUTLOOKS, *BROWSERS)), world.somewhere()
            world.looked.add(recipient)
            world.strangers["opened"] += 1
            yield world.event(at, recipient, None, agent, source, Network.UNKNOWN)
            if world.random.random() < 0.2:
                world.followed.add(recipient)
                world.strangers["clicked"] += 1
                at += world.random.lognormvariate(3, 1)
                link = world.random.randrange(world.links)
                yield world.event(at, recipient, link, BROWSERS[0], source, Network.UNKNOWN)

    world.more = read


def _summarisers(world: CruelWorld) -> None:
    """Something reads each mail before its reader does, fetches its images, and follows nothing."""
    share, turns = world.random.choice((0.1, 0.5, 1.0)), world.random.choice((1, 1, 3))
    begins = world.random.choice(((1.0, 60.0), (60.0, 1800.0), (3600.0, 8 * 3600.0)))
    agents = world.random.choice((BROWSERS, BROWSERS[:1], PROGRAMS))
    network = world.random.choice((Network.UNKNOWN, Network.MICROSOFT))

    def fetch(recipient: int, arrived: float) -> Iterator[Event]:
        if world.random.random() < share:
            for _ in range(turns):
                at = arrived + world.random.uniform(*begins)
                yield world.event(
                    at, recipient, None, world.random.choice(agents), world.somewhere(), network
                )

    world.more = fetch


def _fetched_again(world: CruelWorld) -> None:
    """A reading pane fetches the image whenever the mail is shown, wherever the computer is by then."""
    moving = world.random.choice((0.0, 0.2, 1.0))

    def again(recipient: int, arrived: float) -> Iterator[Event]:
        if world.random.random() < world.looking:
            world.looked.add(recipient)
            at, agent = arrived + world.random.lognormvariate(8, 2), world.random.choice(OUTLOOKS)
            desk = world.random.choice(world.desk)
            for _ in range(world.random.randint(2, 12)):
                source = world.somewhere() if world.random.random() < moving else desk
                yield world.event(at, recipient, None, agent, source, Network.UNKNOWN)
                at += world.random.choice((20.0, 600.0, _DAY))

    world.more = again


def _late_prefetch(world: CruelWorld) -> None:
    """Apple's fetch comes once the device charges, up to two days later, and once more after that."""
    world.apple = world.random.choice((0.4, 1.0))

    def fetch(recipient: int, arrived: float) -> Iterator[Event]:
        if world.random.random() < world.apple:
            for _ in range(world.random.choice((1, 2))):
                at = arrived + world.random.uniform(0, 2 * _DAY)
                yield world.event(at, recipient, None, APPLE, world.somewhere(), Network.UNKNOWN)

    world.more = fetch


def _like_people(world: CruelWorld) -> None:
    """Mail security that takes its time between links, as somebody who reads does."""
    world.scanners = [
        world.scanner(apart=world.random.choice((15.0, 60.0)), looks=True, pool=world.random.random() < 0.5)
    ]


def _nobody(world: CruelWorld) -> None:
    """Everybody stands behind mail security of two makers, and nobody looks."""
    world.looking = 0.0
    world.scanners = [world.scanner(share=1.0), world.scanner(share=1.0, follows="all")]


FAMILIES: dict[str, Callable[[CruelWorld], None]] = {
    "pools of addresses and browsers": _pools,
    "scanners that follow one link": _one_link,
    "scanners that come hours later": _hours_later,
    "scanners with a reader's pace": _like_people,
    "delivery in waves": _waves,
    "everybody scanned, nobody looks": _nobody,
    "summarisers that fetch images": _summarisers,
    "Apple's fetch up to two days later": _late_prefetch,
    "previews on swipe": _swipes,
    "a reading pane that fetches again": _fetched_again,
    "passed on to a list": _passed_on,
}
