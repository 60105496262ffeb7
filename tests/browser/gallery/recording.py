"""What the app says of mails that fared in all ways worth seeing: simulated requests, and its own answers.

    python -m tests.browser.gallery.recording

writes them to `recorded.json`, from which the gallery shows them. A test makes them anew, and fails where
the app says something else by now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from shared.amounts import Amount
from shared.tracking.mail.by_list import Members, divide, everybody_of
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import EVERYBODY, Keyring, Signer
from shared.tracking.mail.turnover import ListTurnover, Turnover
from shared.tracking.recording.events import Event, Network
from shared.tracking.reporting.publishing import Terms
from shared.tracking.reporting.report import Report
from shared.tracking.reporting.sealing import close
from tests.support.report_desk import BROWSER, DAY, HOUR, SENT, TWICE, Desk, hit
from tests.support.traffic import SENT_AT, Mail
from tests.support.worlds import SENT_AT as WORLD_SENT_AT
from tests.support.worlds import Scanner, World

RECORDED = Path(__file__).with_name("recorded.json")
LINKS = (
    "https://intranet.company.com/news/2026/opening-on-thursday",
    "https://company.sharepoint.example/sites/benefits/SitePages/Open-Enrollment-2027.aspx?source=mail"
    "&utm_campaign=a-campaign-with-a-name-that-is-far-too-long&token=eyJhbGciOiJIUzI1NiJ9.aaaaaaaaaaaaaaaaaaaaa",
    "https://forms.company.com/r/lunch",
    "https://www.company.com/",
)
MINUTE, YEAR = 60.0, 365 * DAY
ONCE = Terms()


def _desk(mode: Mode, recipients: int, at: float, complete: bool = True, **more: Any) -> Desk:
    """The same each time, whoever makes it."""
    signer = Signer(Keyring(b"a" * 32, (b"k" * 32,)))
    desk = Desk(mode, recipients, at=at, signer=signer, id="0" * 32, targets=LINKS, **more)
    desk.message = replace(desk.message, complete=complete)
    return desk


def _told(desk: Desk, events: Iterable[Event]) -> Report:
    desk.write([event for event in events if event.at <= SENT_AT + desk.at * 1000], size=500)
    report: Report = desk.get()
    return report


def usual(
    mode: Mode, recipients: int, at: float, seed: int = 1, complete: bool = True, **more: Any
) -> Report:
    """Of a mail as most are: some look, some follow a link, most are behind a scanner."""
    desk = _desk(mode, recipients, at, complete, **more)
    mail = Mail(recipients, len(LINKS), mode is Mode.COUNTING, desk.notice is Notice.LINE, seed)
    return _told(desk, (labelled.event for labelled in mail.traffic()))


def nobody_looked() -> Report:
    """Of a mail that nobody opened, scanned or followed."""
    return _told(_desk(Mode.INDIVIDUAL, 400, 2 * DAY), [])


def everybody_scanned() -> Report:
    """Of a mail that nobody looked at, while a scanner that says that it is a browser followed every link for
    every recipient."""
    world = World(7)
    world.recipients, world.links, world.delivery = 400, len(LINKS), "at once"
    world.looking, world.apple = 0, 0
    world.scanners = [Scanner(1.0, "all", (10.0, 90.0), 0.5, False, True, [BROWSER], Network.UNKNOWN)]
    later = SENT_AT - WORLD_SENT_AT
    events = [event._replace(at=event.at + later) for event in world.events()[0]]
    return _told(_desk(Mode.INDIVIDUAL, 400, 2 * DAY), events)


def hidden_list() -> Report:
    """Of a mail to a list whose members nobody may see, of whom two followed a link."""
    desk = _desk(Mode.COUNTING, 0, 2 * DAY, complete=False)
    some = [hit(2 * HOUR + n * HOUR, EVERYBODY, link, source=n) for n in (1, 2) for link in (None, 0)]
    return _told(desk, some)


def one_recipient() -> Report:
    """Of a mail to one person, who read it."""
    desk = _desk(Mode.INDIVIDUAL, 1, 2 * DAY)
    return _told(desk, [hit(3 * HOUR, 1), hit(3 * HOUR + 50, 1, 2)])


def year_later() -> Report:
    """Of a mail that was measured for three months, a year ago."""
    desk = _desk(Mode.INDIVIDUAL, 1204, 90 * DAY)
    _told(desk, (labelled.event for labelled in Mail(1204, len(LINKS), notice=True, seed=9).traffic()))
    close(desk.message, desk.reports)
    desk.at = YEAR
    ended = SENT + timedelta(days=90)
    desk.message = replace(desk.message, closed_at=ended)
    report: Report = desk.get()
    return report


LISTS: Mapping[str, range] = {
    "all-company@company.com": range(1180),
    "sales@company.com": range(300, 620),
    "everybody-who-takes-part-in-the-transformation-programme@subsidiary.with-a-long-name.example.com": (
        range(500, 760)
    ),
    "board@company.com": range(1180, 1184),
    "press@company.com": range(1182, 1187),
    "interns@company.com": range(1190, 1193),
}
"""Typed lists, and the places of their members: two overlap, three are small."""
TURNOVER = Turnover(
    SENT - timedelta(days=7),
    Amount(21, 25),
    Amount(5, 9),
    (ListTurnover(next(iter(LISTS)), Amount(15, 19)), ListTurnover("sales@company.com", Amount(0, 4))),
)


def by_list(mode: Mode, recipients: int, at: float, terms: Terms, **more: Any) -> Report:
    """Of a recurring mail to several lists."""
    desk = _desk(mode, recipients, at, terms=terms)
    sets = [sum(1 << place for place in places) for places in LISTS.values()]
    members = [each.to_bytes(recipients // 8 + 1, "little") for each in sets]
    known = Members((True, True, False, True, True, True), tuple(members))
    if mode is Mode.PSEUDONYMOUS:
        everybody = everybody_of(recipients, ())
        known = replace(known, groups=divide(known, everybody, terms.step, terms.smallest)[0], members=())
    desk.messages.keep_members(desk.message, known)
    turnover = None if mode is Mode.PSEUDONYMOUS else TURNOVER
    desk.message = replace(desk.message, lists=tuple(LISTS), by_list=True, turnover=turnover, **more)
    mail = Mail(recipients, len(LINKS), notice=True, seed=11)
    return _told(desk, (labelled.event for labelled in mail.traffic()))


def unsent() -> Report:
    """Of a mail that was not sent yet."""
    desk = _desk(Mode.COUNTING, 1204, 0, terms=ONCE)
    desk.message = replace(desk.message, sent_at=None)
    return _told(desk, [])


MADE: Mapping[str, Callable[[], Report]] = {
    "counting": lambda: usual(Mode.COUNTING, 1204, 40 * HOUR),
    "counting-other": lambda: usual(Mode.COUNTING, 1900, 38 * HOUR, 6),
    "individual": lambda: usual(Mode.INDIVIDUAL, 3000, 500 * HOUR, 2, objecting=frozenset(range(1, 15))),
    "individual-incomplete": lambda: usual(Mode.INDIVIDUAL, 1200, 40 * HOUR, 4, False),
    "incomplete": lambda: usual(Mode.COUNTING, 800, 200 * HOUR, 3, False),
    "without-a-notice": lambda: usual(Mode.COUNTING, 1204, 50 * HOUR, notice=Notice.GONE),
    "first-ten-minutes": lambda: usual(Mode.INDIVIDUAL, 1204, 10 * MINUTE, 8),
    "first-hour": lambda: usual(Mode.COUNTING, 900, 83 * MINUTE, 4),
    "young": lambda: usual(Mode.COUNTING, 2000, 6 * HOUR, 4),
    "published": lambda: usual(Mode.PSEUDONYMOUS, 900, 8 * DAY, terms=TWICE),
    "published-once": lambda: usual(Mode.PSEUDONYMOUS, 900, 2 * DAY, terms=TWICE),
    "nobody-looked": nobody_looked,
    "everybody-scanned": everybody_scanned,
    "hidden-list": hidden_list,
    "one-recipient": one_recipient,
    "hundred-thousand": lambda: usual(Mode.INDIVIDUAL, 100_000, 9 * DAY, 5),
    "year-later": year_later,
    "by-list": lambda: by_list(Mode.INDIVIDUAL, 1204, 40 * HOUR, ONCE),
    "by-list-published": lambda: by_list(Mode.PSEUDONYMOUS, 1204, 3 * DAY, ONCE),
    "by-list-of-clicks": lambda: by_list(Mode.INDIVIDUAL, 1204, 40 * HOUR, ONCE, has_pixel=False),
    "unsent": unsent,
    "too-few": lambda: usual(Mode.COUNTING, 4, 3 * DAY, terms=ONCE),
    "too-few-known": lambda: usual(Mode.COUNTING, 4, 3 * DAY, complete=False, terms=ONCE),
    "not-yet": lambda: usual(Mode.COUNTING, 1204, 3 * HOUR, terms=ONCE),
}


def told(name: str) -> Any:
    """What the API answers to who asks for that report, as it stands in JSON."""
    return msgspec.json.decode(msgspec.json.encode(MADE[name]()))


def main() -> None:
    """Record all of them."""
    lines = [f'"{name}": {msgspec.json.encode(told(name)).decode()}' for name in MADE]
    RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
