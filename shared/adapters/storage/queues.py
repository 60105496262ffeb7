"""The overflow queue in Queue Storage: entries that Table Storage would not take, as records.

A message in it is drained by the timer rather than by a queue trigger: that one needs the extension
bundle, which every cold start would pay for, and polls around the clock for what hardly ever happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree

from shared.adapters.storage.rest import Service, error_code, refused
from shared.adapters.storage.wire import StorageResponse
from shared.tracking.recording.events import Entry
from shared.tracking.recording.records import read_records, write_record

QUEUE = "rollcall-overflow"
LASTS_FOR = 7 * 24 * 3600
"""Seconds after which the service forgets an entry that nobody could bring home."""
_AT_ONCE = 32  # the service's limit
_HIDDEN_FOR = 60  # seconds, in which whoever received a message deletes it
_XML = {"Content-Type": "application/xml"}


class OverflowQueue:
    """Entries that wait for Table Storage. Every method may raise StoreUnavailable."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def put(self, entry: Entry) -> None:
        """Queue the entry. It stays until it is drained, for `LASTS_FOR` at most."""
        body = f"<QueueMessage><MessageText>{write_record(entry)}</MessageText></QueueMessage>".encode()
        answer = self._send_message(body)
        if error_code(answer) == "QueueNotFound":
            self.service.send("PUT", f"/{QUEUE}")
            answer = self._send_message(body)
        if answer.status != 201:
            raise refused(answer)

    def receive(self) -> Iterator[list[tuple[Entry | None, str]]]:
        """Some entries at a time, each with what `delete` wants, until an answer has none; None for what is
        no entry.

        What is not deleted within a minute comes again. The service may answer with none though some wait:
        whoever asks again finds them.
        """
        while True:
            query = f"numofmessages={_AT_ONCE}&visibilitytimeout={_HIDDEN_FOR}"
            answer = self.service.send("GET", f"/{QUEUE}/messages", query)
            if error_code(answer) == "QueueNotFound":
                return
            if answer.status != 200:
                raise refused(answer)
            found = ElementTree.fromstring(answer.body).findall("QueueMessage")
            if not found:
                return
            yield [_received(message) for message in found]

    def delete(self, handle: str) -> None:
        """Delete a message that was received."""
        path, _, query = handle.partition("?")
        answer = self.service.send("DELETE", f"/{QUEUE}/messages/{path}", query)
        if answer.status not in (204, 404):
            raise refused(answer)

    def count(self) -> int:
        """About how many entries wait."""
        answer = self.service.send("GET", f"/{QUEUE}", "comp=metadata")
        if error_code(answer) == "QueueNotFound":
            return 0
        if answer.status != 200:
            raise refused(answer)
        return int(answer.headers.get("x-ms-approximate-messages-count", 0))

    def _send_message(self, body: bytes) -> StorageResponse:
        return self.service.send("POST", f"/{QUEUE}/messages", f"messagettl={LASTS_FOR}", body, _XML)


def _received(message: ElementTree.Element) -> tuple[Entry | None, str]:
    identifier, receipt = message.findtext("MessageId", ""), message.findtext("PopReceipt", "")
    entry = next(read_records(message.findtext("MessageText", "")), None)
    return entry, f"{quote(identifier)}?popreceipt={quote(receipt, safe='')}"
