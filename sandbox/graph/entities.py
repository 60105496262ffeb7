"""Graph's view of a tenant: which objects it can see, how they are found, and their JSON."""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from sandbox.graph.odata import Condition, bad_request, unsupported
from sandbox.tenant.fragments import Fragments
from sandbox.tenant.tenant import Contact, Device, Group, Person

Entity = Person | Contact | Group | Device

TYPES: dict[type, str] = {Person: "user", Group: "group", Contact: "orgContact", Device: "device"}
COLLECTIONS: dict[str, type] = {"users": Person, "groups": Group, "contacts": Contact}
# Exchange keeps these to itself: no request to Graph ever shows one, not even as a member.
_EXCHANGE_ONLY = ("dynamic_distribution_list", "public_folder")
_CREATED = "2024-01-15T09:00:00Z"

_USER_DEFAULT = (
    "id", "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation",
    "preferredLanguage", "surname", "userPrincipalName",
)  # fmt: skip


def _blank(nulls: str, empty: str = "") -> dict[str, Any]:
    return dict.fromkeys(nulls.split()) | {name: [] for name in empty.split()}


# Properties that Graph knows and this tenant does not fill.
_USER_BLANK = _blank(
    "deletedDateTime city companyName country department employeeId employeeType jobTitle mobilePhone"
    " officeLocation onPremisesLastSyncDateTime onPremisesSyncEnabled preferredLanguage state usageLocation",
    "businessPhones otherMails",
)
_GROUP_BLANK = _blank(
    "deletedDateTime classification description expirationDateTime isAssignableToRole"
    " membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName"
    " onPremisesSamAccountName onPremisesSecurityIdentifier preferredDataLocation preferredLanguage theme",
    "creationOptions resourceBehaviorOptions resourceProvisioningOptions onPremisesProvisioningErrors"
    " serviceProvisioningErrors",
)
_CONTACT_BLANK = _blank(
    "deletedDateTime companyName department jobTitle onPremisesLastSyncDateTime onPremisesSyncEnabled",
    "addresses onPremisesProvisioningErrors phones serviceProvisioningErrors",
)
_DEVICE_BLANK = _blank(
    "deletedDateTime approximateLastSignInDateTime isCompliant isManaged manufacturer model"
    " operatingSystemVersion profileType"
)


def _user(person: Person) -> dict[str, Any]:
    given, _, surname = person.name.partition(" ")
    return {
        **_USER_BLANK,
        "id": person.id,
        "accountEnabled": person.enabled,
        "createdDateTime": _CREATED,
        "displayName": person.name,
        "givenName": given,
        "mail": person.address if person.mail_property else None,
        "mailNickname": person.upn.partition("@")[0],
        "proxyAddresses": _proxy_addresses(
            person.address, person.aliases, primary_last=not person.mail_property
        ),
        "surname": surname or None,
        "userPrincipalName": person.upn,
        "userType": "Guest" if person.guest else "Member",
    }


def _group(group: Group) -> dict[str, Any]:
    unified = group.kind == "microsoft_365_group"
    visibility = "HiddenMembership" if group.hidden else "Private"
    words = struct.unpack("<4I", hashlib.blake2b(group.id.encode(), digest_size=16).digest())
    return {
        **_GROUP_BLANK,
        "id": group.id,
        "createdDateTime": _CREATED,
        "displayName": group.name,
        "groupTypes": ["Unified"] * unified + ["DynamicMembership"] * group.dynamic,
        "mail": group.address,
        "mailEnabled": group.kind != "security_group",
        "mailNickname": (group.address or group.id).partition("@")[0],
        "membershipRule": "(user.accountEnabled -eq true)" if group.dynamic else None,
        "onPremisesSyncEnabled": True if group.synced else None,
        "proxyAddresses": _proxy_addresses(group.address, group.aliases),
        "renewedDateTime": _CREATED,
        "securityEnabled": group.kind in ("security_group", "mail_enabled_security_group"),
        "securityIdentifier": "S-1-12-1-" + "-".join(map(str, words)),
        "visibility": visibility if unified else None,  # Graph knows no such property of other lists
    }


def _contact(contact: Contact) -> dict[str, Any]:
    given, _, surname = contact.name.partition(" ")
    return {
        **_CONTACT_BLANK,
        "id": contact.id,
        "displayName": contact.name,
        "givenName": given,
        "mail": contact.address,
        "mailNickname": contact.address.partition("@")[0],
        "proxyAddresses": _proxy_addresses(contact.address, contact.aliases),
        "surname": surname or None,
    }


def _device(device: Device) -> dict[str, Any]:
    return {
        **_DEVICE_BLANK,
        "id": device.id,
        "accountEnabled": True,
        "deviceId": device.id,
        "displayName": device.name,
        "operatingSystem": "Windows",
    }


def _proxy_addresses(primary: str | None, aliases: Iterable[str], *, primary_last: bool = False) -> list[str]:
    """Exchange writes the primary in capitals, and promises no order and no lack of other protocols."""
    first = [f"SMTP:{primary}"] if primary else []
    others = [f"smtp:{alias}" for alias in aliases]
    return (
        ["X500:/o=ExchangeLabs/cn=Recipients/cn=moved", *others, *first]
        if primary_last
        else [*first, *others]
    )


