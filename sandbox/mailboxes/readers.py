"""What each kind of mail client does with a mail, and when. Two minutes stand for a morning.

Microsoft's proxy shows pictures on the web by default, Apple fetches every picture after delivery, gateways
and Safe Links follow links before anybody reads, Gmail shows pictures through a proxy of its own. The app
judges by user agent, network and time, so user agents and Microsoft's network are the real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_APPLE_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36"
_EDGE = f"{_CHROME} Edg/142.0.0.0"
_OUTLOOK = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; ms-office; MSOffice 16)"
_APPLE_PREFETCH = "Mozilla/5.0"
_MAC_SAFARI = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE_WEBKIT} Version/18.1 Safari/605.1.15"
_PHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_APPLE_WEBKIT}"
_IPHONE = f"{_PHONE} Mobile/15E148"
_IPHONE_SAFARI = f"{_PHONE} Version/18.1 Mobile/15E148 Safari/604.1"
_GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
_GATEWAY = f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} Chrome/120.0.0.0 Safari/537.36"


class Does(StrEnum):
    """What a step asks of the app."""

    NOTHING = "nothing"
    IMAGES = "images"
    CLICK = "click"
    CLICK_ALL = "click_all"


class From(StrEnum):
    """Whose network a request comes from: the first two numbers of an address."""

    OWN = "198.18"  # nobody's, set aside for benchmarks: the reader's own
    MICROSOFT = "40.107"
    APPLE = "17.58"
    GOOGLE = "66.249"
    GATEWAY = "198.19"
    ELSEWHERE = "100.64"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens `after` so many seconds at speed 1; `says` is for the person who watches."""

    after: float
    does: Does
    says: str
    agent: str = ""
    network: From = From.OWN
    by_person: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """A mail client, and what its owner and those on the way do with a mail. `image_agent` and
    `image_network` fetch the pictures when somebody opens by hand, None where none are shown."""

    kind: str
    title: str
    explains: str
    steps: tuple[Step, ...]
    browser: str
    image_agent: str | None
    image_network: From = From.OWN


def _reader(
    kind: str,
    title: str,
    explains: str,
    *steps: Step,
    browser: str = _EDGE,
    image_agent: str | None = None,
    image_network: From = From.OWN,
) -> Reader:
    return Reader(kind, title, explains, steps, browser, image_agent, image_network)


_READERS = (
    _reader(
        "iphone",
        "Mail on an iPhone",
        "Shows pictures itself, privacy protection is off.",
        Step(52, Does.IMAGES, "Opened on the phone, pictures shown", _IPHONE),
        Step(92, Does.CLICK, "Followed a link on the phone", _IPHONE_SAFARI),
        browser=_IPHONE_SAFARI,
        image_agent=_IPHONE,
    ),
    _reader(
        "forwarder",
        "Outlook for Windows, forwards it",
        "Opens it and forwards it to somebody who opens it too, with the same links.",
        Step(34, Does.IMAGES, "Opened, pictures shown", _OUTLOOK),
        Step(55, Does.NOTHING, "Forwarded it to a colleague elsewhere"),
        Step(96, Does.IMAGES, "Opened by whom it was forwarded to", _MAC_SAFARI, From.ELSEWHERE),
        Step(112, Does.CLICK, "A link followed by whom it was forwarded to", _MAC_SAFARI, From.ELSEWHERE),
        image_agent=_OUTLOOK,
    ),
    _reader(
        "never",
        "Never opens it",
        "The mail stays unread.",
        browser=_EDGE,
        image_agent=_OUTLOOK,
    ),
    _reader(
        "new_outlook",
        "New Outlook for Windows",
        "Shows pictures through Microsoft's proxy.",
        Step(42, Does.IMAGES, "Opened at once, pictures by Microsoft's proxy", _EDGE, From.MICROSOFT),
        Step(100, Does.CLICK, "Followed a link", _EDGE),
        image_agent=_EDGE,
        image_network=From.MICROSOFT,
    ),
    _reader(
        "gateway",
        "Outlook behind a mail gateway",
        "A gateway follows every link before the mail arrives; later a person opens it.",
        Step(5, Does.IMAGES, "The gateway looked at the pictures", _GATEWAY, From.GATEWAY, by_person=False),
        Step(6, Does.CLICK_ALL, "The gateway followed every link", _GATEWAY, From.GATEWAY, by_person=False),
        Step(66, Does.IMAGES, "Opened, pictures shown", _OUTLOOK),
        image_agent=_OUTLOOK,
    ),
    _reader(
        "outlook",
        "Outlook for Windows, pictures shown",
        "Downloads pictures, as for senders one trusts.",
        Step(32, Does.IMAGES, "Opened, pictures shown", _OUTLOOK),
        Step(74, Does.CLICK, "Followed a link", _EDGE),
        image_agent=_OUTLOOK,
    ),
    _reader(
        "safe_links",
        "Outlook with Safe Links",
        "Defender opens the mail and every link in a sandbox of its own; later a person reads it.",
        Step(14, Does.IMAGES, "Defender looked at the pictures", _CHROME, From.MICROSOFT, by_person=False),
        Step(22, Does.CLICK_ALL, "Defender followed every link", _CHROME, From.MICROSOFT, by_person=False),
        Step(84, Does.IMAGES, "Opened, pictures shown", _OUTLOOK),
        Step(104, Does.CLICK, "Followed a link", _EDGE),
        image_agent=_OUTLOOK,
    ),
    _reader(
        "apple",
        "Apple Mail with privacy protection",
        "Apple fetches all pictures after delivery, read or not. Nobody can tell whether it was opened.",
        Step(12, Does.IMAGES, "Apple fetched the pictures", _APPLE_PREFETCH, From.APPLE, by_person=False),
        Step(70, Does.NOTHING, "Opened; the pictures are there already"),
        browser=_MAC_SAFARI,
    ),
    _reader(
        "owa",
        "Outlook on the web",
        "Shows pictures through Microsoft's proxy.",
        Step(78, Does.IMAGES, "Opened, pictures by Microsoft's proxy", _EDGE, From.MICROSOFT),
        Step(118, Does.CLICK, "Followed a link", _EDGE),
        image_agent=_EDGE,
        image_network=From.MICROSOFT,
    ),
    _reader(
        "gmail",
        "Gmail",
        "Shows pictures through Google's proxy.",
        Step(58, Does.IMAGES, "Opened, pictures by Google's proxy", _GMAIL, From.GOOGLE),
        browser=_CHROME,
        image_agent=_GMAIL,
        image_network=From.GOOGLE,
    ),
    _reader(
        "blocked",
        "Outlook for Windows, pictures blocked",
        "Reads without pictures, so that only a click shows.",
        Step(46, Does.NOTHING, "Opened, pictures blocked"),
        Step(88, Does.CLICK, "Followed a link", _EDGE),
    ),
)
READERS = {reader.kind: reader for reader in _READERS}


def usual_reader(place: int) -> Reader:
    """The client of the person at `place` in the tenant: each kind in turn."""
    return _READERS[place % len(_READERS)]
