"""The purge: what is past its time becomes sums or goes, however often it is interrupted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from azure.data.tables import TableServiceClient

from shared import errors
from shared.adapters.storage.tables.calendar import CALENDAR
from shared.adapters.storage.tables.opt_outs import OPT_OUTS
from shared.tracking.mail.calendar import Step
from shared.tracking.mail.links import Links
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.privacy.opt_outs import of_recipient
from shared.tracking.privacy.purge import Kept
from shared.tracking.recording.events import Event
from shared.tracking.reporting.publishing import Terms
from tests.support.desk import MIA
from tests.support.house import BEGAN, House, busy, figures

# -- events become sums


@pytest.mark.parametrize("mode", list(Mode))
def test_past_the_time_of_events_the_report_says_what_it_said_and_no_event_is_left(
    house: House, mode: Mode
) -> None:
    message = busy(house, mode)
    before = figures(house, message)
    house.later(days=86)
    house.purge().run()
    assert figures(house, message) == before
    assert house.messages.get(MIA, message.id).closed_at == house.now
    house.later(hours=1, seconds=1)
    house.purge().run()
    assert house.entries(message) == 0
    assert figures(house, message) == before
    house.later(days=9)
    house.purge().run()
    assert figures(house, message) == before


@pytest.mark.parametrize("asked_before", [True, False])
def test_what_was_published_stays_what_it_was_and_what_is_due_is_published_first(
    memory: House, *, asked_before: bool
) -> None:
    memory.terms = Terms(5)
    memory.begin()
    message = memory.register(400, Mode.COUNTING)
    memory.hits(message, *[(0, None)] * 40, (0, 0))
    memory.later(days=89)
    before = figures(memory, message) if asked_before else None
    memory.later(days=2)
    memory.purge().run()
    memory.later(hours=2)
    memory.purge().run()
    assert memory.entries(message) == 0
    after = figures(memory, message)
    assert after.withheld is None
    assert after.published
    assert before in (None, after)


def test_the_report_says_until_when_was_measured(memory: House) -> None:
    message = busy(memory)
    assert memory.reports.get(message).measured_until is None
    memory.later(days=90)
    memory.purge().run()
    assert memory.reports.get(memory.messages.get(MIA, message.id)).measured_until == memory.now


def test_before_its_time_nothing_is_touched(memory: House) -> None:
    message = busy(memory)
    before = memory.entries(message)
    memory.now = BEGAN + timedelta(days=90)
    memory.purge().run()
    assert memory.messages.get(MIA, message.id) == message
    assert memory.entries(message) == before
    assert memory.told.heard == []


def test_sums_do_not_say_who_did_what(memory: House) -> None:
    """Whoever has the storage, and knows the numbers, learns how many did the same, and of nobody what."""
    one, other = memory.register(40), memory.register(40)
    memory.hits(one, (7, None), (9, None), (7, 0))
    memory.hits(other, (31, None), (2, None), (2, 0))
    memory.later(days=90, seconds=1)
    memory.purge().run()
    sums = [memory.summaries.find(message.id)[0] for message in (one, other)]
    assert sums[0] == sums[1]
    assert len(sums[0].opened.who.unsure) == 1


def test_single_recipients_are_not_told_any_more_and_that_is_said(memory: House) -> None:
    message = busy(memory)
    assert memory.reports.list_recipients(message, 0, 40)
    memory.later(days=90)
    memory.purge().run()
    with pytest.raises(errors.Conflict, match="sums alone"):
        memory.reports.list_recipients(memory.messages.get(MIA, message.id), 0, 40)


def test_rules_that_change_later_do_not_change_sums(memory: House, monkeypatch: pytest.MonkeyPatch) -> None:
    message = busy(memory)
    before = figures(memory, message)
    memory.later(days=90)
    memory.purge().run()
    memory.later(hours=2)
    memory.purge().run()
    monkeypatch.setattr("shared.tracking.reporting.summaries.VERSION", "another")
    assert figures(memory, message) == before


def test_a_mail_that_is_measured_no_more_is_not_measured_from_anew(memory: House) -> None:
    sent, never = busy(memory), memory.register(sent=False)
    before = figures(memory, sent)
    memory.later(days=91)
    memory.purge().run()
    assert memory.messages.disarm(MIA, sent.id).stage is Stage.SENT
    assert memory.messages.mark_sent(MIA, sent.id).stage is Stage.SENT
    assert figures(memory, sent) == before
    with pytest.raises(errors.Conflict, match="measured no more"):
        memory.messages.mark_sent(MIA, never.id)


def test_a_hit_on_a_mail_that_is_measured_no_more_leaves_nothing(house: House) -> None:
    message = busy(house)
    assert house.hits(message, (1, None)) == 1
    house.later(days=90)
    house.purge().run()
    assert house.hits(message, (1, None), (2, 0)) == 0
    house.later(days=400)
    house.end_all()
    assert house.hits(message, (1, None), (2, 0)) == 0


# -- the end of a message


def test_past_the_time_of_messages_nothing_is_left(memory: House) -> None:
    kept = busy(memory)
    deleted = busy(memory, Mode.PSEUDONYMOUS)
    memory.opt_outs.add(of_recipient(deleted.id, 3))
    memory.messages.delete(MIA, deleted.id)
    memory.later(days=401)
    memory.end_all()
    memory.later(days=100)
    memory.end_all()
    for message in (kept, deleted):
        assert memory.store.find(EVERY_OWNER, message.id) is None
        assert memory.summaries.find(message.id) is None
        assert memory.entries(message) == 0
        assert not any(message.id in objection for objection in memory.objections.read())
    assert memory.store.calendar.due == set()


def test_what_a_sender_deletes_is_struck_from_the_calendar_at_once(memory: House) -> None:
    message = memory.register()
    memory.messages.delete(MIA, message.id)
    assert {due.step for due in memory.store.calendar.due} == {Step.SETTLING, Step.GONE}
    memory.later(days=31)
    memory.purge().run()
    assert memory.store.calendar.due == set()
    memory.later(days=9)
    memory.purge().run()
    assert memory.store.calendar.due == set()


def test_an_entry_that_was_on_its_way_when_its_message_went_goes_after_it(house: House) -> None:
    """A process that had not heard yet, or one that kept it in memory until storage came back."""
    message = busy(house)
    house.messages.delete(MIA, message.id)
    house.write(message, [Event(round(house.now.timestamp() * 1000), 0, 1, 0, 0, 0, "")])
    assert house.entries(message) == 1
    house.later(days=9)
    house.purge().run()
    assert house.entries(message) == 0
    assert house.summaries.find(message.id) is None


def test_deletion_takes_along_what_an_interruption_left_of_sums_and_readers(
    cleared: str,
) -> None:
    house = House(cleared)
    message = busy(house)
    house.summaries.parts.put(f"{message.id}_0123456789abcdef", "part", 0, b"x")
    house.store.index.add("a-reader-whom-the-message-does-not-name", message)
    house.messages.delete(MIA, message.id)
    assert message.id not in raw(cleared)


def raw(connection: str) -> str:
    """All that stands in tables and queues but for who may not be measured, as text."""
    found = []
    with TableServiceClient.from_connection_string(connection) as service:
        for table in service.list_tables():
            if table.name not in (OPT_OUTS, CALENDAR):
                found += [repr(row) for row in service.get_table_client(table.name).list_entities()]
    return "\n".join(found)


# -- cost, trouble and the trail


def test_a_run_costs_by_what_is_due_and_not_by_what_is_kept(memory: House) -> None:
    def calls(messages: int) -> int:
        house = House()
        for _ in range(messages):
            house.register(1)
        house.purge().run()
        house.later(days=2)
        house.purge().run()
        house.purge().sweep()
        house.later(days=1)
        house.fuse.calls = 0
        house.purge().run()
        house.purge().sweep()
        return house.fuse.calls

    assert calls(500) == calls(5) <= 20


def test_what_cannot_be_recorded_is_not_purged(memory: House) -> None:
    message = busy(memory)
    memory.later(days=95)
    memory.told.refuses = True
    with pytest.raises(errors.StoreUnavailable):
        memory.purge().run()
    assert memory.messages.get(MIA, message.id).closed_at is None
    memory.told.refuses = False
    memory.purge().run()
    assert memory.told.heard == [{"measured": 1}]


def test_one_message_with_which_something_is_wrong_keeps_no_other_from_its_end(
    memory: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, good = busy(memory), busy(memory)
    memory.now = BEGAN + timedelta(days=120)
    find = memory.store.get_links

    def break_one(message: Message) -> Links:
        if message.id == wrong.id:
            raise ZeroDivisionError
        found: Links = find(message)
        return found

    with monkeypatch.context() as broken:
        broken.setattr(memory.store, "get_links", break_one, raising=False)
        with pytest.raises(ZeroDivisionError):
            memory.purge().run()
    assert memory.summaries.find(good.id)[0].closed
    assert "could not be brought to its end" in caplog.text
    memory.purge().run()
    assert memory.summaries.find(wrong.id)[0].closed


def test_a_shorter_time_holds_for_mails_from_before_and_a_longer_one_brings_none_back(memory: House) -> None:
    message = busy(memory)
    memory.later(days=20)
    memory.kept = Kept(events=timedelta(days=10))
    memory.purge().run()
    assert memory.messages.get(MIA, message.id).closed_at
    memory.later(days=9)
    memory.purge().run()
    memory.kept = Kept(events=timedelta(days=1000), messages=timedelta(days=2000))
    memory.purge().run()
    assert memory.hits(message, (1, None)) == 0


def test_a_message_that_ends_before_its_events_takes_them_along(memory: House) -> None:
    message = busy(memory)
    memory.kept = Kept(messages=timedelta(days=30))
    memory.later(days=26)
    memory.purge().run()
    assert memory.store.find(EVERY_OWNER, message.id) is None
    assert memory.entries(message) == 0


def test_messages_from_before_there_was_a_calendar_are_found_once(memory: House) -> None:
    message = busy(memory)
    memory.store.calendar.due.clear()
    memory.later(days=95)
    memory.purge().run()
    assert memory.messages.get(MIA, message.id).closed_at
    late = busy(memory)
    memory.store.calendar.due -= {due for due in memory.store.calendar.due if due.message == late.id}
    memory.later(days=95)
    memory.purge().run()  # once more, for what an earlier version registered meanwhile
    assert memory.messages.get(MIA, late.id).closed_at
