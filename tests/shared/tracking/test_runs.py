"""Runs: whatever devices do at once, and wherever they die, no copy is tried by two."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from azure.data.tables import TableServiceClient
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.runs import RunTable
from shared.errors import Conflict, NotAllowed, NotFound
from shared.tracking.copies.run import HELD, MOST_REASONS, CopyState, Fate, Run, begun, noted, taken
from shared.tracking.copies.runs import Runs, RunStore
from shared.tracking.mail.message import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from tests.support.memory_runs import MemoryRuns

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
W, T, S, F, D = CopyState


@pytest.fixture(params=["memory", "azurite"])
def store(request: pytest.FixtureRequest) -> RunStore:
    if request.param == "memory":
        return MemoryRuns()
    connection = request.getfixturevalue("azurite")
    return RunTable(Tables(TableServiceClient.from_connection_string(connection)))


class World:
    """Runs whose clock stands still until it is moved."""

    def __init__(self, store: RunStore, limit: int = 10_000, undo: float = 60, rest: int = 0) -> None:
        self.now = NOW
        self.rest = rest
        self.copies_limit, self.copies_undo = limit, undo
        self.runs = Runs(store, self._together, lambda: self.now, self)

    def _together(self, message: Message) -> Sequence[Message]:
        other = replace(message, id="rest", recipients=self.rest, gone=(1,), mode=Mode.COUNTING)
        return [message, other] if self.rest else [message]


def mail(recipients: int = 3, mode: Mode = Mode.INDIVIDUAL, stage: Stage = Stage.SENT) -> Message:
    sender = Sender("Mia", "mia@contoso.example")
    return Message("mia", secrets.token_hex(16), "", mode, stage, sender, recipients, True, NOW)


def test_a_run_is_begun_once_and_found_by_whichever_device_asks(store: RunStore) -> None:
    world, message = World(store), mail()
    first = world.runs.take(message, "life-1", "laptop")
    assert (first.states, first.begins_at) == ("wwww", NOW + timedelta(seconds=60))
    assert world.runs.get(message) == first
    world.now += timedelta(seconds=30)
    again = world.runs.take(message, "life-2", "laptop")
    assert again.begins_at == first.begins_at
    assert world.runs.get(message).holder == "life-2"


def test_no_copy_leaves_while_the_run_can_be_taken_back(store: RunStore) -> None:
    world, message = World(store), mail()
    world.runs.take(message, "life-1", "laptop")
    world.now += timedelta(seconds=57)
    with pytest.raises(Conflict):
        world.runs.note(message, "life-1", [Fate(0, T)], lets_go=False)
    world.now += timedelta(seconds=3)
    assert world.runs.note(message, "life-1", [Fate(0, T)], lets_go=False).states == "twww"


def test_another_device_goes_on_once_the_first_lets_go_or_has_died(store: RunStore) -> None:
    world, message = World(store, undo=0), mail()
    world.runs.take(message, "life-1", "laptop")
    world.runs.note(message, "life-1", [Fate(0, T)], lets_go=False)
    world.runs.note(message, "life-1", [Fate(0, S), Fate(1, T)], lets_go=False)
    with pytest.raises(Conflict):
        world.runs.take(message, "life-2", "phone")
    world.now += HELD
    assert world.runs.take(message, "life-2", "phone").states == "sdww"
    with pytest.raises(Conflict):  # the first wakes up
        world.runs.note(message, "life-1", [Fate(1, S)], lets_go=False)
    world.runs.note(message, "life-2", [], lets_go=True)
    assert world.runs.take(message, "life-3", "laptop").states == "sdww"


def test_the_pane_that_is_opened_again_on_the_same_device_need_not_wait(store: RunStore) -> None:
    world, message = World(store, undo=0), mail()
    world.runs.take(message, "life-1", "laptop")
    world.runs.note(message, "life-1", [Fate(0, T)], lets_go=False)
    assert world.runs.take(message, "life-2", "laptop").states == "dwww"
    with pytest.raises(Conflict):  # a word of the life before that was long on its way
        world.runs.note(message, "life-1", [Fate(1, T)], lets_go=False)


@pytest.mark.parametrize(
    ("before", "after"),
    [("s", T), ("s", W), ("s", F), ("f", T), ("f", S), ("d", T), ("d", S), ("w", S), ("w", D)],
)
def test_what_was_sent_is_never_tried_again_and_nothing_without_a_word_before(
    before: str, after: CopyState
) -> None:
    run = replace(begun(1, (), "life-1", "laptop", NOW, 0), states=f"{before}w")
    with pytest.raises(Conflict):
        noted(run, "life-1", [Fate(0, after)], NOW)
    with pytest.raises(Conflict):
        noted(run, "life-1", [Fate(2, T)], NOW)


def test_whoever_is_erased_before_it_begins_keeps_their_place_and_gets_none() -> None:
    world, message = World(MemoryRuns(), rest=2), replace(mail(3), gone=(2,))
    run = world.runs.take(message, "life-1", "laptop")
    assert (run.states, run.reasons) == ("wwfwfw", {2: "erased", 4: "erased"})


def test_there_are_no_copies_of_a_shared_mail_an_unregistered_one_or_to_too_many() -> None:
    world = World(MemoryRuns(), limit=3)
    for message in (mail(mode=Mode.COUNTING), mail(stage=Stage.REGISTERING), mail(4)):
        with pytest.raises((Conflict, NotAllowed)):
            world.runs.take(message, "life-1", "laptop")
        with pytest.raises(NotFound):
            world.runs.get(message)
        with pytest.raises(NotFound):
            world.runs.note(message, "life-1", [], lets_go=False)


def test_ten_thousand_that_all_failed_fit_into_what_storage_takes(store: RunStore) -> None:
    world, message = World(store, undo=0), mail(10_000)
    world.runs.take(message, "life-1", "laptop")
    for first in range(0, 10_001, 500):
        places = range(first, min(first + 500, 10_001))
        world.runs.note(message, "life-1", [Fate(place, T) for place in places], lets_go=False)
        failed = [Fate(place, F, "ErrorInvalidRecipients") for place in places]
        run = world.runs.note(message, "life-1", failed, lets_go=False)
    assert run.is_over
    assert world.runs.get(message) == run
    assert (run.count(F), len(run.reasons)) == (10_000, MOST_REASONS)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["laptop", "phone"]),
            st.sampled_from(["take", "try", "sent", "wait", "die", "go"]),
        ),
        max_size=60,
    )
)
def test_whatever_two_devices_do_nobody_gets_two(steps: list[tuple[str, str]]) -> None:
    run, now = begun(3, (), "laptop-0", "laptop", NOW, 0), NOW
    lives, under = Counter[str](), {"laptop": list[int](), "phone": list[int]()}
    handed_over = Counter[int]()

    def ask(device: str, *changes: Fate, lets_go: bool = False) -> bool:
        nonlocal run
        try:
            run = noted(run, f"{device}-{lives[device]}", changes, now, lets_go=lets_go)
        except Conflict:
            return False
        return True

    for device, does in steps:
        now += timedelta(seconds=40)
        if does in ("take", "die"):
            lives[device] += 1
            under[device].clear()
        if does == "take":
            run = _try_to_take(run, f"{device}-{lives[device]}", device, now)
        elif does == "try" and W in run.states:
            place = run.states.index(W)
            if ask(device, Fate(place, T)):
                handed_over[place] += 1
                under[device].append(place)
        elif does == "sent" and under[device]:
            ask(device, Fate(under[device].pop(), S))
        elif does == "go":
            ask(device, lets_go=True)
    assert not handed_over or max(handed_over.values()) == 1
    assert all(handed_over[place] == 0 for place, state in enumerate(run.states) if state == W)


def _try_to_take(run: Run, holder: str, device: str, now: datetime) -> Run:
    try:
        return taken(run, holder, device, now)
    except Conflict:
        return run
