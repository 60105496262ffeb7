"""Exchange's view of a tenant: what each object is to it, and how it is named."""

from __future__ import annotations

import uuid

from sandbox.tenant.tenant import Contact, Device, Group, Person
from sandbox.tenant.world import Entry, World

# RecipientType and RecipientTypeDetails of the cmdlets.
_GROUPS = {
    "distribution_list": ("MailUniversalDistributionGroup", "MailUniversalDistributionGroup"),
    "mail_enabled_security_group": ("MailUniversalSecurityGroup", "MailUniversalSecurityGroup"),
    "microsoft_365_group": ("MailUniversalDistributionGroup", "GroupMailbox"),
    "security_group": ("Group", "UniversalSecurityGroup"),
    "dynamic_distribution_list": ("DynamicDistributionGroup", "DynamicDistributionGroup"),
    "public_folder": ("PublicFolder", "PublicFolder"),
}
_MAILBOXES = {
    "user": "UserMailbox",
    "shared": "SharedMailbox",
    "room": "RoomMailbox",
    "equipment": "EquipmentMailbox",
}
# Entra does not know these, so they have no id there.
EXCHANGE_ONLY = ("dynamic_distribution_list", "public_folder")


def types_of(entry: Entry) -> tuple[str, str]:
    """RecipientType and RecipientTypeDetails."""
    if isinstance(entry, Group):
        return _GROUPS[entry.kind]
    if isinstance(entry, Contact):
        return "MailContact", "MailContact"
    if isinstance(entry, Person) and entry.guest:
        return "MailUser", "GuestMailUser"
    if isinstance(entry, Person) and entry.address:
        return "UserMailbox", _MAILBOXES[entry.kind]
    return "User", "User"


def address_of(entry: Entry) -> str | None:
    """The primary address; None for what mail cannot reach."""
    return None if isinstance(entry, Device) else entry.address


def guid_of(entry: Entry) -> str:
    """Exchange's own id, which is not Entra's."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, entry.id))


def alias_of(entry: Entry) -> str:
    """The name without domain that Exchange gives everything."""
    return (address_of(entry) or entry.name.replace(" ", "")).partition("@")[0]


def find_recipients(world: World, name: str) -> list[Entry]:
    """What answers to `name`: an address, an id of Entra's or Exchange's, an alias or a display name,
    in any case."""
    wanted = name.lower()
    if "@" in wanted:
        return list(world.by_address.get(wanted, ()))
    return [
        entry
        for entry in world.by_id.values()
        if not isinstance(entry, Device)
        and wanted in (entry.id, guid_of(entry), alias_of(entry).lower(), entry.name.lower())
    ]
