"""Links and pictures in a mail, as a mail client finds them."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Found:
    """What a mail's HTML points to: `links` of http and https in their order, and `images`."""

    links: tuple[str, ...]
    images: tuple[str, ...]


def find(html: str) -> Found:
    """What is in `html`. What stands in comments is not shown to anybody, so it is not found either."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return Found(tuple(dict.fromkeys(parser.links)), tuple(dict.fromkeys(parser.images)))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = {"a": "href", "area": "href", "img": "src"}.get(tag)
        value = next((value or "" for key, value in attrs if key == name), "").strip()
        if value.lower().startswith(("http://", "https://")):
            (self.images if tag == "img" else self.links).append(value)
