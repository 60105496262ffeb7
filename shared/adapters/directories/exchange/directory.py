"""What the Admin API is asked, and what its answers mean for delivery. Fills the Directory port.

Facts: "Get started with the Exchange Online Admin API" and the endpoints' pages, learn.microsoft.com.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import requests

from shared.adapters.directories.exchange.answers import SELECT, parse_page
from shared.adapters.directories.exchange.transport import ExchangeTransport, Rejected
from shared.adapters.directories.http import JsonWire, Session
from shared.answers.exchange import NOT_ENABLED
from shared.answers.meaning import directory_error
from shared.audience.addresses import shown
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox, Page
from shared.audience.patience import Patience
from shared.errors import DirectoryClosed, DirectoryError, ListNotFound, Truncated, UnreadableAnswer


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """One of the API's two that list members, and the cmdlet it runs."""

    name: str
    cmdlet: str
    kind: ListKind


_STATIC = _Endpoint("DistributionGroupMember", "Get-DistributionGroupMember", ListKind.DISTRIBUTION_LIST)
_DYNAMIC = _Endpoint(
    "DynamicDistributionGroupMember",
    "Get-DynamicDistributionGroupMember",
    ListKind.DYNAMIC_DISTRIBUTION_LIST,
)


class ExchangeDirectory:
    """Membership as the Exchange Online Admin API (preview) tells it. Thread-safe.

    It sees dynamic distribution lists and what is hidden from address lists, but not the members of
    Microsoft 365 groups. `access_token(refused)` gives the bearer token, and another one than `refused`;
    `account()` the service account's user name; `timeout` is in seconds, and the API is slow: a minute
    is normal; `connections` are kept open for reuse.
    """

    name = "exchange"
    batch = 1
    find_batch = 1
    kinds = frozenset(
        {
            ListKind.DISTRIBUTION_LIST,
            ListKind.DYNAMIC_DISTRIBUTION_LIST,
            ListKind.MAIL_ENABLED_SECURITY_GROUP,
        }
    )
    """The kinds of list whose members it can read."""
    ages: Mapping[ListKind, float] = {ListKind.DYNAMIC_DISTRIBUTION_LIST: 86_400.0}
    """How old membership may be, in seconds: Exchange works a dynamic list out once a day."""

    def __init__(
        self,
        url: str,
        tenant_id: str,
        access_token: Callable[[str], str],
        account: Callable[[], str],
        *,
        timeout: float,
        connections: int,
        session: requests.Session | None = None,
    ) -> None:
        self._wire = JsonWire("exchange", url, session or Session(connections))
        self._tenant_id = tenant_id
        self._transport = ExchangeTransport(self._wire, access_token, account, timeout=timeout)
        self._select = f"?$select={SELECT}"
        self._closed: DirectoryClosed | None = None

    @property
    def requests_sent(self) -> int:
        """HTTP requests since construction, tries included."""
        return self._wire.requests_sent

    def why_not(self) -> DirectoryClosed | None:
        """Why it reads nothing at all, as the latest answer had it; None where it does, or was not asked."""
        return self._closed

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | DirectoryError | None]:
        """The list behind each address; see the port. An error always stands in the mapping.

        There is no look-up, so the members are asked for, and few taken. That tells static from dynamic
        and nothing else: a mail-enabled security group is found as a distribution list, `id` and `name`
        are the address, an alias stays one, and a mailbox is None like what is not there.
        """
        return {address: self._find(address, patience) for address in addresses}

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | DirectoryError]:
        """One page for each cursor; see the port. An error always stands in its cursor's place."""
        return [self._read(cursor, patience) for cursor in cursors]

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        """None: the API counts nothing that it does not read."""
        return None

    def domains(self, patience: Patience) -> frozenset[str]:
        """None: the API has no endpoint for them that needs no further role."""
        return frozenset()

    def _find(self, address: str, patience: Patience) -> DistributionList | DirectoryError | None:
        for spelling in dict.fromkeys((address, shown(address))):  # Exchange may hold either
            for endpoint in (_STATIC, _DYNAMIC):
                try:
                    self._ask(endpoint, spelling, patience, 1)
                except ListNotFound:
                    continue
                except DirectoryError as error:
                    return error
                return DistributionList(
                    address, address, address, endpoint.kind, self.name, address_is_sure=False
                )
        return None

    def _read(self, cursor: Cursor, patience: Patience) -> Page | DirectoryError:
        try:
            if cursor.next is None:
                page, here = self._first_page(cursor.list, patience), None
            else:
                here = cursor.next
                page = self._following_page(cursor.list, here, patience)
            if page.next is not None:
                page.next = self._wire.relative(page.next)
        except DirectoryError as error:
            return error
        return UnreadableAnswer() if here and page.next == here else page

    def _first_page(self, source: DistributionList, patience: Patience) -> Page:
        is_dynamic = source.kind is ListKind.DYNAMIC_DISTRIBUTION_LIST
        endpoints = (_DYNAMIC, _STATIC) if is_dynamic else (_STATIC, _DYNAMIC)
        for spelling in dict.fromkeys((source.address, shown(source.address))):
            for endpoint in endpoints:
                try:
                    page = self._ask(endpoint, spelling, patience)
                except ListNotFound:  # EWS cannot tell dynamic lists from static ones
                    continue
                if endpoint is _DYNAMIC or not source.kind_is_sure:
                    page.kind = endpoint.kind
                return page
        raise ListNotFound

    def _following_page(self, source: DistributionList, path: str, patience: Patience) -> Page:
        name = path.partition("?")[0].rpartition("/")[2]
        endpoint = next((one for one in (_STATIC, _DYNAMIC) if one.name == name), None)
        if endpoint is None:
            raise UnreadableAnswer
        try:
            return self._transport.ask(path, _body(endpoint, source.address), parse_page, patience)
        except Rejected:  # links last for some minutes only
            raise Truncated from None

    def _ask(self, endpoint: _Endpoint, address: str, patience: Patience, limit: int | None = None) -> Page:
        """The first page of the list at `address`, of at most `limit` members."""
        # The cmdlets take an empty identity for every object there is, and * for any text.
        if "@" not in address or "*" in address:
            raise ListNotFound
        select, body = self._select, _body(endpoint, address, limit)
        path = f"/{self._tenant_id}/{endpoint.name}"
        try:
            try:
                page = self._transport.ask(path + select, body, parse_page, patience)
            except Rejected as rejected:
                if not select or "Could not find a property" not in rejected.refusal.text:
                    raise
                self._select = ""  # a property was cut, as Microsoft said it would, and its name is refused
                page = self._transport.ask(path, body, parse_page, patience)
        except Rejected as rejected:
            if rejected.refusal.type:
                raise
            closed = directory_error(NOT_ENABLED)
            assert isinstance(closed, DirectoryClosed)
            self._closed = closed
            raise closed from None
        except DirectoryClosed as closed:
            self._closed = closed
            raise
        self._closed = None
        return page


def _body(endpoint: _Endpoint, address: str, limit: int | None = None) -> bytes:
    # Without a size, how much comes is up to the API; as a number, Microsoft does not say whether it
    # is the size of a page or of the whole answer.
    parameters = {"Identity": address, "ResultSize": limit or "Unlimited"}
    return msgspec.json.encode({"CmdletInput": {"CmdletName": endpoint.cmdlet, "Parameters": parameters}})
