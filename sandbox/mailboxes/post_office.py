"""Mail in the simulated tenant: who gets it by the tenant's own truth, and what lies in each mailbox.

In memory, and bounded: the last mails, and no more living mailboxes than the machine can bear.
"""

from __future__ import annotations

import threading
import uuid
import zlib
from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sandbox.mailboxes.agents import Agents
from sandbox.mailboxes.mail import Copy, Mail, Outgoing
from sandbox.mailboxes.markup import Found, find
from sandbox.mailboxes.readers import READERS, Does, From, Reader, Step, usual_reader
from sandbox.tenant.tenant import Contact, Device, Group, Person

if TYPE_CHECKING:
    from sandbox.tenant.world import World

KEPT_MAILS = 2_500
LIVING = 2_000  # copies of one mail whose readers do something
SHOWN = 300  # copies that are described at once
_MAX_LOG = 60


class PostOffice:
    """Delivers mail within `world`, whose members of lists are the tenant's own, and lets its readers live.
    Thread-safe."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.mails: deque[Mail] = deque(maxlen=KEPT_MAILS)
        self.chosen: dict[str, str] = {}  # kinds of client by address, chosen by hand
        self.version = 0
        self._lock = threading.Lock()
        self.agents = Agents(lambda: world.app_url, self._happened)
        world.on_load.append(self.forget)

    def deliver(self, outgoing: Outgoing) -> Mail:
        """Put a copy into every mailbox that `outgoing` reaches."""
        reached, undeliverable = self.reach(outgoing.recipients)
        places = {person.id: place for place, person in enumerate(self.world.tenant.people)}
        mail_id = uuid.uuid4().hex
        copies = [
            Copy(f"{mail_id}.{number}", number, address, name, self._reader(address, places.get(entry_id)))
            for number, (address, (name, entry_id)) in enumerate(reached.items())
        ]
        found = find(outgoing.html) if outgoing.is_html else Found((), ())
        mail = Mail(mail_id, datetime.now(UTC), outgoing, found, copies, undeliverable)
        with self._lock:
            self.mails.append(mail)
            self.version += 1
        for copy in copies:
            self._note(copy, "Delivered", by="mail")
        for copy in copies[:LIVING]:
            copy.waits = len(copy.reader.steps)
            for step in copy.reader.steps:
                self.agents.schedule(copy, mail.found, step)
        return mail

    def reach(self, addresses: Iterable[str]) -> tuple[dict[str, tuple[str, str]], list[str]]:
        """The mailboxes behind `addresses`, with name and object's id (empty outside the tenant), and what
        cannot be delivered."""
        reached: dict[str, tuple[str, str]] = {}
        undeliverable: list[str] = []
        seen: set[str] = set()
        for address in addresses:
            entries = self.world.by_address.get(address.lower(), [])
            if not entries and address.rpartition("@")[2].lower() in self.world.tenant.domains:
                undeliverable.append(address)
            elif not entries:
                reached.setdefault(address.lower(), (address, ""))
            todo = list(reversed(entries))
            while todo:
                entry = todo.pop()
                if entry.id in seen or isinstance(entry, Device):
                    continue
                seen.add(entry.id)
                if isinstance(entry, Group):
                    todo += reversed(self.world.members(entry))
                elif isinstance(entry, Person | Contact) and entry.address:
                    reached.setdefault(entry.address.lower(), (entry.name, entry.id))
        return reached, undeliverable

    def act(self, copy_id: str, does: str, link: int = 0) -> None:
        """Open a copy, or follow one of its links, by hand. Raises LookupError when there is none."""
        mail = self.find(copy_id.partition(".")[0])
        copy = mail.copies[int(copy_id.partition(".")[2])]
        reader = copy.reader
        if does == "click":
            step = Step(0, Does.CLICK, "Followed a link by hand", reader.browser)
        elif reader.image_agent is None:
            step = Step(0, Does.NOTHING, "Opened by hand; no pictures are fetched")
        else:
            step = Step(0, Does.IMAGES, "Opened by hand", reader.image_agent, reader.image_network)
        self.agents.schedule(copy, mail.found, step, link=link, now=True)

    def choose(self, address: str, kind: str) -> None:
        """From the next mail on, `address` reads with a client of `kind`. Raises LookupError."""
        self.chosen[address.lower()] = READERS[kind].kind

    def find(self, mail_id: str) -> Mail:
        """A mail by its id. Raises LookupError."""
        mail = next((mail for mail in self.mails if mail.id == mail_id), None)
        if mail is None:
            raise LookupError(f"no mail {mail_id}")
        return mail

    def forget(self) -> None:
        """Empty every mailbox; what readers were about to do, they no longer do."""
        self.agents.forget()
        with self._lock:
            self.mails.clear()
            self.chosen.clear()
            self.version += 1

    def describe(self) -> dict[str, Any]:
        """The latest mails, the newest first, and what became of each copy, as many as are of use."""
        with self._lock:
            latest: list[dict[str, Any]] = []
            room = SHOWN
            for mail in reversed(self.mails):
                if room <= 0:
                    break
                latest.append(_described(mail, room))
                room -= len(mail.copies)
            return {
                "version": self.version,
                "speed": self.agents.speed,
                "kinds": [
                    {"kind": r.kind, "title": r.title, "explains": r.explains} for r in READERS.values()
                ],
                "total": len(self.mails),
                "mails": latest,
            }

    def _reader(self, address: str, place: int | None) -> Reader:
        if chosen := self.chosen.get(address):
            return READERS[chosen]
        return usual_reader(zlib.crc32(address.encode()) if place is None else place)

    def _happened(self, copy: Copy, step: Step, requests: list[dict[str, Any]], *, counted: bool) -> None:
        if counted:
            copy.waits -= 1
        by = "person" if step.by_person else "machine"
        self._note(copy, step.says, by=by, network=step.network is not From.OWN, requests=requests)

    def _note(self, copy: Copy, says: str, **more: Any) -> None:
        with self._lock:
            copy.log.append({"at": datetime.now(UTC).isoformat(), "says": says, **more})
            del copy.log[:-_MAX_LOG]
            self.version += 1


def _described(mail: Mail, room: int) -> dict[str, Any]:
    return {
        "id": mail.id,
        "sent_at": mail.sent_at.isoformat(),
        "from": mail.outgoing.sender,
        "to": list(mail.outgoing.recipients)[:50],
        "subject": mail.outgoing.subject,
        "recipients": len(mail.copies),
        "undeliverable": mail.undeliverable,
        "links": list(mail.found.links),
        "images": len(mail.found.images),
        "copies": [
            {
                "id": copy.id,
                "address": copy.address,
                "name": copy.name,
                "kind": copy.reader.kind,
                "client": copy.reader.title,
                "explains": copy.reader.explains,
                "waits": copy.waits,
                "log": list(copy.log),
            }
            for copy in mail.copies[:room]
        ],
    }
