"""Graph's `POST /me/sendMail`: one mail into the simulated mailboxes."""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Callable

from sandbox.graph.answers import Call, GraphResponse, accepted
from sandbox.graph.odata import ODataError, bad_request
from sandbox.mailboxes.mail import Outgoing
from sandbox.tenant.tenant import Person
from sandbox.tenant.world import World

_A_MINUTE = 30  # mails of one mailbox
_MOST_RECIPIENTS = 500
_MESSAGE = {
    *("subject", "body", "toRecipients", "ccRecipients", "bccRecipients", "importance", "replyTo", "from"),
    *("internetMessageHeaders", "singleValueExtendedProperties", "attachments", "inferenceClassification"),
    *("isDeliveryReceiptRequested", "isReadReceiptRequested"),
}

Deliver = Callable[[Outgoing], object]


class Sending:
    """Takes mails of signed-in people. Where the switch `sending_limited` is on, 30 a minute from each."""

    def __init__(self, world: World, deliver: Deliver) -> None:
        self.world = world
        self._deliver = deliver
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)

    def answer(self, call: Call, sender: Person) -> GraphResponse:
        """202, with nothing in it. Raises ODataError."""
        if not sender.address:
            raise ODataError(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive or absent.")
        if wait := self._wait(sender.id):
            raise ODataError(
                429,
                "ApplicationThrottled",
                "Application is over its MailboxConcurrency limit.",
                retry_after=str(wait),
            )
        self._deliver(_parse(call.body, sender.address))
        return accepted(call)

    def _wait(self, sender_id: str) -> int:
        """Whole seconds until `sender_id` may send; 0 counts this mail."""
        if not self.world.switches.sending_limited:
            return 0
        sent, now = self._sent[sender_id], time.monotonic()
        while sent and sent[0] <= now - 60:
            sent.popleft()
        if len(sent) >= _A_MINUTE:
            return int(sent[0] + 60 - now) + 1
        sent.append(now)
        return 0


def _parse(body: bytes, sender: str) -> Outgoing:
    try:
        given = json.loads(body)
        message = given["message"]
        unknown = {*given} - {"message", "saveToSentItems"} or {*message} - _MESSAGE
        content = message.get("body", {})
        recipients = [
            str(entry["emailAddress"]["address"])
            for field in ("toRecipients", "ccRecipients", "bccRecipients")
            for entry in message.get(field, [])
        ]
        is_html = str(content.get("contentType", "text")).lower() == "html"
        outgoing = Outgoing(
            sender, recipients, str(message.get("subject", "")), str(content.get("content", "")), is_html
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise bad_request("Unable to read JSON request payload.") from None
    if unknown:
        name = min(unknown)
        raise bad_request(f"The property '{name}' does not exist on type 'microsoft.graph.message'.")
    if not isinstance(given.get("saveToSentItems", True), bool):
        raise bad_request("Cannot convert the value of 'saveToSentItems' to the expected type 'Edm.Boolean'.")
    if not recipients or any("@" not in address or " " in address for address in recipients):
        raise ODataError(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.")
    if len(recipients) > _MOST_RECIPIENTS:
        raise ODataError(400, "ErrorExceededMessageLimit", "The message has too many recipients.")
    return outgoing
