"""The Exchange Online Admin API at the wire, scripted by a test; and what such scripts are made of."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter

from shared.adapters.directories.exchange import ExchangeDirectory
from shared.adapters.directories.http import Session
from shared.audience.directory import Cursor, DistributionList, ListKind, Page
from shared.errors import RollcallError
from tests.support.fake_graph import QuickPatience, response_to

BASE = "https://outlook.office365.com/adminapi/v2.0"
TENANT = "11111111-1111-4111-8111-111111111111"
UPN = "rollcall@contoso.com"
JSON = "application/json; odata.metadata=minimal"
STATIC, DYNAMIC = "DistributionGroupMember", "DynamicDistributionGroupMember"


@dataclass
class Reply:
    """One answer of the API; `error` is raised instead of answering."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"value": []})
    headers: Mapping[str, str] = field(default_factory=dict)
    error: Exception | None = None


def refused(kind: str, text: str = "It went wrong.", status: int = 400, **headers: str) -> Reply:
    """A cmdlet's own error, as it was captured."""
    inner = {"message": "Error executing cmdlet", "type": "Microsoft.Exchange.Admin.ODataServiceException"}
    internal = {"message": f"Ex6F9304|{kind}|{text}", "type": kind, "stacktrace": "at Microsoft..."}
    details = [{"code": "Client", "target": "", "message": f"Ex6F9304|{kind}|{text}"}]
    error = {"code": "BadRequest", "message": "Invalid Operation", "details": details}
    return Reply(
        status, {"error": {**error, "innererror": {**inner, "internalexception": internal}}}, headers
    )


NOT_FOUND = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException"
MISSING = refused(NOT_FOUND, "The object 'all@contoso.com' couldn't be found on 'SERVER'.", 404)


class FakeExchange(BaseAdapter):
    """The Admin API at the wire. An endpoint gives the replies scripted for it, the last one for ever; an
    unscripted one knows no list."""

    def __init__(self) -> None:
        super().__init__()
        self.script: dict[str, list[Reply]] = {}
        self.sent: list[requests.PreparedRequest] = []
        self.timeouts: list[float] = []
        self.good_tokens: set[str] | None = None
        self.lock = threading.Lock()

    def on(self, endpoint: str, *replies: Reply) -> None:
        self.script[endpoint] = list(replies)

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        endpoint = str(request.url).partition("?")[0].rpartition("/")[2]
        token = request.headers["Authorization"].removeprefix("Bearer ")
        with self.lock:
            self.sent.append(request)
            self.timeouts.append(kwargs["timeout"])
            scripted = self.script.get(endpoint, [MISSING])
            if self.good_tokens is not None and token not in self.good_tokens:
                reply = Reply(401, b"")
            else:
                reply = scripted.pop(0) if len(scripted) > 1 else scripted[0]
        if reply.error:
            raise reply.error
        content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        return response_to(
            request, io.BytesIO(content), {"Content-Type": JSON, **reply.headers}, reply.status
        )

    def close(self) -> None:
        pass

    @property
    def asked(self) -> list[str]:
        """What followed the base URL, one for each request."""
        return [str(request.url).removeprefix(f"{BASE}/{TENANT}/") for request in self.sent]

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(request.body or b"") for request in self.sent]


def directory_on(
    exchange: FakeExchange,
    access_token: Callable[[str], str] = lambda force: "token",
    account: Callable[[], str] = lambda: UPN,
) -> ExchangeDirectory:
    session = Session(connections=4)
    session.mount("https://", exchange)
    return ExchangeDirectory(BASE, TENANT, access_token, account, timeout=20, connections=4, session=session)


def a_list(kind: ListKind = ListKind.DISTRIBUTION_LIST, address: str = "all@contoso.com") -> DistributionList:
    return DistributionList("entra-id", address, "All", kind, "exchange")


def member(
    details: str | None = "UserMailbox", address: str | None = "a@x.com", **more: Any
) -> dict[str, Any]:
    """A member, with the keys that the service puts between the properties."""
    shown = {"DisplayName": "A", "PrimarySmtpAddress": address, "RecipientTypeDetails": details}
    odd = {"RecipientTypeDetails@data.type": "Microsoft.Exchange.Data.Directory.Recipient", "Alias": "a"}
    return odd | {name: value for name, value in shown.items() if value is not None} | more


def members(*entries: dict[str, Any], next: str | None = None, **more: Any) -> Reply:
    context = {"@odata.context": f"{BASE}/$metadata#Collection(Exchange.GenericHashTable)"}
    link = {"@odata.nextLink": next} if next else {}
    return Reply(body={**context, "@adminapi.warnings": [], "value": list(entries), **link, **more})


def read_one(
    exchange: FakeExchange, reply: Reply, next: str | None = None, source: DistributionList | None = None
) -> Page | RollcallError:
    exchange.on(STATIC, reply)
    (page,) = directory_on(exchange).read([Cursor(source or a_list(), next)], QuickPatience())
    return page
