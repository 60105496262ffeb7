"""Microsoft Graph at the wire, scripted by a test; and what such scripts are made of."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter

from shared.adapters.directories.graph import GraphDirectory
from shared.adapters.directories.http import Session
from shared.audience.directory import Cursor, DistributionList, ListKind, Page
from shared.audience.patience import Patience
from shared.errors import RollcallError

BASE = "https://graph.microsoft.com/v1.0"
JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
THROTTLED = {"error": {"code": "TooManyRequests", "message": "Please retry again later."}}
REFUSED = {"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges."}}
MISSING = {"error": {"code": "Request_ResourceNotFound", "message": "Resource does not exist."}}
NONSENSE = {"error": {"code": "Request_BadRequest", "message": "Invalid."}}
EXPIRED = {"error": {"code": "InvalidAuthenticationToken", "message": "The token is expired."}}


@dataclass
class Reply:
    """One answer of Graph; `error` is raised instead of answering."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"value": []})
    headers: Mapping[str, str] = field(default_factory=dict)
    error: Exception | None = None


class FakeGraph(BaseAdapter):
    """Graph at the wire. A path gives the replies scripted for its beginning, the last one for ever; an
    unscripted one is an empty collection. Requests inside a batch are answered like plain ones, once
    the replies scripted for `/$batch` itself are used up."""

    def __init__(self) -> None:
        super().__init__()
        self.script: dict[str, list[Reply]] = {}
        self.sent: list[requests.PreparedRequest] = []
        self.timeouts: list[float] = []
        self.asked: list[str] = []
        self.good_tokens: set[str] | None = None
        self.shuffle: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = list
        self.lock = threading.Lock()

    def on(self, path: str, *replies: Reply) -> None:
        self.script[path] = list(replies)

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        with self.lock:
            self.sent.append(request)
            self.timeouts.append(kwargs["timeout"])
        path = (request.url or "").removeprefix(BASE)
        token = request.headers["Authorization"].removeprefix("Bearer ")
        if self.good_tokens is not None and token not in self.good_tokens:
            reply = Reply(401, EXPIRED)
        elif path != "/$batch":
            reply = self.answer(path)
        elif outer := self.script.get(path):
            reply = outer.pop(0)
        else:
            inner = json.loads(request.body or b"")["requests"]
            reply = Reply(200, {"responses": self.shuffle([self.answer_inner(one) for one in inner])})
        if reply.error:
            raise reply.error
        content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        headers = {"Content-Type": JSON, "request-id": str(uuid4()), **reply.headers}
        return response_to(request, io.BytesIO(content), headers, reply.status)

    def answer_inner(self, request: dict[str, Any]) -> dict[str, Any]:
        assert request["method"] == "GET"
        reply = self.answer(request["url"])
        headers = dict(reply.headers)
        return {"id": request["id"], "status": reply.status, "headers": headers, "body": reply.body}

    def answer(self, path: str) -> Reply:
        with self.lock:
            self.asked.append(path)
            scripted = next((replies for start, replies in self.script.items() if path.startswith(start)), [])
            return scripted.pop(0) if len(scripted) > 1 else scripted[0] if scripted else Reply()

    def close(self) -> None:
        pass


def response_to(
    request: requests.PreparedRequest, body: Any, headers: Mapping[str, str], status: int = 200
) -> requests.Response:
    raw = urllib3.HTTPResponse(body, headers, status, preload_content=False)
    return HTTPAdapter().build_response(request, raw)


class QuickPatience(Patience):
    """Patience by a clock of its own, in which waiting takes no time."""

    def __init__(self, limit: float = 30, deadline: float = 480) -> None:
        self.now = 0.0
        self.waits: list[float] = []
        super().__init__(limit=limit, deadline=deadline, clock=lambda: self.now)

    def hold(self, seconds: float) -> float:
        added = super().hold(seconds)
        self.waits.append(seconds)
        self.now += seconds
        return added


def directory_on(
    graph: FakeGraph,
    access_token: Callable[[str], str] = lambda force: "token",
    clock: Callable[[], float] = time.monotonic,
) -> GraphDirectory:
    session = Session(connections=4)
    session.mount("https://", graph)
    return GraphDirectory(BASE, access_token, timeout=20, connections=4, session=session, clock=clock)


def a_list(id: str = "sales", *, hidden: bool = False) -> DistributionList:
    kind = ListKind.DISTRIBUTION_LIST
    return DistributionList(id, f"{id}@contoso.com", id.title(), kind, "graph", hidden)


def user(id: str = "u", mail: str | None = None, **more: Any) -> dict[str, Any]:
    return {"@odata.type": "#microsoft.graph.user", "id": id, "mail": mail, **more}


def group(id: str = "g", mail: str | None = None, **more: Any) -> dict[str, Any]:
    shown = {"mailEnabled": mail is not None, "securityEnabled": False, "groupTypes": [], "displayName": id}
    return {"@odata.type": "#microsoft.graph.group", "id": id, "mail": mail, **shown, **more}


def contact(id: str = "c", mail: str | None = None, **more: Any) -> dict[str, Any]:
    return {"@odata.type": "#microsoft.graph.orgContact", "id": id, "mail": mail, **more}


def members(*entries: dict[str, Any], next: str | None = None) -> Reply:
    return Reply(body={"value": list(entries)} | ({"@odata.nextLink": next} if next else {}))


def cursors(count: int) -> list[Cursor]:
    return [Cursor(a_list(f"list{number:02}")) for number in range(count)]


def read_one(
    graph: FakeGraph, reply: Reply, list: DistributionList | None = None, next: str | None = None
) -> Page | RollcallError:
    graph.on("/groups/sales/members", reply)
    (page,) = directory_on(graph).read([Cursor(list or a_list(), next)], QuickPatience())
    return page


def find_one(graph: FakeGraph, address: str = "a@x.com") -> Any:
    return directory_on(graph).find([address], QuickPatience())[address]
