"""The feed: each row once and in order, whenever a reader leaves and comes again."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from docs.samples.feed import copy
from shared.errors import Conflict
from shared.tracking.mail.calendar import Due, Step
from shared.tracking.mail.delivery import sent_due
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.feed import SETTLED, Feed, FeedEntry
from tests.support.memory_messages import MemoryMessages

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass
class World:
    """Mails that come and go while the clock goes on."""

    at: datetime = BEGIN
    store: MemoryMessages = field(default_factory=MemoryMessages)
    whole: bool = True

    @property
    def feed(self) -> Feed:
        after = (round(DAY.total_seconds()), round(WEEK.total_seconds()))
        return Feed(self.store.calendar, self.store.find, after, lambda: self.at, lambda: self.whole)

    def send(self, name: str, deliver_at: datetime | None = None) -> None:
        message = Message(
            "mia", name, "", Mode.COUNTING, Stage.SENT, Sender("Mia", ""), 100, True, self.at, self.at,
            was_sent=True, deliver_at=deliver_at,
        )  # fmt: skip
        self.store.calendar.enter(*sent_due(message))
        if self.store.add(message) is None:
            self.store.update(replace(message, version=self.store.messages[name].version))

    def unsend(self, name: str) -> None:
        message = self.store.messages[name]
        self.store.calendar.enter(Due(Step.GONE, self.at, "mia", name))
        self.store.update(replace(message, stage=Stage.REGISTERED, sent_at=None, deliver_at=None))
        self.store.calendar.strike(*sent_due(message))

    def delete(self, name: str) -> None:
        message = self.store.messages[name]
        self.store.calendar.enter(Due(Step.GONE, self.at, "mia", name))
        self.store.delete(message)
        self.store.calendar.strike(*sent_due(message))

    def everything(self, limit: int = 1000) -> list[FeedEntry]:
        return [*walk(self.feed, limit)]


def walk(feed: Feed, limit: int, after: str = "") -> Iterator[FeedEntry]:
    more = True
    while more:
        page = feed.read(after, limit)
        yield from page.entries
        after, more = page.after, page.more


def told(entries: list[FeedEntry]) -> list[tuple[str, str]]:
    return [(entry.id, "report" if entry.message else "gone") for entry in entries]


def test_a_mail_is_in_the_feed_at_each_time_its_numbers_come_out_and_not_before() -> None:
    world = World()
    world.send("first0001")
    world.at += DAY
    assert world.everything() == []
    world.at += SETTLED + timedelta(milliseconds=1)
    assert [entry.at for entry in world.everything()] == [BEGIN + DAY]
    world.at += WEEK
    assert [entry.at for entry in world.everything()] == [BEGIN + DAY, BEGIN + WEEK]


def test_a_mail_that_is_delivered_later_counts_from_its_delivery() -> None:
    world = World()
    world.send("later0001", deliver_at=BEGIN + 2 * DAY)
    world.at += 4 * DAY
    assert [entry.at for entry in world.everything()] == [BEGIN + 3 * DAY]


def test_pages_of_any_size_hold_the_same_rows_in_the_same_order() -> None:
    world = World()
    for number in range(40):
        world.send(f"mail{number:05}")
        world.at += timedelta(hours=7 if number % 3 else 0)
    world.delete("mail00007")
    world.at += 2 * WEEK
    whole = world.everything()
    assert len(whole) == 79
    assert [entry.place for entry in whole] == sorted({entry.place for entry in whole})
    for limit in (1, 2, 3, 7, 100):
        assert world.everything(limit) == whole


def test_a_mail_that_was_not_sent_after_all_takes_its_rows_back_and_comes_again() -> None:
    world = World()
    world.send("twice0001")
    world.at += 2 * DAY
    seen = world.everything()
    world.unsend("twice0001")
    world.at += DAY
    later = [*walk(world.feed, 10, seen[-1].place)]
    assert told(seen + later) == [("twice0001", "report"), ("twice0001", "gone")]
    world.send("twice0001")
    world.at += 2 * DAY
    assert told([*walk(world.feed, 10, later[-1].place)]) == [("twice0001", "report")]
    assert told(world.everything()) == [("twice0001", "gone"), ("twice0001", "report")]


def test_a_word_that_a_mail_is_gone_is_not_believed_where_it_is_still_there() -> None:
    world = World()
    world.send("stays0001")
    world.at += 2 * DAY
    world.store.calendar.enter(Due(Step.GONE, world.at, "mia", "stays0001"))  # and then the process died
    world.at += DAY
    assert told(world.everything()) == [("stays0001", "report")]


def test_rows_that_an_interruption_left_show_nothing_and_keep_nobody() -> None:
    world = World()
    for number in range(250):
        world.store.calendar.enter(Due(Step.SENT, BEGIN, "mia", f"stray{number:05}"))
    world.at += timedelta(seconds=1)
    world.send("there0001")
    world.at += 2 * DAY
    assert told(world.everything(10)) == [("there0001", "report")]


def test_until_every_mail_stands_in_the_calendar_there_are_no_rows_and_none_is_lost() -> None:
    world = World(whole=False)
    world.send("early0001")
    world.at += 2 * DAY
    page = world.feed.read("", 10)
    assert (page.entries, page.after, page.more) == ([], "", False)
    world.whole = True
    assert told(world.everything()) == [("early0001", "report")]


# -- a reader who is killed


class Killed(BaseException):
    """As by SIGKILL: nothing below catches it."""


@dataclass
class Fate:
    """Kills its reader at the given one of all moments at which something is done."""

    left: int

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed


class Mortal(sqlite3.Connection):
    """A database whose user may die before and after each thing that it does."""

    fate: Fate

    def execute(self, *given: Any) -> Any:
        self.fate.tick()
        found = super().execute(*given)
        self.fate.tick()
        return found

    def __exit__(self, *how: Any) -> Any:
        if how[0] is None:
            self.fate.tick()
        found = super().__exit__(*how)
        self.fate.tick()
        return found


def lines_of(world: World, cursor: str | None, fate: Fate) -> Iterator[bytes]:
    page = world.feed.read(cursor or "", 3)
    for entry in page.entries:
        fate.tick()
        line: dict[str, Any] = {"id": entry.place, "at": entry.at.isoformat(), "cursor": entry.place}
        if entry.message:
            line |= {"kind": "report", "message": {"message_id": entry.id}}
        else:
            line |= {"kind": "gone", "message_id": entry.id}
        yield json.dumps(line).encode()
    fate.tick()
    yield json.dumps({"kind": "end", "cursor": page.after or None, "more": page.more}).encode()


def run(world: World, path: Path, fate: Fate) -> None:
    database = sqlite3.connect(path, factory=Mortal)
    sqlite3.Connection.execute(database, "pragma synchronous = off")  # nobody pulls the plug
    database.fate = fate
    try:
        copy(database, lambda cursor: lines_of(world, cursor, fate))
    finally:
        sqlite3.Connection.rollback(database)  # what a dead process did not commit is not there
        database.close()


def rows_in(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as database:
        return dict(database.execute("select id, line from result"))


def something_happens(world: World, chance: random.Random, names: list[str]) -> None:
    world.at += timedelta(hours=chance.randrange(1, 9), milliseconds=chance.randrange(1000))
    deed = chance.random()
    sent = [name for name in names if name in world.store.messages and world.store.messages[name].sent_at]
    if deed < 0.6 or not sent:
        names.append(f"mail{len(names):06}")
        world.send(names[-1])
    elif deed < 0.8:
        world.delete(chance.choice(sent))
    else:
        name = chance.choice(sent)
        try:
            world.unsend(name)
        except Conflict:
            return
        if chance.random() < 0.5:
            world.at += timedelta(minutes=5)
            world.send(name)


def test_a_reader_killed_at_1000_random_moments_has_exactly_the_rows_of_the_truth(tmp_path: Path) -> None:
    chance, world, names = random.Random(18), World(), list[str]()
    kept, killed = tmp_path / "kept.db", 0
    while killed < 1000:
        something_happens(world, chance, names)
        try:
            run(world, kept, Fate(chance.randrange(1, 40)))
        except Killed:
            killed += 1
    world.at += 2 * WEEK
    run(world, kept, Fate(10**9))
    run(world, tmp_path / "anew.db", Fate(10**9))
    truth = rows_in(tmp_path / "anew.db")
    assert len(truth) > 200
    assert rows_in(kept) == truth
