"""Everything that is kept has its end in one table, and is gone when it is past its time."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import uuid4

import pytest
from azure.data.tables import TableServiceClient

from docs.ends import PAGE, privacy_page
from shared.adapters.storage.queues import LASTS_FOR, QUEUE, OverflowQueue
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.claims import ClaimTable
from shared.adapters.storage.tables.sightings import SightingTable
from shared.audience.canary import Sighting
from shared.settings import Settings
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.readers import Reader
from shared.tracking.privacy.ends import ENDS
from shared.tracking.privacy.opt_outs import of_recipient
from shared.tracking.recording.events import Entry, key_of
from tests.support.desk import MIA
from tests.support.house import BEGAN, House, busy

ROOT = Path(__file__).parents[3]


def named(kind: str) -> set[str]:
    """The tables, queues or secrets that have a row."""
    return {found[1] for end in ENDS if (found := re.fullmatch(rf"{kind} `(.+)`", end.place))}


def in_code(pattern: str) -> set[str]:
    """What the pattern finds in what is deployed."""
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "shared").rglob("*.py")]
    return {found for text in files for found in re.findall(pattern, text, re.MULTILINE)}


def in_template(what: str) -> set[str]:
    text = (ROOT / "infra" / "modules" / "storage.bicep").read_text(encoding="utf-8")
    found = re.search(rf"^var {what} = \[(.*?)\]", text, re.MULTILINE | re.DOTALL)
    assert found
    return set(re.findall(r"'([^']+)'", found[1]))


def test_every_table_queue_and_secret_has_its_end() -> None:
    tables = in_code(r'^(?!MODES)[A-Z_]+ = "([A-Z][a-z]+(?:[A-Z][a-z]+)*)"$') & _in_storage()
    assert named("table") == tables == in_template("tables")
    assert named("queue") == {QUEUE} == in_template("queues")
    words = in_code(r'"(rollcall-(?:[a-z]+-)*(?:secret|certificate|cache|keys|credentials))"')
    assert named("secret") == words
    assert len(ENDS) == len({end.place for end in ENDS}) == len(tables) + 1 + len(words) + 1


def _in_storage() -> set[str]:
    """Words in capitals in the modules that speak to Table Storage."""
    folder = ROOT / "shared" / "adapters" / "storage" / "tables"
    return {
        word
        for path in folder.glob("*.py")
        for word in re.findall(r'= "([A-Z]\w+)"', path.read_text(encoding="utf-8"))
    }


def test_every_setting_that_an_end_names_is_one() -> None:
    template = (ROOT / "infra" / "main.bicepparam").read_text(encoding="utf-8")
    for name in re.findall(r"ROLLCALL_\w+", " ".join(end.until for end in ENDS)):
        assert f"'{name}'" in template, name


def test_no_end_is_left_open() -> None:
    for end in ENDS:
        assert end.holds, end
        assert end.until, end
        assert end.by, end


def test_the_page_has_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == privacy_page(), "run dev.py docs"


@pytest.mark.parametrize("name", ["ROLLCALL_EVENTS_KEPT", "ROLLCALL_MESSAGES_KEPT", "ROLLCALL_AUDIT_KEPT"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "for ever", "1000000"])
def test_a_time_without_an_end_is_refused(name: str, value: str) -> None:
    from shared.errors import SettingsError
    from tests.support.environment import COMPLETE

    with pytest.raises(SettingsError, match=name):
        Settings.from_env(COMPLETE | {name: value})


# -- in storage


def dump(connection: str) -> str:
    """All that stands in tables and in the queue, as text; what is packed, unpacked."""
    from shared.adapters.storage.tables.parts import unpack_entity

    found = []
    with TableServiceClient.from_connection_string(connection) as service:
        for table in service.list_tables():
            for row in service.get_table_client(table.name).list_entities():
                found.append(f"{table.name} {row!r}")
                if "data00" in row:
                    found.append(unpack_entity(row).decode("latin-1"))
    queues = StorageAccount.by_connection(connection).queues
    found.append(queues.send("GET", f"/{QUEUE}/messages", "peekonly=true&numofmessages=32").body.decode())
    return "\n".join(found)


def test_past_its_time_a_search_of_all_tables_and_queues_finds_nothing_of_a_message(cleared: str) -> None:
    house = House(cleared)
    house.purge().run()  # as every hour
    words = set[str]()
    for mode in Mode:
        expansion = house.reviewed.add(40)
        unlike = [f"{uuid4().hex}@company.example" for _ in range(40)]
        house.reviewed.addresses[expansion] = list(unlike)
        house.reviewed.add = lambda count, prepared=expansion: prepared  # type: ignore[method-assign,misc]
        message = busy(house, mode)
        del house.reviewed.add
        reader = uuid4().hex
        shown = house.store.update(replace(message, readers=(Reader(reader, f"{reader}@company.example"),)))
        house.store.index.add(reader, shown)
        house.opt_outs.add(of_recipient(message.id, 3))
        house.summaries.parts.put(f"{message.id}_0123456789abcdef", "part", 0, b"x")
        words |= {message.id, reader, *([] if mode is Mode.PSEUDONYMOUS else unlike[:3])}
    house.reviewed.break_at = 0
    with suppress(Exception):
        house.register(3)
    [given_up] = [each.id for each in house.store.list_messages(EVERY_OWNER) if each.created_at == house.now]
    deleted = busy(house)
    house.messages.delete(MIA, deleted.id)
    words |= {given_up, deleted.id}
    text = dump(cleared)
    assert [word for word in words if word not in text] == []
    house.now = BEGAN + timedelta(days=420)
    house.purge().sweep()
    for _ in range(5):
        house.purge().run()
        house.later(days=9)
    text = dump(cleared)
    assert [word for word in words if word in text] == []


def test_an_entry_that_nobody_brings_home_leaves_the_queue_after_a_week(azurite: str) -> None:
    service = StorageAccount.by_connection(azurite).queues
    message = uuid4().hex
    OverflowQueue(service).put(Entry(message, key_of(1, "abcd", 1), b"x"))
    body = service.send("GET", f"/{QUEUE}/messages", "peekonly=true&numofmessages=32").body.decode()
    times = "<InsertionTime>([^<]+)</InsertionTime><ExpirationTime>([^<]+)</ExpirationTime>"
    [both] = re.findall(rf"{times}(?=.*{message})", body)[-1:]
    inserted, expires = map(parsedate_to_datetime, both)
    assert (expires - inserted).total_seconds() == LASTS_FOR == 7 * 24 * 3600


def test_the_canary_and_claims_end(azurite: str) -> None:
    tables, now = Tables.by_connection(azurite), BEGAN
    sightings, claims = SightingTable(tables), ClaimTable(tables, lambda: now)
    address = f"{uuid4().hex}@company.example"
    sightings.put(Sighting(address, now, 4, True))
    assert claims.claim(address, 60)
    sightings.purge(now - timedelta(days=7))
    claims.purge()
    text = dump(azurite)
    assert text.count(address) >= 2
    now += timedelta(days=8)
    sightings.purge(now - timedelta(days=7))
    claims.purge()
    assert address not in dump(azurite)
