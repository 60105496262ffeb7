"""What is kept of the request for a pixel or a link, and what is only looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from shared.tracking.recording.events import MAX_AGENT_BYTES, Flag

_LONGEST_AGENT = 400  # characters looked at
_PRODUCT = re.compile(r"([A-Za-z0-9][A-Za-z0-9._!+-]{0,40})(?:/v?(\d{1,4})[^\s;,]*)?")
_COMMENT = re.compile(r"\(([^()]*)\)")
_DEVICE = re.compile(r"Windows|Macintosh|iPhone|iPad|Android|Linux|MSIE|Trident|ms-office|MSOffice|Outlook")
# A program introduces itself in a comment with its address, or as compatible with a browser.
_INTRODUCTION = re.compile(r"http|www\.|@|bot|crawl|spider|proxy|compatible;(?!.*MSIE)", re.IGNORECASE)


class Hit(NamedTuple):
    """A request, reduced. `address` and `declined` are for this moment and are never stored: the network
    address it came from, and whether it asks not to be tracked."""

    at: int  # milliseconds since 1970
    flags: int
    agent: str
    address: str
    declined: bool


def read_hit(method: str, headers: Mapping[str, str], at: float, proxies: int = 1) -> Hit:
    """The hit that a request at `at` (seconds since 1970) is. `proxies` is how many servers of ours wrote
    their caller into X-Forwarded-For; what stands before is the caller's own claim."""
    headers = dict(headers)  # the platform's own mapping takes its time to say that something is not there
    flags = Flag.HEAD if method == "HEAD" else 0
    purpose = headers.get("sec-purpose") or headers.get("purpose") or headers.get("x-moz")
    if purpose and "pre" in purpose.lower():  # prefetch, prerender, preview
        flags |= Flag.PREFETCH
    return Hit(
        round(at * 1000),
        flags,
        reduce_agent((headers.get("user-agent") or "")[:_LONGEST_AGENT]),
        _address(headers.get("x-forwarded-for") or "", proxies),
        headers.get("dnt") == "1" or headers.get("sec-gpc") == "1",
    )


@lru_cache(4096)
def reduce_agent(text: str) -> str:
    """The products that a user agent names, with their major versions, and the kind of device.

    Too little to tell one person's browser from a thousand others, enough for rules yet to be written.
    """
    products = _PRODUCT.findall(_COMMENT.sub(" ", text))
    words = [f"{name}/{version}" if version else name for name, version in products]
    for comment in _COMMENT.findall(text):
        words[1:1] = comment.split() if _INTRODUCTION.search(comment) else _DEVICE.findall(comment)
    kept = ""
    for word in words:
        if len(kept) + len(word) < MAX_AGENT_BYTES:
            kept = f"{kept} {word}" if kept else word
    return kept


def _address(forwarded: str, proxies: int) -> str:
    """The network address of whoever called the first server of ours. Azure writes ports as well."""
    hops = [hop.strip() for hop in forwarded.split(",")]
    hop = hops[-proxies] if proxies <= len(hops) else hops[0]
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
