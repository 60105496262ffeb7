"""Whose network a request came from, as far as that says something about who made it.

Microsoft's: the routes listed in "Connectivity architecture for Azure SQL Managed Instance", Microsoft
Learn, 2020, those of at least 65,536 addresses. Scanners of other makers rent from clouds where people's
companies do so too; an admin who knows theirs adds them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from shared.tracking.recording.events import Network

MICROSOFT = """
13.64.0.0/11 13.104.0.0/14 20.33.0.0/16 20.34.0.0/15 20.36.0.0/14 20.40.0.0/13 20.48.0.0/12 20.64.0.0/10
20.128.0.0/16 20.135.0.0/16 20.136.0.0/16 20.140.0.0/15 20.143.0.0/16 20.144.0.0/14 20.150.0.0/15
20.160.0.0/12 20.176.0.0/14 20.180.0.0/14 20.184.0.0/13 20.192.0.0/10 23.96.0.0/13 40.64.0.0/10
51.4.0.0/15 51.8.0.0/16 51.10.0.0/15 51.18.0.0/16 51.51.0.0/16 51.53.0.0/16 51.103.0.0/16 51.104.0.0/15
51.107.0.0/16 51.116.0.0/16 51.120.0.0/16 51.124.0.0/16 51.132.0.0/16 51.136.0.0/15 51.138.0.0/16
51.140.0.0/14 51.144.0.0/15 52.96.0.0/12 52.112.0.0/14 52.125.0.0/16 52.126.0.0/15 52.130.0.0/15
52.132.0.0/14 52.136.0.0/13 52.145.0.0/16 52.146.0.0/15 52.148.0.0/14 52.152.0.0/13 52.160.0.0/11
52.224.0.0/11 65.52.0.0/14 102.133.0.0/16 104.40.0.0/13 104.146.0.0/15 104.208.0.0/13 131.107.0.0/16
132.245.0.0/16 134.170.0.0/16 137.116.0.0/15 137.135.0.0/16 138.91.0.0/16 150.171.0.0/16 157.54.0.0/15
157.56.0.0/14 157.60.0.0/16 167.220.0.0/16 168.61.0.0/16 168.62.0.0/15 191.232.0.0/13 207.46.0.0/16
"""


class Networks:
    """Tells networks apart. `people` are the organisation's own, which no other list overrules;
    `scanners` are mail security's."""

    def __init__(self, people: Iterable[str] = (), scanners: Iterable[str] = ()) -> None:
        """Raises ValueError for what is no network in CIDR notation."""
        self._lists = [
            (Ranges(people), Network.UNKNOWN),
            (Ranges(scanners), Network.SCANNER),
            (Ranges(MICROSOFT.split()), Network.MICROSOFT),
        ]

    def owner_of(self, address: str) -> Network:
        """Whose `address` is; UNKNOWN also for what is no network address."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return Network.UNKNOWN
        place = (parsed.version, int(parsed))
        return next((owner for ranges, owner in self._lists if place in ranges), Network.UNKNOWN)


def line_of(address: str) -> str:
    """What stands for whoever has that address: one who has an address of IPv6 has 2^64 of them, and takes
    another whenever they like (RFC 4291, section 2.5.1)."""
    if ":" not in address:
        return address
    try:
        parsed = IPv6Address(address)
    except ValueError:
        return address
    return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else parsed.packed[:8].hex()


class Ranges:
    """Ranges of network addresses, as (IP version, number)."""

    def __init__(self, texts: Iterable[str]) -> None:
        networks = [ip_network(text) for text in texts]
        bounds = sorted((n.version, int(n.network_address), int(n.broadcast_address)) for n in networks)
        self._starts = [(version, first) for version, first, _ in bounds]
        self._ends: list[tuple[int, int]] = []
        for version, _, last in bounds:
            # Of nested ranges the outer one reaches further.
            self._ends.append(max((version, last), self._ends[-1] if self._ends else (version, last)))

    def __contains__(self, place: tuple[int, int]) -> bool:
        index = bisect_right(self._starts, place)
        return index > 0 and place <= self._ends[index - 1]
