"""Graph's `POST /me/getMailTips`: what Exchange tells a sender of the addresses of a mail.

As https://learn.microsoft.com/graph/api/user-getmailtips has it. What that page leaves open is answered in
the way that is harder on a client: the addresses come in another order, in lower case and without names; what
was not found out is left out, never null; of an address that nobody has there is an error and nothing else.
How many addresses one request may name it does not say: Exchange's own service configuration says 50
(MaxRecipientsPerGetMailTipsRequest), and more are refused here.
"""

from __future__ import annotations

import json
from typing import Any

from sandbox.graph.answers import Call, GraphResponse, ok, quoted
from sandbox.graph.odata import ODataError, bad_request
from sandbox.tenant.tenant import Contact, Device, Group, Person
from sandbox.tenant.world import Entry, World

PERMISSIONS = frozenset({"Mail.Read", "Mail.Read.Shared", "MailTips.ReadBasic.Shared"})
_MOST = 50
_LARGEST = 37_748_736  # bytes: the 36 MB of Exchange Online's default
# What each asked flag brings, and the property that it brings.
_FLAGS = {
    "automaticReplies": "automaticReplies",
    "customMailTip": "customMailTip",
    "deliveryRestriction": "deliveryRestricted",
    "externalMemberCount": "externalMemberCount",
    "mailboxFullStatus": "mailboxFull",
    "maxMessageSize": "maxMessageSize",
    "moderationStatus": "isModerated",
    "recipientScope": "recipientScope",
    "recipientSuggestions": "recipientSuggestions",
    "totalMemberCount": "totalMemberCount",
}


class Tips:
    """Tells mail tips. The switch `mail_tips` has them go wrong: `off` as the organisation turns them off,
    `silent` where nothing is found out, `partial` where time runs out in the middle."""

    def __init__(self, world: World) -> None:
        self.world = world

    def answer(self, call: Call, sender: Person) -> GraphResponse:
        """What is known of each address, for `sender`. Raises ODataError."""
        if PERMISSIONS.isdisjoint(call.scopes):
            raise ODataError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        if not sender.address:
            raise ODataError(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive or absent.")
        addresses, flags = _parse(call.body)
        told = [self._tell(address, flags, sender) for address in addresses]
        if self.world.switches.mail_tips == "partial":
            told = told[: len(told) // 2]
        context = f"{self.world.origin}/v1.0/$metadata#Collection(microsoft.graph.mailTips)"
        body = json.dumps(told[::-1]).encode()
        return ok(call, b'{"@odata.context":' + quoted(context) + b',"value":' + body + b"}")

    def _tell(self, address: str, flags: set[str], sender: Person) -> dict[str, Any]:
        head = {"emailAddress": {"name": "", "address": address.lower()}}
        if self.world.switches.mail_tips == "off":
            return head | {"error": {"code": "ErrorMailTipsDisabled", "message": "Mail tips are disabled."}}
        if self.world.switches.mail_tips == "silent":
            return head
        found = self.world.by_address.get(address.lower(), [])
        outside = address.rpartition("@")[2].lower() not in self.world.tenant.domains
        if not found and not outside:
            return head | {"error": {"code": "ErrorInvalidRecipients", "message": "Nobody has this address."}}
        tips = self._of(found[0], sender) if found else {"recipientScope": "external"}
        return head | {name: value for name, value in tips.items() if name in {_FLAGS[one] for one in flags}}

    def _of(self, entry: Entry, sender: Person) -> dict[str, Any]:
        if isinstance(entry, Contact | Device) or (isinstance(entry, Person) and entry.guest):
            return {"recipientScope": "external"}
        restricted = bool(entry.takes_from) and sender.id not in entry.takes_from
        tips: dict[str, Any] = {"deliveryRestricted": restricted, "recipientScope": "internal"}
        if isinstance(entry, Person):
            return tips | {
                "automaticReplies": {"message": entry.automatic_reply},
                "mailboxFull": entry.mailbox_full,
                "isModerated": False,
                "maxMessageSize": _LARGEST,
                "totalMemberCount": 1,
                "externalMemberCount": 0,
            }
        tips |= {"isModerated": entry.moderated, "maxMessageSize": entry.largest or _LARGEST}
        if entry.kind != "dynamic_distribution_list" or entry.counted is not None:
            tips["totalMemberCount"] = self._total(entry)
            tips["externalMemberCount"] = sum(map(_is_outside, self.world.members(entry)))
        return tips

    def _total(self, group: Group) -> int:
        """Direct members, a nested list as one of them; as group metrics last counted them."""
        if group.counted is not None:
            return group.counted
        return sum(bool(getattr(member, "address", None)) for member in self.world.members(group))


def _is_outside(entry: Entry) -> bool:
    return isinstance(entry, Contact) or (isinstance(entry, Person) and entry.guest)


def _parse(body: bytes) -> tuple[list[str], set[str]]:
    """The addresses and the flags that are asked for. Raises ODataError."""
    try:
        given = json.loads(body)
        addresses, options = given.pop("EmailAddresses"), given.pop("MailTipsOptions")
        flags = {flag.strip() for flag in options.split(",")}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise bad_request("Unable to read JSON request payload.") from None
    if given:
        raise bad_request(f"The parameter '{min(given)}' in the request payload is not a valid parameter.")
    if unknown := flags - _FLAGS.keys():
        raise bad_request(f"Requested value '{min(unknown)}' was not found.")
    if not isinstance(addresses, list) or not all(isinstance(one, str) and "@" in one for one in addresses):
        raise ODataError(400, "ErrorInvalidArgument", "The addresses are not valid.")
    if not 1 <= len(addresses) <= _MOST:
        raise ODataError(400, "ErrorInvalidArgument", f"There must be 1 to {_MOST} addresses.")
    return addresses, flags
