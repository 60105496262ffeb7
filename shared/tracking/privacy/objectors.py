"""Which recipients of a message object to being measured, so that nobody takes that for doing nothing."""

from __future__ import annotations

from collections.abc import Callable

from shared.tracking.mail.messages import ERASED, Message, MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import Signer
from shared.tracking.privacy.opt_outs import OptOuts, of_person


class Objectors:
    """Looks through a message's recipients once for each change of what is known. Thread-safe."""

    def __init__(
        self, messages: MessageStore, signer: Callable[[], Signer], opt_outs: Callable[[], OptOuts]
    ) -> None:
        self._messages = messages
        self._signer = signer
        self._opt_outs = opt_outs
        self._latest: tuple[str, frozenset[str], frozenset[int]] | None = None

    def among(self, message: Message) -> frozenset[int]:
        """The numbers (from 1) of those who object, as of a few seconds ago; none where all share the mail,
        and where each has their own but nobody's, of those who objected to that mail. Raises StoreUnavailable
        and VaultUnavailable."""
        if message.mode is Mode.COUNTING:
            return frozenset()
        if message.mode is Mode.PSEUDONYMOUS:
            return self._opt_outs().numbers(message.id).intersection(range(1, message.recipients + 1))
        known = self._opt_outs().persons()
        latest = self._latest
        if latest and latest[:2] == (message.id, known):
            return latest[2]
        found = frozenset(self._look(message, known)) if known else frozenset[int]()
        self._latest = message.id, known, found
        return found

    def _look(self, message: Message, known: frozenset[str]) -> list[int]:
        person = self._signer().person
        addresses = self._messages.list_recipients(message, 0, message.recipients)
        return [
            number
            for number, address in enumerate(addresses, 1)
            if address != ERASED and of_person(person(address)) in known
        ]
