"""What senders do: count, register, send, take back, look, share, delete; and try again when told to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import azure.functions as func

from tests.simulation.hours import pause as pause_people
from tests.simulation.primitives import State, spawn
from tests.simulation.process import Gone
from tests.simulation.readers import read_mail
from tests.simulation.tenants import ADMIN, reached
from tests.simulation.world import World
from tests.support.tenants import DOMAIN, OTHER

_TRIES = 6


@dataclass
class Mail:
    """One mail, as its sender knows it. Times are virtual; None: never, as far as anybody was told."""

    owner: str
    expansion: str
    typed: list[str]
    mode: str
    id: str = ""
    addresses: list[str] = field(default_factory=list)
    urls: list[dict[str, Any]] = field(default_factory=list)
    counted_at: float | None = None
    registered_at: float | None = None
    sent_at: float | None = None
    deleting_at: float | None = None
    deleted_at: float | None = None
    shared: set[str] = field(default_factory=set)
    sharing: bool = False
    """Somebody was told that sharing did not work: nobody knows with whom it is shared."""


class Sender:
    """Somebody who sends. `mails` are theirs."""

    def __init__(self, world: World, who: str, name: str) -> None:
        self.world = world
        self.draw = world.draw
        self.who = who
        self.name = name
        self.mails: list[Mail] = []
        self.resting = False
        self.pause = 0.0

    def live(self, until: float, pause: float) -> None:
        """Send mails until the clock says `until`, `pause` seconds apart on the whole."""
        scheduler = State.scheduler
        self.pause = pause
        while scheduler.now < until:
            pause_people(self.draw, pause)
            self.campaign()
        self.resting = True

    def campaign(self) -> None:
        """One mail, and what may come of it."""
        for _ in range(self.draw.randint(0, 3)):  # the To line changes, and they count again
            self.count()
        mail = self.count()
        if mail is None or self.draw.random() < 0.15:
            return
        if not self.register(mail):
            return
        self.mails.append(mail)
        if self.draw.random() < 0.9:
            self.mark(mail, sent=True)
        for _ in range(self.draw.choice((0, 1, 2, 4))):  # recalled, and sent after all
            self.mark(mail, sent=False)
            if self.draw.random() < 0.9:
                self.mark(mail, sent=True)
        for urls in mail.urls:
            spawn(None, "reader", lambda urls=urls: read_mail(self.world, mail, urls))  # type: ignore[misc]
        for _ in range(self.draw.randint(0, 4)):
            State.scheduler.sleep(self.draw.expovariate(4 / self.pause))
            self.look(self.draw.choice(self.mails))
        if self.draw.random() < 0.2:
            self.share(self.draw.choice(self.mails))
        if self.draw.random() < 0.2:
            self.delete(self.draw.choice(self.mails))

    # -- one act each, tried again as the add-in does

    def ask(self, name: str, who: str = "", **more: Any) -> func.HttpResponse | None:
        """The answer, when there is one at last that is no passing trouble."""
        for tried in range(_TRIES):
            try:
                answer = self.world.call(name, who or self.who, **more)
            except Gone:
                answer = None
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                return answer
            State.scheduler.sleep(self.draw.expovariate(1 / (2.0 * 3**tried)))
        return None

    def count(self) -> Mail | None:
        """Count whom a mail reaches; the mail, once everybody is known."""
        groups = [group.address for group in self.world.tenant.groups if group.address]
        typed = self.draw.sample(groups, self.draw.randint(1, min(2, len(groups))))
        if self.draw.random() < 0.3:
            typed.append(f"stranger@{OTHER}")
        if self.draw.random() < 0.1:
            typed.append(f"nobody@{DOMAIN}")
        mode = self.draw.choice(("counting", "individual", "individual", "pseudonymous"))
        mail = Mail(self.who, str(uuid4()), typed, mode)
        if self.draw.random() < 0.1:
            spawn(None, "impatient", lambda: self._again(replace(mail)))
        if self.draw.random() < 0.03:
            spawn(None, "cancel", lambda: self._cancel(mail))
        found = self._counted(mail)
        return mail if found else None

    def _again(self, mail: Mail) -> None:
        State.scheduler.sleep(self.draw.random() * 3)
        self._counted(mail)

    def _cancel(self, mail: Mail) -> None:
        State.scheduler.sleep(self.draw.random() * 3)
        self.ask("expansions_delete", id=mail.expansion)

    def _counted(self, mail: Mail) -> bool:
        """Ask until it is done. Judges what is answered."""
        for _ in range(_TRIES):
            answer = self.ask("expansions_create", body={"addresses": mail.typed, "id": mail.expansion})
            while answer is not None and answer.status_code in (200, 202):
                said = json.loads(answer.get_body())
                if said["state"] != "running":
                    break
                State.scheduler.sleep(2.0)
                answer = self.ask("expansions_get", id=mail.expansion)
            if answer is None or answer.status_code == 404:
                continue
            if answer.status_code != 200:
                return False
            said = json.loads(answer.get_body())
            if said["state"] == "done":
                return self._judge(mail, said)
        return False

    def _judge(self, mail: Mail, said: dict[str, Any]) -> bool:
        """No count complete and wrong; no lower bound above the truth."""
        world, true = self.world, reached(self.world.tenant, mail.typed)
        least, most = said["count"]["at_least"], said["count"]["at_most"]
        if said["complete"] is not (least == most):
            world.blame(f"{mail.typed} was counted as {said['count']}, complete: {said['complete']}")
        if said["complete"] and least != len(true):
            world.blame(f"{mail.typed} was counted as {least}, complete, and is {len(true)}")
        if least > len(true):
            world.blame(f"{mail.typed} was counted as {least} at least, and is {len(true)}")
        found: list[str] = []
        after: str | None = ""
        while after is not None:
            params = {"limit": "7"} | ({"after": after} if after else {})
            page = self.ask("expansions_recipients", id=mail.expansion, params=params)
            if page is None or page.status_code != 200:
                return False
            told = json.loads(page.get_body())
            found += [row["address"] for row in told["rows"]]
            after = told["next"]
        if len(found) != least:
            world.blame(f"{len(found)} recipients are listed, and {least} were counted")
        if not set(found) <= true or (said["complete"] and set(found) != true):
            world.blame(f"recipients of {mail.typed} that are none: {sorted(set(found) ^ true)}")
        mail.addresses, mail.counted_at = found, State.scheduler.now
        return True

    def register(self, mail: Mail) -> bool:
        """Register it, and keep what must stand in it."""
        body = {
            "expansion_id": mail.expansion,
            "mode": mail.mode,
            "sender": {"name": self.name, "address": f"{self.name}@{DOMAIN}"},
            "links": ["https://news.example/a", "https://news.example/b"],
        }
        if self.draw.random() < 0.1:
            spawn(None, "twice", lambda: self.world_call_once("messages_create", body))
        answer = self.ask("messages_create", body=body)
        if answer is None or answer.status_code != 201:
            return False
        said = json.loads(answer.get_body())
        mail.id, mail.registered_at = said["message_id"], State.scheduler.now
        if said["count"]["at_least"] != len(mail.addresses):
            self.world.blame(
                f"{mail.id} was registered for {said['count']}, and {len(mail.addresses)} were counted"
            )
        if mail.mode == "counting":
            mail.urls = [said]
        else:
            mail.urls = said["recipients"]["rows"]
            named = [urls["address"] for urls in mail.urls]
            if mail.mode == "individual" and self.untouched(mail, named):
                self.world.blame(f"{mail.id} has the recipients {named}, and should have {mail.addresses}")
        return True

    def untouched(self, mail: Mail, named: list[str]) -> bool:
        """Whether the recipients are others than were counted, and nobody of them was erased meanwhile."""
        return named != mail.addresses and not set(mail.addresses) - set(named) <= set(self.world.erased)

    def world_call_once(self, name: str, body: Any) -> None:
        try:
            self.world.call(name, self.who, body=body)
        except Gone:
            return

    def mark(self, mail: Mail, *, sent: bool) -> None:
        """Say that it was sent, or was not after all."""
        answer = self.ask("messages_sent" if sent else "messages_unsent", id=mail.id)
        if answer is None or answer.status_code != 200:
            return
        said = json.loads(answer.get_body())
        if (said["stage"] == "sent") != sent or (said["sent_at"] is None) == sent:
            self.world.blame(f"{mail.id} is {said['stage']} after it was marked")
        mail.sent_at = State.scheduler.now if sent else None
        row = self.world.row("Messages", mail.owner, mail.id)
        if mail.deleting_at is None and (row is None or (row["stage"] == "sent") != sent):
            self.world.blame(f"{mail.id} was marked, as was answered, and storage has {row and row['stage']}")

    def look(self, mail: Mail) -> None:
        """Look at its report, now and then at single people's."""
        if self.draw.random() < 0.2 and mail.mode == "individual":
            self.ask("messages_report_recipients", id=mail.id)
            return
        answer = self.ask("messages_report", id=mail.id)
        if answer is None:
            return
        if answer.status_code == 404 and mail.deleting_at is None:
            self.world.blame(f"there is no report of {mail.id}, which nobody deleted")
        if answer.status_code == 200 and mail.deleted_at is not None:
            self.world.blame(f"there is a report of {mail.id}, which was deleted")

    def share(self, mail: Mail) -> None:
        """Show its report to somebody, or to nobody any more."""
        people = [p for p in self.world.tenant.people if p.address and p.readable and p.id != self.who]
        readers = self.draw.sample(people, self.draw.randint(0, 2))
        addresses = [str(person.address).lower() for person in readers]
        answer = self.ask("messages_share", id=mail.id, body={"addresses": addresses})
        if answer is None:
            mail.sharing = True
        elif answer.status_code == 200:
            mail.shared = {person.id for person in readers}
            row = self.world.row("Messages", mail.owner, mail.id)
            kept = {reader["id"] for reader in json.loads(row.get("readers", "[]"))} if row else set()
            if row and kept != mail.shared and not set(addresses) & set(self.world.erased):
                self.world.blame(
                    f"{mail.id} was shared with {mail.shared}, as was answered, and {kept} see it"
                )

    def delete(self, mail: Mail) -> None:
        """Delete it."""
        if mail.deleted_at is not None:
            return
        mail.deleting_at = mail.deleting_at or State.scheduler.now
        answer = self.ask("messages_delete", ADMIN if self.draw.random() < 0.2 else "", id=mail.id)
        if answer is not None and answer.status_code in (204, 404):
            mail.deleted_at = State.scheduler.now
