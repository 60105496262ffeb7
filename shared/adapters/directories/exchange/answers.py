"""The shapes of the Admin API's answers, decoded straight from their bytes.

The API is a preview: it puts keys of its own between the properties, may leave properties out, and
may answer with an array or with one object where a collection is documented. Sources: the pages
"admin-api-endpoints-distribution-group-member" and "Get-Recipient" of learn.microsoft.com/exchange.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from shared.audience.addresses import normalise
from shared.audience.directory import DistributionList, ListKind, MailboxKind, Page

SELECT = (
    "DisplayName,PrimarySmtpAddress,RecipientType,RecipientTypeDetails,ExternalEmailAddress,"
    "ExternalDirectoryObjectId,Guid,EmailAddresses"
)


class _Meaning(Enum):
    """What a member that is no list means for delivery."""

    RECIPIENT = 1
    WITHOUT_MAILBOX = 2
    NOT_MAIL = 3


# By RecipientTypeDetails, and by the coarser RecipientType for a detail that is not here. A mail-enabled
# public folder takes delivery like a shared mailbox, so it is a recipient: leaving it out would count short.
_MEANINGS: dict[str, _Meaning | MailboxKind | ListKind] = {
    "DynamicDistributionGroup": ListKind.DYNAMIC_DISTRIBUTION_LIST,
    "GroupMailbox": ListKind.MICROSOFT_365_GROUP,
    "MailNonUniversalGroup": ListKind.DISTRIBUTION_LIST,
    "MailUniversalDistributionGroup": ListKind.DISTRIBUTION_LIST,
    "MailUniversalSecurityGroup": ListKind.MAIL_ENABLED_SECURITY_GROUP,
    "RoomList": ListKind.DISTRIBUTION_LIST,
    **dict.fromkeys(
        (
            "DiscoveryMailbox",
            "GuestMailUser",
            "LegacyMailbox",
            "LinkedMailbox",
            "MailContact",
            "MailForestContact",
            "MailUser",
            "PublicFolder",
            "RemoteTeamMailbox",
            "RemoteUserMailbox",
            "SchedulingMailbox",
            "SharedWithMailUser",
            "TeamMailbox",
            "UserMailbox",
        ),
        _Meaning.RECIPIENT,
    ),
    **dict.fromkeys(("RemoteSharedMailbox", "SharedMailbox"), MailboxKind.SHARED),
    **dict.fromkeys(("LinkedRoomMailbox", "RemoteRoomMailbox", "RoomMailbox"), MailboxKind.ROOM),
    **dict.fromkeys(("EquipmentMailbox", "RemoteEquipmentMailbox"), MailboxKind.EQUIPMENT),
    **dict.fromkeys(("Contact", "DisabledUser", "LinkedUser", "User"), _Meaning.WITHOUT_MAILBOX),
    **dict.fromkeys(
        ("Computer", "Group", "NonUniversalGroup", "UniversalDistributionGroup", "UniversalSecurityGroup"),
        _Meaning.NOT_MAIL,
    ),
}


class _Entry(Struct, gc=False):
    """A member. What the API did not send is None."""

    name: str | None = field(name="DisplayName", default=None)
    address: str | None = field(name="PrimarySmtpAddress", default=None)
    kind: str | None = field(name="RecipientType", default=None)
    details: str | None = field(name="RecipientTypeDetails", default=None)
    outside: str | None = field(name="ExternalEmailAddress", default=None)
    entra_id: str | None = field(name="ExternalDirectoryObjectId", default=None)
    guid: str | None = field(name="Guid", default=None)
    proxies: list[Any] | None = field(name="EmailAddresses", default=None)


class _InternalException(Struct):
    message: str | None = None
    type: str | None = None


class _InnerError(Struct):
    internal: _InternalException | None = field(name="internalexception", default=None)


class _Detail(Struct):
    message: str | None = None


class _Error(Struct):
    code: str | None = None
    message: str | None = None
    details: list[_Detail] | None = None
    inner: _InnerError | None = field(name="innererror", default=None)


class _ErrorBody(Struct):
    error: _Error


class ExchangeRefusal(Struct):
    """What the body of an error tells: the .NET type of the exception ("" where it tells none) and its
    text, which may hold addresses."""

    type: str = ""
    text: str = ""


_keys = msgspec.json.Decoder(dict[str, Raw])
_entries = msgspec.json.Decoder(list[_Entry])
_entry = msgspec.json.Decoder(_Entry)
_text = msgspec.json.Decoder(str | None)
_texts = msgspec.json.Decoder(list[str] | None)
_error = msgspec.json.Decoder(_ErrorBody)


def parse_page(body: bytes | bytearray) -> Page:
    """One page of members, each in the column of what it means for delivery. `next` is still the
    API's own absolute link. Raises ValueError or RecursionError for what is not of a known shape."""
    if body.lstrip()[:1] == b"[":
        return _page(_entries.decode(body))
    keys = _keys.decode(body)
    value, following = keys.get("value"), keys.get("@odata.nextLink")
    if value is None:
        if not any(name in keys for name in _Entry.__struct_encode_fields__):
            raise ValueError("neither a collection nor a member")
        return _page([_entry.decode(body)])
    page = _page([_entry.decode(value)] if bytes(memoryview(value)[:1]) == b"{" else _entries.decode(value))
    page.next = _text.decode(following) if following is not None else None
    # Any warning may mean that something was left out; that there is more to come, the link tells.
    if any(page.next is None or "ResultSize" not in warning for warning in _warnings(keys)):
        page.truncated = True
    return page