def _render(entity: Entity, select: tuple[str, ...] | None, shown: frozenset[type], typed: bool) -> bytes:
    kind = type(entity)
    names = select or (_USER_DEFAULT if kind is Person else None)
    values: dict[str, Any] = _FORMS[kind](entity)
    if names:
        values = {name: values[name] for name in names if name in values}
    if kind not in shown or not getattr(entity, "readable", True):
        values = dict.fromkeys(values) | {"id": entity.id}
    if typed:
        values = {"@odata.type": f"#microsoft.graph.{TYPES[kind]}", **values}
    return msgspec.json.encode(values)


_FORMS: dict[type, Any] = {Person: _user, Group: _group, Contact: _contact, Device: _device}
_SAMPLES: dict[type, Entity] = {
    Person: Person("", "", ""),
    Group: Group("", "", "distribution_list"),
    Contact: Contact("", "", ""),
    Device: Device("", ""),
}
PROPERTIES = {kind: frozenset(_FORMS[kind](sample)) for kind, sample in _SAMPLES.items()}


class Entities:
    """What Graph sees of one directory. Not aware of changes."""

    def __init__(self, directory: Mapping[str, Entity]) -> None:
        self.objects = {
            id: entity
            for id, entity in directory.items()
            if not (isinstance(entity, Group) and entity.kind in _EXCHANGE_ONLY)
        }
        self._fragments: dict[tuple[Any, ...], Fragments] = {}
        self._members: dict[str, list[str]] = {}

    def get(self, kind: type, id: str) -> Entity | None:
        """The object of that kind and id, or for a user that user principal name."""
        found = self.objects.get(id) or self.objects.get(id.lower())
        if found is None and kind is Person:
            ids = self._index[kind]["userPrincipalName"].get(id.lower(), ())
            found = self.objects[ids[0]] if ids else None
        return found if type(found) is kind else None

    def members(self, group: Group) -> list[str]:
        """The ids of the direct members that Graph shows; of a list it cannot see there is no trace."""
        if group.id not in self._members:
            self._members[group.id] = [id for id in group.members if id in self.objects]
        return self._members[group.id]

    def transitive_members(self, group: Group) -> list[str]:
        """The ids of all that is reached from `group`, nested groups themselves among them, each once."""
        reached = dict.fromkeys(self.members(group))
        todo = list(reached)
        for id in todo:
            nested = self.objects[id]
            if isinstance(nested, Group):
                new = [member for member in self.members(nested) if member not in reached]
                reached.update(dict.fromkeys(new))
                todo += dict.fromkeys(new)
        return [id for id in reached if id != group.id]

    def find(self, kind: type, condition: Condition | None) -> list[str]:
        """The ids of the objects of `kind` that fit. Raises ODataError for a property no filter takes."""
        if condition is None:
            return [id for id, entity in self.objects.items() if type(entity) is kind]
        if condition.property == "proxyAddresses":
            raise bad_request(
                "Invalid filter clause: proxyAddresses is a collection; use the operator 'any'."
            )
        if condition.property not in self._index[kind]:
            raise unsupported(
                f"Unsupported or invalid query filter clause specified for property '{condition.property}'."
            )
        index = self._index[kind][condition.property]
        return list(dict.fromkeys(id for value in condition.values for id in index.get(value, ())))

    def fragments(self, select: tuple[str, ...] | None, shown: frozenset[type], *, typed: bool) -> Fragments:
        """The JSON of each object with the properties in `select`.

        `shown` are the kinds whose properties the caller may read, of others there is the id alone;
        `typed` tells whether each object says its type, as it does among others.
        """
        key = (select, shown, typed)
        if key not in self._fragments:
            self._fragments[key] = Fragments(lambda id: _render(self.objects[id], select, shown, typed))
        return self._fragments[key]

    @cached_property
    def _index(self) -> dict[type, dict[str, dict[str, list[str]]]]:
        """Ids by lower-case value, for each property that a filter may name."""
        names: dict[type, tuple[str, ...]] = {Person: ("mail", "proxyAddresses/any", "userPrincipalName")}
        index: dict[type, dict[str, dict[str, list[str]]]] = {
            kind: {name: defaultdict(list) for name in names.get(kind, ("mail", "proxyAddresses/any"))}
            for kind in COLLECTIONS.values()
        }
        for id, entity in self.objects.items():
            if isinstance(entity, Device):
                continue
            own = index[type(entity)]
            if entity.address and getattr(entity, "mail_property", True):
                own["mail"][entity.address.lower()].append(id)
            for proxy in _proxy_addresses(entity.address, entity.aliases):
                own["proxyAddresses/any"][proxy.lower()].append(id)
            if isinstance(entity, Person):
                own["userPrincipalName"][entity.upn.lower()].append(id)
        return index


def check_select(select: tuple[str, ...] | None, kinds: Iterable[type]) -> None:
    """Raises ODataError when none of `kinds` has a property of the names in `select`."""
    kinds = tuple(kinds)
    for name in select or ():
        if not any(name in PROPERTIES[kind] for kind in kinds):
            type_name = TYPES[kinds[0]] if len(kinds) == 1 else "directoryObject"
            raise bad_request(
                "Parsing OData Select and Expand failed: "
                f"Could not find a property named '{name}' on type 'microsoft.graph.{type_name}'."
            )
