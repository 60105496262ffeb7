"""A message's summary: what its events add up to, small enough to be kept and added to."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.columns import Columns
from shared.tracking.recording.events import NOTICE, Event, Flag
from shared.tracking.reporting.judge import Judgement
from shared.tracking.reporting.verdicts import VERSION, Verdict, is_mail_client

FORMAT = "3"
HOUR, MINUTE = 3_600_000, 60_000  # milliseconds
_SOURCES = 2**16
AGENTS = 16
"""User agents whose sources are told apart within an hour; each takes 8 kB."""
OPENED, CLICKED = "opened", "clicked"


@dataclass(slots=True)
class Split:
    """How many, by verdict."""

    person: int = 0
    unsure: int = 0
    machine: int = 0

    @property
    def all(self) -> int:
        """However they were judged."""
        return self.person + self.unsure + self.machine


@dataclass(slots=True)
class Crowd:
    """Which recipients did something at least once, a bit each; `unsure` holds the doubtful ones too."""

    person: bytearray = field(default_factory=bytearray)
    unsure: bytearray = field(default_factory=bytearray)
    known: bytearray = field(default_factory=bytearray)
    """Those whose mail program said what it is, or whose mailbox provider's proxy did."""


@dataclass(slots=True)
class Tally:
    """Events of one kind: how many, and by whom."""

    count: Split = field(default_factory=Split)
    who: Crowd = field(default_factory=Crowd)
    hour: int = 0
    sources: dict[str, bytearray] = field(default_factory=dict)
    """Where all recipients share their URLs: the sources of clicks in `hour` by user agent, a bit each, of at
    most AGENTS of them."""
    most_sources: int = 0
    """How many sources one user agent had at most within an hour."""


@dataclass(slots=True)
class Summary:
    """What became of one message, as far as slice `until` of time. `basis` is what all of it rests on: a
    summary on another basis is void."""

    basis: str = ""
    until: int = 0
    opened: Tally = field(default_factory=Tally)
    clicked: Tally = field(default_factory=Tally)
    links: dict[int, Tally] = field(default_factory=dict)
    hours: dict[int, tuple[Split, Split]] = field(default_factory=dict)
    """Opens and clicks by hour since 1970."""
    minutes: dict[int, tuple[Split, Split]] = field(default_factory=dict)
    """Those of the first hours by minute since 1970."""
    waves: list[int] = field(default_factory=list)
    """When the mail arrived with the latest waves of machines, in milliseconds since 1970."""
    controls: dict[int, int] = field(default_factory=dict)
    """How often the notice was followed, by how many distinct links its maker followed within minutes."""
    objecting: int = 0
    """How many were not measured when it was closed, since they objected."""
    closed: bool = False
    """Whether these are sums, of events that are not kept any more: see `sealing`. They are all there is,
    whatever they rest on; so a change of this form must go on reading them."""
    reasons: dict[str, int] = field(default_factory=dict)
    not_counted: dict[str, int] = field(default_factory=dict)
    told: dict[int, list[int]] = field(default_factory=dict)
    """What was measured when numbers were published, by that time in milliseconds since 1970: as of when,
    and the ends of each range of people."""
    by_list: dict[str, list[int]] = field(default_factory=dict)
    """Of sums, what they amounted to when it was closed, by typed lists: the ends of both ranges."""

    def add(
        self,
        events: Iterable[Event],
        judgements: Sequence[Judgement],
        recipients: int,
        by_minute: tuple[int, int] = (0, 0),
    ) -> None:
        """Add events and what they were judged to be. `recipients` is how many the message has; from and
        until `by_minute`, in milliseconds since 1970, they are told by minute as well."""
        columns = Columns.of(events)
        judged = dict(zip(map(id, judgements), judgements, strict=True))
        # Whoever did the same, for the same reasons, is added at once: a mail may have ten million events.
        kinds = zip(
            map(id, judgements),
            columns.clicked(),
            columns.link,
            columns.agent,
            *_times(columns.at, *by_minute),
            strict=True,
        )
        groups: defaultdict[tuple[int, int, int, str, bool, int], list[int]] = defaultdict(list)
        for kind, recipient in zip(kinds, columns.recipient, strict=True):
            groups[kind].append(recipient)
        if EVERYBODY in columns.recipient:
            self._add_sources(columns, judgements)
        for (which, clicked, link, agent, early, time), group in groups.items():
            verdict, reasons, links = judged[which]
            if verdict is None:
                self.not_counted[reasons[0]] = self.not_counted.get(reasons[0], 0) + len(group)
                continue
            if link == NOTICE:
                if links > 1 or (links and verdict is not Verdict.MACHINE):
                    self.controls[links] = self.controls.get(links, 0) + len(group)
                continue
            for reason in reasons:
                self.reasons[reason] = self.reasons.get(reason, 0) + len(group)
            hour = time * MINUTE // HOUR if early else time
            _count(_splits(self.hours, hour)[bool(clicked)], verdict, len(group))
            if early:
                _count(_splits(self.minutes, time)[bool(clicked)], verdict, len(group))
            who = [recipient for recipient in set(group) if 0 < recipient <= recipients]
            # A burst is a machine's as a rule, but somebody in a hurry makes one too.
            perhaps = verdict is not Verdict.MACHINE or reasons[0] == "burst"
            for deed in [self.clicked, self.link(link)] if clicked else [self.opened]:
                _count(deed.count, verdict, len(group))
                crowds = [deed.who.unsure] if perhaps else []
                if verdict is Verdict.PERSON:
                    crowds += (
                        [deed.who.person, deed.who.known] if is_mail_client(agent) else [deed.who.person]
                    )
                if crowds:
                    _set_all(crowds, who, recipients + 1)

    def _add_sources(self, events: Columns, judgements: Iterable[Judgement]) -> None:
        """People's clicks, where all share their URLs."""
        for event, judgement in zip(events, judgements, strict=True):
            is_persons = judgement.verdict is Verdict.PERSON and event.link != NOTICE
            if is_persons and event.flags & Flag.CLICKED and event.recipient == EVERYBODY:
                self._add_source(event)

    def _add_source(self, event: Event) -> None:
        """A person's click, where all share their URLs."""
        hour = event.at // HOUR
        for deed in (self.clicked, self.link(event.link)):
            if hour < deed.hour:
                continue
            if hour > deed.hour:
                deed.hour, deed.sources = hour, {}
            bits = deed.sources.get(event.agent)
            if bits is None:
                if len(deed.sources) == AGENTS:
                    continue
                bits = deed.sources[event.agent] = bytearray()
            if _set(bits, event.source, _SOURCES):
                deed.most_sources = max(deed.most_sources, how_many(bits))

    def has_opened(self, recipient: int) -> bool:
        """Whether the recipient's image was fetched so far, by what may have been a person."""
        return has(self.opened.who.unsure, recipient)

    def link(self, number: int) -> Tally:
        """The clicks on one link."""
        found = self.links.get(number)
        if found is None:
            found = self.links[number] = Tally()
        return found

    def leaves_out(self, gone: Sequence[int]) -> bool:
        """Whether the events of these recipients, all who are gone by now, are not in it."""
        return self.basis.endswith(_left_out(gone))


