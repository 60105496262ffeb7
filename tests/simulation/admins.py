"""What an administrator does: object on somebody's behalf, erase people, rotate keys, look at the trail."""

from __future__ import annotations

import json

from shared.tracking.mail.keys import SECRET
from shared.tracking.mail.tokens import Keyring
from tests.simulation.hours import pause as pause_people
from tests.simulation.primitives import State
from tests.simulation.process import Gone
from tests.simulation.senders import Sender
from tests.simulation.tenants import ADMIN
from tests.simulation.world import World


class Admin:
    """The administrator, and everybody's mails as far as `senders` know them."""

    def __init__(self, world: World, senders: list[Sender]) -> None:
        self.world = world
        self.senders = senders
        self.hand = Sender(world, ADMIN, "ada")
        self.resting = False

    def live(self, until: float, pause: float) -> None:
        """Do something now and then, until the clock says `until`."""
        scheduler, draw = State.scheduler, self.world.draw
        acts = (self.erase, self.object, self.rotate, self.look, self.sign_out)
        while scheduler.now < until:
            pause_people(draw, pause)
            draw.choices(acts, (4, 3, 1, 2, 1))[0]()
        self.resting = True

    def somebody(self) -> str:
        """The address of somebody who got mail, where anybody did."""
        known = [mail for sender in self.senders for mail in sender.mails if mail.addresses]
        if known and self.world.draw.random() < 0.9:
            return self.world.draw.choice(self.world.draw.choice(known).addresses)
        people = [str(person.address).lower() for person in self.world.tenant.people if person.address]
        return self.world.draw.choice(people)

    def object(self) -> None:
        """Object on somebody's behalf, or withdraw that."""
        address, objects = self.somebody(), self.world.draw.random() < 0.6
        reference = self.world.person(address)
        if reference is None:
            return
        self.world.objecting(reference, objects, began=True)
        answer = self.hand.ask("people_object" if objects else "people_withdraw", address=address)
        if answer is not None and answer.status_code == 200:
            self.world.objecting(reference, objects, began=False)
            if (json.loads(answer.get_body())["objected_at"] is not None) != objects:
                self.world.blame(f"the objection of {address} is not as it was asked for")

    def erase(self) -> None:
        """Erase somebody, page by page."""
        address = self.somebody()
        self.world.erased.setdefault(address, [])
        began, after = State.scheduler.now, ""
        while True:
            answer = self.hand.ask("people_delete", address=address, params={"after": after} if after else {})
            if answer is None or answer.status_code != 200:
                return
            after = json.loads(answer.get_body())["next"]
            if not after:
                self.world.erased[address].append(began)
                return

    def rotate(self) -> None:
        """Have tracking links signed with a new key, as `dev.py rotate-keys` does."""
        tenant = self.world.outside.world
        versions = tenant.secrets.get(SECRET)
        if versions:
            self.world.rotated_at = State.scheduler.now
            tenant.set_secret(SECRET, Keyring.parse(versions[-1].value).rotated().text())

    def sign_out(self) -> None:
        """Disconnect the service account, or have Entra end its sessions between two pages of a list; and
        connect it again, in whatever weather, before anything else is done."""
        if self.world.draw.random() < 0.3:
            self.hand.ask("connection_delete")
        else:
            self.world.outside.before_next_page = self._end_sessions
        State.scheduler.sleep(self.world.draw.uniform(10.0, 600.0))
        self.world.outside.before_next_page = None
        while not self._connect():
            State.scheduler.sleep(60.0)
        self.world.outside.world.switches.set(sessions_revoked=False, access_tokens_revoked=False)

    def _end_sessions(self) -> None:
        self.world.outside.climate.met["entra signed out between two pages"] += 1
        self.world.outside.world.switches.set(sessions_revoked=True, access_tokens_revoked=True)

    def _connect(self) -> bool:
        try:
            return self.world.connect()
        except Gone:  # the process died meanwhile
            return False

    def look(self) -> None:
        """Look at how things stand, and at the trail."""
        name = self.world.draw.choice(
            ("audit_get", "health", "connection_get", "messages_list", "people_get")
        )
        if name == "people_get":
            self.hand.ask(name, address=self.somebody())
        elif name in self.world.handlers:
            self.hand.ask(name)
