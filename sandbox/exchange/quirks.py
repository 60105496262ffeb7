"""What Exchange may do to a client without being ill: what Microsoft leaves open, or tells in two ways."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sandbox.tenant.tenant import Tenant
from sandbox.tenant.world import World


@dataclass(slots=True)
class Quirks:
    """How the tenant's Exchange behaves. As it is here, it answers whole and plainly."""

    admin_link_lifetime: float = 300.0  # seconds that the Admin API's nextLink is good for
    admin_longest_list: int = 0  # the Admin API leaves out what is beyond, with a warning; 0: nothing
    admin_working_out: bool = False  # the Admin API shows nobody in a dynamic list that has members
    ews_longest_list: int = 0  # EWS leaves out what is beyond, IncludesLastItemInRange tells; 0: nothing
    ews_missing_is_empty: bool = False  # ExpandDL of a list that is not there is an empty success
    ews_x500_member: bool = False  # the first member of a list comes with its X.500 name, not its address
    ews_broken_member: bool = False  # an error stands behind the members of a list
    ews_basic: str = ""  # "user:password": an Exchange Server on premises, which takes no access token


_QUIRKS: WeakKeyDictionary[World, tuple[Tenant, Quirks]] = WeakKeyDictionary()


def of(world: World) -> Quirks:
    """The quirks of the tenant that `world` runs, to be read and set. Another tenant has its own."""
    tenant, quirks = _QUIRKS.get(world, (None, Quirks()))
    if tenant is not world.tenant:
        quirks = Quirks()
        _QUIRKS[world] = (world.tenant, quirks)
    return quirks