def parse_refusal(body: bytes | bytearray) -> ExchangeRefusal:
    """What an error's body tells; an empty Refusal where it is none that we know."""
    try:
        error = _error.decode(body).error
    except (ValueError, RecursionError):
        return ExchangeRefusal()
    if error.inner and error.inner.internal:
        return ExchangeRefusal(error.inner.internal.type or "", error.inner.internal.message or "")
    detail = next((detail.message for detail in error.details or () if detail.message), "")
    prefix, _, rest = detail.partition("|")
    kind, separator, text = rest.partition("|")  # "Ex6F9304|Some.Exception|What happened."
    return (
        ExchangeRefusal(kind, text) if separator else ExchangeRefusal(text=detail or error.message or prefix)
    )


def _warnings(keys: dict[str, Raw]) -> list[str]:
    """The cmdlet's warnings, under whichever of the spellings that were seen."""
    return [
        warning
        for name, value in keys.items()
        if name.startswith("@") and name.endswith(".warnings")
        for warning in _texts.decode(value) or ()
    ]


def _page(entries: list[_Entry]) -> Page:
    page = Page()
    add, add_id, add_name = page.addresses.append, page.ids.append, page.names.append
    recipient = _Meaning.RECIPIENT
    for entry in entries:
        address = entry.address
        # `normalise` for nearly everybody, without the price of a call per member.
        if (
            address
            and not entry.outside
            and address.isascii()
            and "@" in address
            and "#" not in address
            and ":" not in address
            and address[0].isalnum()
            and address[-1].isalnum()
            and _MEANINGS.get(entry.details or "") is recipient
        ):
            address = address.lower()
            add(address)
            add_id(_identifier_of(entry))
            add_name(entry.name)
            if entry.proxies and len(entry.proxies) > 1:
                page.aliases.update(dict.fromkeys(_proxies_of(entry), address))
        else:
            _sort(entry, page)
    return page


def _sort(entry: _Entry, page: Page) -> None:
    """Put `entry` in its column of `page`."""
    address, identifier = _address_of(entry), _identifier_of(entry)
    meaning = _MEANINGS.get(entry.details or "") or _MEANINGS.get(entry.kind or "")
    if isinstance(meaning, ListKind):
        if address:
            name, others = entry.name or address, frozenset(_proxies_of(entry)) - {address}
            page.lists.append(
                DistributionList(identifier or address, address, name, meaning, "exchange", others=others)
            )
        else:
            page.unreadable.append(identifier or entry.name or "")
    elif meaning is _Meaning.NOT_MAIL:
        page.not_mail.append(identifier or entry.name or "")
    elif address:
        page.add(address, identifier, entry.name)
        page.aliases.update(dict.fromkeys(set(_proxies_of(entry)) - {address}, address))
        if outside := _outside_of(entry):
            # Mail is passed on to there, whatever the address of the organisation's by which it is known. The
            # walk knows which domains are the organisation's own.
            page.targets[address] = outside
        # Nothing tells whether this is a person or a list, so more recipients may stand behind it.
        page.truncated = page.truncated or meaning is None
        if isinstance(meaning, MailboxKind):
            page.mailboxes[address] = meaning
    elif meaning is None:
        page.unreadable.append(identifier or entry.name or "")
    else:
        page.without_address.append(identifier or entry.name or "")


def _address_of(entry: _Entry) -> str | None:
    """The primary address, normalised, or the one outside that mail is passed on to: for a guest
    always, whose primary one is made up."""
    primary, outside = entry.address or "", _outside_of(entry)
    if outside and (entry.details == "GuestMailUser" or "#ext#" in primary.lower()):
        return outside
    return normalise(primary) if "@" in primary and ":" not in primary else outside


def _outside_of(entry: _Entry) -> str | None:
    """Where mail is passed on to, normalised."""
    outside = entry.outside or ""
    kind, colon, _rest = outside.partition(":")
    return normalise(outside) if "@" in outside and (not colon or kind.lower() == "smtp") else None


def _proxies_of(entry: _Entry) -> Iterator[str]:
    for proxy in entry.proxies or ():
        if isinstance(proxy, str) and "@" in proxy and (":" not in proxy or proxy[:5].lower() == "smtp:"):
            yield normalise(proxy)


def _identifier_of(entry: _Entry) -> str:
    """Entra's id, which is Graph's too; else Exchange's own."""
    return (entry.entra_id or entry.guid or "").lower()
