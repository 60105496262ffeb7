"""The shapes of Graph's answers, decoded straight from their bytes.

Every `parse_` function raises ValueError or RecursionError for what is not of the documented shape.
"""

from __future__ import annotations

from msgspec import Raw, Struct, field
from msgspec.json import Decoder

from shared.audience.addresses import normalise
from shared.audience.directory import DistributionList, ListKind, Page

USER = "#microsoft.graph.user"
GROUP = "#microsoft.graph.group"
CONTACT = "#microsoft.graph.orgContact"
_NOT_MAIL = frozenset({"#microsoft.graph.device", "#microsoft.graph.servicePrincipal"})


class DirectoryObject(Struct, gc=False):
    """A directory object, with the properties that decide about delivery. What was not asked for,
    or not shown to us, is None."""

    id: str
    type: str = field(name="@odata.type", default="")
    name: str | None = field(name="displayName", default=None)
    mail: str | None = None
    user_principal_name: str | None = field(name="userPrincipalName", default=None)
    mail_enabled: bool | None = field(name="mailEnabled", default=None)
    security_enabled: bool | None = field(name="securityEnabled", default=None)
    group_types: list[str] | None = field(name="groupTypes", default=None)
    visibility: str | None = None
    # Often the longest property and rarely needed, so it stays undecoded until it is.
    proxy_addresses: Raw = field(name="proxyAddresses", default=Raw(b"null"))


class Entries(Struct):
    """One page of a collection."""

    value: list[DirectoryObject]
    next_link: str | None = field(name="@odata.nextLink", default=None)


class _Domain(Struct):
    name: str


class _Organization(Struct):
    verified_domains: list[_Domain] = field(name="verifiedDomains")


class _Organizations(Struct):
    value: list[_Organization]


_entries = Decoder(Entries)
_proxies = Decoder(list[str] | None)
_organizations = Decoder(_Organizations)


def parse_entries(body: bytes | bytearray) -> Entries:
    """One page of a search."""
    return _entries.decode(body)


def parse_page(body: bytes | bytearray) -> Page:
    """One page of members, each in the column of what it means for delivery. `next` is still Graph's
    own absolute link."""
    entries = _entries.decode(body)
    page = Page(next=entries.next_link)
    add = page.addresses.append
    for entry in entries.value:
        mail = entry.mail
        if mail and entry.type == USER and "@" in mail:
            add(mail.strip().lower())  # `normalise`, without the price of a call per member
        else:
            _sort(entry, page)
    return page


def parse_domains(body: bytes | bytearray) -> frozenset[str]:
    """The verified domains of the organisation, lower case. An organisation without any is not one."""
    answer = _organizations.decode(body)
    names = frozenset(domain.name.lower() for one in answer.value for domain in one.verified_domains)
    if not names:
        raise ValueError("no verified domain")
    return names


def address_of(entry: DirectoryObject) -> str | None:
    """The primary address, normalised; None where mail cannot reach the entry.

    Never the user principal name: it looks like an address and need not be one. `mail` may hold
    free text when it is synchronised from on-premises for somebody without a mailbox.
    """
    if entry.mail and "@" in entry.mail:
        return normalise(entry.mail)
    for proxy in _proxies.decode(entry.proxy_addresses) or ():
        if proxy.startswith("SMTP:"):  # upper case marks the primary one, `smtp:` an alias
            return normalise(proxy[5:])
    return None


def list_of(entry: DirectoryObject, address: str) -> DistributionList:
    """The list that a mail-enabled group is to those who write to it."""
    if "Unified" in (entry.group_types or ()):
        kind = ListKind.MICROSOFT_365_GROUP
    elif entry.security_enabled:
        kind = ListKind.MAIL_ENABLED_SECURITY_GROUP
    else:
        kind = ListKind.DISTRIBUTION_LIST
    # Microsoft's documentation spells the value in two ways.
    hidden = (entry.visibility or "").lower() == "hiddenmembership"
    return DistributionList(entry.id, address, entry.name or address, kind, "graph", hidden)


def _sort(entry: DirectoryObject, page: Page) -> None:
    """Put `entry` in its column of `page`."""
    address = address_of(entry)
    if entry.type == GROUP:
        if entry.mail_enabled is False:
            page.not_mail.append(entry.id)
        elif entry.mail_enabled and address:
            page.lists.append(list_of(entry, address))
        else:
            page.unreadable.append(entry.id)
    elif entry.type in _NOT_MAIL:
        page.not_mail.append(entry.id)
    elif address:
        page.addresses.append(address)
    elif entry.type == USER or entry.type == CONTACT:
        # A member type that we may list but not read comes with its id and nothing else.
        shown = entry.user_principal_name if entry.type == USER else entry.name
        (page.unreadable if shown is None else page.without_address).append(entry.id)
    else:
        page.not_mail.append(entry.id)
