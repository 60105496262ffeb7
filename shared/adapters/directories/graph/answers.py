"""The shapes of Graph's answers, decoded straight from their bytes.

Every `parse_` function raises ValueError or RecursionError for what is not of the documented shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.json import Decoder

from shared.audience.addresses import normalise, to_ascii
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
    proxy_addresses: list[Any] | None = field(name="proxyAddresses", default=None)  # nulls were seen in it


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


class _Counted(Struct):
    count: int = field(name="@odata.count")


_counted = Decoder(_Counted)
_entries = Decoder(Entries)
_organizations = Decoder(_Organizations)


def parse_entries(body: bytes | bytearray) -> Entries:
    """One page of a search."""
    return _entries.decode(body)


def parse_page(body: bytes | bytearray) -> Page:
    """One page of members, each in the column of what it means for delivery. `next` is still Graph's
    own absolute link."""
    entries = _entries.decode(body)
    page = Page(next=entries.next_link)
    add, add_id, add_name, aliases = page.addresses.append, page.ids.append, page.names.append, page.aliases
    for entry in entries.value:
        mail, proxies = entry.mail, entry.proxy_addresses
        # `normalise` for nearly everybody, without the price of a call per member.
        if (
            mail
            and entry.type == USER
            and mail.isascii()
            and "@" in mail
            and "#" not in mail
            and ":" not in mail
            and mail[0].isalnum()
            and mail[-1].isalnum()
            and (not proxies or proxies[0] == "SMTP:" + mail)
        ):
            address = mail.lower()
            add(address)
            add_id(entry.id)
            add_name(entry.name)
            if proxies and len(proxies) > 1:
                for alias in _others(proxies):
                    aliases[alias] = address
        else:
            _sort(entry, page)
    return page


def parse_count(body: bytes | bytearray) -> int:
    """How many there are in all, as a page says that was asked to."""
    return _counted.decode(body).count


def parse_domains(body: bytes | bytearray) -> frozenset[str]:
    """The verified domains of the organisation, lower case. An organisation without any is not one."""
    answer = _organizations.decode(body)
    names = frozenset(to_ascii(domain.name) for one in answer.value for domain in one.verified_domains)
    if not names:
        raise ValueError("no verified domain")
    return names


def address_of(entry: DirectoryObject) -> str | None:
    """The primary address, normalised; None where mail cannot reach the entry.

    proxyAddresses decide: `mail` may be an older address, or free text when it is synchronised from
    on-premises for somebody without a mailbox. Never the user principal name: it looks like an address and
    need not be one.
    """
    for proxy in entry.proxy_addresses or ():
        # Upper case marks the primary one, `smtp:` an alias.
        if isinstance(proxy, str) and proxy.startswith("SMTP:") and "@" in proxy:
            return normalise(proxy[5:])
    return normalise(entry.mail) if entry.mail and "@" in entry.mail else None


def addresses_of(entry: DirectoryObject) -> frozenset[str]:
    """Every address that Exchange delivers to this entry, normalised."""
    return frozenset(_others(entry.proxy_addresses or ()))


def _others(proxies: Iterable[object]) -> Iterator[str]:
    for proxy in proxies:
        if isinstance(proxy, str) and proxy[:5].lower() == "smtp:" and "@" in proxy:
            yield normalise(proxy[5:])


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
    others = (addresses_of(entry) | ({normalise(entry.mail)} if entry.mail else frozenset())) - {address}
    return DistributionList(entry.id, address, entry.name or address, kind, "graph", hidden, others=others)


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
        page.add(address, entry.id, entry.name)
        page.aliases.update(dict.fromkeys(addresses_of(entry) - {address}, address))
        # Nothing tells whether this is a person or a list, so more recipients may stand behind it.
        page.truncated |= entry.type not in (USER, CONTACT)
    elif entry.type == USER or entry.type == CONTACT:
        # A member type that we may list but not read comes with its id and nothing else.
        shown = entry.user_principal_name if entry.type == USER else entry.name
        (page.unreadable if shown is None else page.without_address).append(entry.id)
    else:  # Microsoft may show new kinds of member, of which nothing says that mail does not reach them
        page.unreadable.append(entry.id)
