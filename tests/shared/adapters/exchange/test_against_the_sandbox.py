"""The Admin API as a directory, against the sandbox."""

from __future__ import annotations

import pytest

from sandbox.entra import tokens
from sandbox.exchange import quirks
from sandbox.server.server import Running
from sandbox.tenant.permissions import Permission
from sandbox.tenant.tenant import Device, Group, Person, Tenant
from shared.adapters.directories.exchange import ExchangeDirectory
from shared.audience.directory import Cursor, DistributionList, ListKind, Page
from shared.errors import (
    AccessRefused,
    DirectoryClosed,
    ListNotFound,
    RollcallError,
    Truncated,
)
from tests.support.fake_exchange import (
    a_list,
)
from tests.support.fake_graph import QuickPatience

# -- against the sandbox


def exchange_of(running: Running) -> ExchangeDirectory:
    world = running.world
    app = world.apps[world.tenant.client_id]
    permission = Permission("exchange", "Exchange.ManageV2", running.origin, "")

    def access_token(refused: str) -> str:
        return tokens.access_token(world, app, world.service_account, [permission])

    return ExchangeDirectory(
        f"{running.origin}/adminapi/v2.0",
        world.tenant.tenant_id,
        access_token,
        lambda: world.service_account.upn,
        timeout=10,
        connections=4,
    )


def read_to_the_end(directory: ExchangeDirectory, source: DistributionList) -> list[Page | RollcallError]:
    pages: list[Page | RollcallError] = []
    cursor: Cursor | None = Cursor(source)
    while cursor:
        (page,) = directory.read([cursor], QuickPatience())
        pages.append(page)
        cursor = Cursor(source, page.next) if isinstance(page, Page) and page.next else None
    return pages


def members_of(running: Running, address: str) -> set[str]:
    """The addresses of a list's direct members that are no lists."""
    world = running.world
    (source,) = world.by_address[address]
    assert isinstance(source, Group)
    entries = (world.by_id[member] for member in source.members)
    return {
        str(entry.address).lower()
        for entry in entries
        if not isinstance(entry, Group | Device) and entry.address
    }


def test_a_tenant_s_list_is_sorted_out(sandbox: Running) -> None:
    (page,) = read_to_the_end(exchange_of(sandbox), a_list(address="all-company@company.com"))
    assert isinstance(page, Page)
    assert set(page.addresses) == members_of(sandbox, "all-company@company.com")
    assert {nested.address: nested.kind.value for nested in page.lists} == {
        "sales-team@company.com": "distribution_list",
        "regional-managers@company.com": "distribution_list",
        "engineering@company.com": "microsoft_365_group",
        "finance@company.com": "mail_enabled_security_group",
    }
    assert (len(page.without_address), len(page.not_mail), page.unreadable) == (1, 1, [])
    assert {nested.id for nested in page.lists} <= set(sandbox.world.by_id)


def test_a_tenant_s_dynamic_list_is_found_and_read(sandbox: Running) -> None:
    directory = exchange_of(sandbox)
    found = directory.find(["everyone-dynamic@company.com"], QuickPatience())
    source = found["everyone-dynamic@company.com"]
    assert isinstance(source, DistributionList)
    assert source.kind is ListKind.DYNAMIC_DISTRIBUTION_LIST
    (page,) = read_to_the_end(directory, source)
    assert isinstance(page, Page)
    assert set(page.addresses) == members_of(sandbox, "everyone-dynamic@company.com")


@pytest.mark.parametrize("address", ["nobody@company.com", "user1@company.com", "engineering@company.com"])
def test_a_tenant_s_mailboxes_and_groups_are_no_lists_here(sandbox: Running, address: str) -> None:
    directory = exchange_of(sandbox)
    assert directory.find([address], QuickPatience()) == {address: None}
    assert [type(page) for page in read_to_the_end(directory, a_list(address=address))] == [ListNotFound]


def large(world_tenant: Tenant, size: int) -> Tenant:
    """The tenant with one more list, of `size` people."""
    crowd = [
        Person(f"{number:08x}-0000-4000-8000-000000000000", "P", f"p{number}@company.com", f"p{number}@x.com")
        for number in range(size)
    ]
    everyone = Group("f" * 8, "Crowd", "distribution_list", "crowd@company.com", [], [p.id for p in crowd])
    return Tenant(
        name=world_tenant.name,
        tenant_id=world_tenant.tenant_id,
        client_id=world_tenant.client_id,
        domains=world_tenant.domains,
        service_account=world_tenant.service_account,
        people=[*world_tenant.people, *crowd],
        contacts=world_tenant.contacts,
        groups=[*world_tenant.groups, everyone],
        devices=world_tenant.devices,
    )


def test_a_long_list_is_read_page_by_page(sandbox: Running) -> None:
    sandbox.world.load(large(sandbox.world.tenant, 2500))
    pages = read_to_the_end(exchange_of(sandbox), a_list(address="crowd@company.com"))
    sizes = [len(page.addresses) for page in pages if isinstance(page, Page)]
    assert sizes == [1000, 1000, 500]
    assert not any(page.truncated for page in pages if isinstance(page, Page))


def test_what_exchange_leaves_out_or_lets_expire_is_reported(sandbox: Running) -> None:
    sandbox.world.load(large(sandbox.world.tenant, 1500))
    directory = exchange_of(sandbox)
    quirks.of(sandbox.world).admin_longest_list = 700
    (page,) = read_to_the_end(directory, a_list(address="crowd@company.com"))
    assert isinstance(page, Page)
    assert (len(page.addresses), page.truncated) == (700, True)
    quirks.of(sandbox.world).admin_longest_list = 0
    quirks.of(sandbox.world).admin_link_lifetime = -1
    first, second = read_to_the_end(directory, a_list(address="crowd@company.com"))
    assert isinstance(first, Page)
    assert isinstance(second, Truncated)


def test_a_tenant_without_the_preview_or_the_role_says_so(sandbox: Running) -> None:
    directory = exchange_of(sandbox)
    sandbox.world.switches.exchange_api_disabled = True
    (not_enabled,) = read_to_the_end(directory, a_list(address="sales-team@company.com"))
    sandbox.world.switches.exchange_api_disabled = False
    sandbox.world.service_account.exchange_roles.clear()
    (without_role,) = read_to_the_end(directory, a_list(address="sales-team@company.com"))
    assert isinstance(not_enabled, DirectoryClosed)
    assert isinstance(without_role, AccessRefused)
    assert isinstance(without_role, DirectoryClosed)
    assert (not_enabled.reason, without_role.reason) == ("not_enabled", "role_missing")
