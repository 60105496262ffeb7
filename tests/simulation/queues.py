"""Queue Storage as an engine: messages, receipts, and the time for which a message is hidden.

Sources: "Put Message", "Get Messages", "Delete Message", "Get Queue Metadata",
learn.microsoft.com/rest/api/storageservices.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote
from xml.sax.saxutils import escape

from tests.simulation.tables import Answer, Asked, Refused, refusal

_PATH = re.compile(r"/([a-z0-9-]+)(/messages(?:/([^/]+))?)?")
_TEXT = re.compile(rb"<MessageText>(.*?)</MessageText>", re.DOTALL)


@dataclass(slots=True)
class Waiting:
    """One message; nobody gets it before `visible_at`."""

    number: int
    text: str
    visible_at: float
    receipt: int = 0


class Queues:
    """The queues of one account. `some` says how many of the messages that wait an answer may hold."""

    def __init__(self, now: Callable[[], float], some: Callable[[int], int] = lambda found: found) -> None:
        self.queues: dict[str, list[Waiting]] = {}
        self.texts: list[str] = []
        """What was ever put."""
        self.now = now
        self.some = some
        self._number = 0

    def answer(self, asked: Asked) -> Answer:
        """The true answer, once it is done."""
        path, _, query = asked.target.partition("?")
        found = _PATH.fullmatch(unquote(path))
        try:
            if found is None:
                raise Refused(400, "InvalidUri")
            name, messages, message = found.groups()
            parameters = dict(parse_qsl(query, keep_blank_values=True))
            if not messages:
                return self._queue(asked.method, name)
            queue = self._find(name)
            if asked.method == "POST":
                return self._put(queue, asked.body)
            if asked.method == "GET":
                return self._get(queue, parameters)
            return self._delete(queue, message or "", parameters.get("popreceipt", ""))
        except Refused as error:
            return refusal(error.status, error.code)

    def _find(self, name: str) -> list[Waiting]:
        if name not in self.queues:
            raise Refused(404, "QueueNotFound")
        return self.queues[name]

    def _queue(self, method: str, name: str) -> Answer:
        if method == "PUT":
            status = 204 if name in self.queues else 201
            self.queues.setdefault(name, [])
            return Answer(status, {}, b"")
        return Answer(200, {"x-ms-approximate-messages-count": str(len(self._find(name)))}, b"")

    def _put(self, queue: list[Waiting], body: bytes) -> Answer:
        found = _TEXT.search(body)
        if found is None:
            raise Refused(400, "InvalidXmlDocument")
        self._number += 1
        self.texts.append(found[1].decode())
        queue.append(Waiting(self._number, self.texts[-1], self.now()))
        return Answer(201, {"content-type": "application/xml"}, b"<QueueMessagesList></QueueMessagesList>")

    def _get(self, queue: list[Waiting], parameters: dict[str, str]) -> Answer:
        now, limit = self.now(), int(parameters.get("numofmessages", "1"))
        found = [message for message in queue if message.visible_at <= now][:limit]
        found = found[: self.some(len(found))]
        lines = []
        for message in found:
            self._number += 1
            message.receipt = self._number
            message.visible_at = now + float(parameters.get("visibilitytimeout", "30"))
            lines.append(
                f"<QueueMessage><MessageId>{message.number}</MessageId><PopReceipt>{message.receipt}</PopReceipt>"
                f"<MessageText>{escape(message.text)}</MessageText></QueueMessage>"
            )
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>{"".join(lines)}</QueueMessagesList>'
        )
        return Answer(200, {"content-type": "application/xml"}, body.encode())

    def _delete(self, queue: list[Waiting], number: str, receipt: str) -> Answer:
        for place, message in enumerate(queue):
            if str(message.number) == number:
                if str(message.receipt) != receipt:
                    raise Refused(400, "PopReceiptMismatch")
                del queue[place]
                return Answer(204, {}, b"")
        raise Refused(404, "MessageNotFound")