def _left_out(gone: Sequence[int]) -> str:
    return f".{zlib.crc32(repr(sorted(gone)).encode()):08x}" if gone else ""


def basis_of(
    sent_at: int | None, gone: Sequence[int] = (), *, control: bool, deliver_at: int | None = None
) -> str:
    """What a summary of a mail sent then (milliseconds since 1970) rests on: rules, form, that time, when it
    was to be delivered, whether the mail has the notice for a `control`, and who is `gone`, whose events are
    left out."""
    later = f".{deliver_at}" if deliver_at else ""
    return f"{FORMAT}.{VERSION}.{sent_at}{later}{'.control' if control else ''}{_left_out(gone)}"


def go_on(summary: Summary, basis: str) -> Summary:
    """The summary, or an empty one where it rests on something else; what was published once stays, unless
    the mail was sent anew."""
    if summary.basis == basis:
        return summary
    same_mail = summary.basis.split(".")[2:3] == basis.split(".")[2:3]
    return Summary(basis=basis, told=summary.told if same_mail else {})


def union(crowds: Sequence[bytearray]) -> bytes:
    """Who is in any of some crowds."""
    joined = 0
    for bits in crowds:
        joined |= int.from_bytes(bits, "little")
    return joined.to_bytes(max(map(len, crowds)), "little")


def has(bits: bytearray, number: int) -> bool:
    """Whether a bit is set."""
    return number >> 3 < len(bits) and bool(bits[number >> 3] >> (number & 7) & 1)


def how_many(bits: bytes | bytearray) -> int:
    """How many bits are set."""
    return int.from_bytes(bits).bit_count()


def _times(at: Sequence[int], since: int, until: int) -> tuple[Iterable[bool], Iterable[int]]:
    """Of each time, whether it is told by minute; and its minute then, else its hour."""
    first, last = min(at, default=0), max(at, default=0)
    if last < since or until <= first:
        is_one_hour = first // HOUR == last // HOUR
        return [False] * len(at), [first // HOUR] * len(at) if is_one_hour else [one // HOUR for one in at]
    early = [since <= one < until for one in at]
    return early, [one // (MINUTE if soon else HOUR) for one, soon in zip(at, early, strict=True)]


def _splits(by_time: dict[int, tuple[Split, Split]], place: int) -> tuple[Split, Split]:
    found = by_time.get(place)
    if found is None:
        found = by_time[place] = (Split(), Split())
    return found


def _count(split: Split, verdict: Verdict | None, times: int) -> None:
    if verdict is Verdict.PERSON:
        split.person += times
    elif verdict is Verdict.MACHINE:
        split.machine += times
    else:
        split.unsure += times


def _set_all(crowds: list[bytearray], numbers: Iterable[int], size: int) -> None:
    """Set the bits of these numbers, of `size`, in each of the crowds, which are three at most."""
    for bits in crowds:
        if not bits:
            bits.extend(bytes(size // 8 + 1))
    first, *others = crowds
    if not others:
        for number in numbers:
            first[number >> 3] |= 1 << (number & 7)
        return
    # In one go: it is done for each recipient of each of ten million events.
    second, third = others[0], others[-1]
    for number in numbers:
        place, bit = number >> 3, 1 << (number & 7)
        first[place] |= bit
        second[place] |= bit
        third[place] |= bit


def _set(bits: bytearray, number: int, size: int) -> bool:
    """Set one bit of `size`; whether it was not set."""
    if not bits:
        bits.extend(bytes(size // 8 + 1))
    place, mask = number >> 3, 1 << (number & 7)
    if bits[place] & mask:
        return False
    bits[place] |= mask
    return True
