"""Which links may be tracked, and what a tracked one looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.errors import InvalidRequest
from shared.tracking.mail.hosts import EVERY_HOST, Hosts
from shared.tracking.mail.tokens import END, UNDATED, Click, Opening, Signer
from shared.tracking.mail.urls import NotAUrl, canonical, host_of

# Old Windows components cut a URL at 2,083 characters, and Safe Links wraps ours into one of its own.
MAX_TRACKING_URL = 2000
MAX_LINKS = 500


@dataclass(frozen=True, slots=True)
class Links:
    """A mail's links. `targets` are canonical, each once; the place of one is its number. `written`
    tells which number a spelling has, None where the link is not tracked: it is too long, or leads where the
    administrator lets none lead."""

    targets: tuple[str, ...]
    written: dict[str, int | None]

    def untracked(self) -> Links:
        """The same links, none of which is tracked."""
        return Links((), dict.fromkeys(self.written))


class TrackingUrls:
    """Makes the URLs that stand in a mail, below `origin`."""

    def __init__(self, origin: str, signer: Signer, week: int = UNDATED) -> None:
        self.origin = origin
        self.signer = signer
        self.week = week

    def of_week(self, week: int) -> TrackingUrls:
        """The same, for a mail that was registered in that week."""
        return TrackingUrls(self.origin, self.signer, week)

    def pixel(self, message: str, recipient: int, person: bytes) -> str:
        """The pixel's URL."""
        return f"{self.origin}/o/{self.signer.sign_open(Opening(message, recipient, person, self.week))}"

    def notice(self, message: str, recipient: int, person: bytes) -> str:
        """The URL of the page that says what is measured, and on which a recipient objects to it."""
        return f"{self.origin}/p/{self.signer.sign_objection(Opening(message, recipient, person, self.week))}"

    def links(self, message: str, recipient: int, person: bytes, targets: Sequence[str]) -> list[str]:
        """A tracking URL for each target."""
        return [
            f"{self.origin}/c/"
            f"{self.signer.sign_click(Click(message, recipient, number, target, person, self.week))}"
            for number, target in enumerate(targets)
        ]


def longest_target(origin: str) -> int:
    """How many characters a canonical target may have so that its tracking URL is not too long."""
    token = MAX_TRACKING_URL - len(f"{origin}/c/{END}")
    return token * 3 // 4 - Signer.CLICK_OVERHEAD


def parse_links(
    texts: Sequence[str], field: str, origin: str, hosts: Hosts = EVERY_HOST, app: str = ""
) -> Links:
    """The links in `texts`, which the request's `field` holds, for tracking URLs below `origin`.

    Raises InvalidRequest for the first that is no http or https URL, leads to the host of `origin` or of the
    `app`, holds a user or control characters; or when there are more than MAX_LINKS.
    """
    if len(texts) > MAX_LINKS:
        raise InvalidRequest(field, f"There are more than {MAX_LINKS} links.")
    longest = longest_target(origin)
    numbers: dict[str, int] = {}
    written: dict[str, int | None] = {}
    for place, text in enumerate(texts):
        target = parse_target(text, f"{field}[{place}]", origin, app or origin)
        is_tracked = len(target) <= longest and hosts.admit(target)
        written[text] = numbers.setdefault(target, len(numbers)) if is_tracked else None
    return Links(tuple(numbers), written)


def parse_target(text: str, field: str, *origins: str) -> str:
    """The canonical URL to which a link in `text` leads, which is none of our `origins`. Raises
    InvalidRequest as `parse_links` does."""
    try:
        target = canonical(text)
    except NotAUrl as error:
        raise InvalidRequest(field, f"This link cannot be tracked. {error}") from None
    if host_of(target) in {host_of(canonical(origin)) for origin in origins}:
        raise InvalidRequest(field, "This link leads to Rollcall itself.")
    return target
