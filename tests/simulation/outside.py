"""The outside as a whole: a storage account, a tenant's directories, Entra and the vault, and their weather.

The directories, Entra and the vault are those of the sandbox, asked without a wire; what goes wrong with them
is drawn from `shared/answers/`, in the form in which each service tells it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette

from sandbox import vault
from sandbox.entra import http as entra
from sandbox.exchange import admin_api, ews, soap
from sandbox.graph.answers import Call, GraphResponse
from sandbox.graph.calls import Graph
from sandbox.serving.serving import refused
from sandbox.tenant.tenant import Tenant
from sandbox.tenant.world import Refused, World
from shared.adapters.entra.refusals import REFUSALS
from shared.answers import ews as ews_answers
from shared.answers import exchange as exchange_answers
from shared.answers import graph as graph_answers
from shared.answers import vault as vault_answers
from shared.answers.meaning import Table
from tests.simulation.climate import Climate, of_ews, of_exchange, of_graph, of_path, of_queues, of_tables
from tests.simulation.queues import Queues
from tests.simulation.tables import Answer, Asked, Tables, refusal
from tests.simulation.weather import Trouble, of_table, pages, storage_troubles
from tests.simulation.wire import Service

HOST = "outside.test"
ORIGIN = f"https://{HOST}"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
STORAGE = (
    f"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={_KEY};"
    "TableEndpoint=http://tables.test/devstoreaccount1;QueueEndpoint=http://queues.test/devstoreaccount1"
)
_GRAPH_STATUSES = {
    **dict.fromkeys(("Request_ThrottledTemporarily", "TooManyRequests", "tooManyRequests"), 429),
    "activityLimitReached": 429,
    **dict.fromkeys(("Directory_ReplicaUnavailable", "serviceNotAvailable"), 503),
    "Directory_BindingRedirection": 500,
    "Service_InternalServerError": 500,
    "generalException": 500,
    "Directory_ConcurrencyViolation": 409,
    **dict.fromkeys(("Directory_ExpiredPageToken", "Directory_InvalidPageToken", "InvalidPageToken"), 400),
    **dict.fromkeys(("resyncRequired", "syncStateNotFound", "SyncStateNotFound"), 410),
    **dict.fromkeys(("Authorization_RequestDenied", "accessDenied"), 403),
    **dict.fromkeys(("Authorization_IdentityNotFound", "Directory_CompanyNotFound"), 403),
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant": 403,
    **dict.fromkeys(("Request_ResourceNotFound", "itemNotFound", "ResourceNotFound"), 404),
    **dict.fromkeys(("Request_BadRequest", "Request_UnsupportedQuery", "Request_InvalidRequestUrl"), 400),
    **dict.fromkeys(("invalidRequest", "BadRequest", "Request_InvalidDataContractVersion"), 400),
}
_VAULT_STATUSES = {
    "Throttled": 429,
    **dict.fromkeys(("ObjectIsBeingDeleted", "ObjectIsBeingRecovered", "Conflict"), 409),
    "ObjectIsDeletedButRecoverable": 409,
    "Unauthorized": 401,
    "BadParameter": 400,
}


class Outside:
    """Everything that is not Rollcall."""

    def __init__(self, tenant: Tenant, draw: random.Random, now: Callable[[], float]) -> None:
        self.climate = Climate(draw, now)
        self.draw = draw
        self.world = World(tenant, ORIGIN)
        self.before_next_page: Callable[[], None] | None = None
        """What happens just before Graph is asked for a page that follows another."""
        self.tables = Tables()
        self.queues = Queues(now)
        self.graph = Graph(self.world, lambda mail: None)
        routes = [route for part in (admin_api, ews, vault, entra) for route in part.routes(self.world)]
        self.application = Starlette(routes=routes, exception_handlers={Refused: refused})
        self.services = self._build()

    def _build(self) -> dict[str, Service]:
        over, found = self.climate.over, {}
        for name, answer in (("tables", self._tables), ("queues", self._queues)):
            parts = of_tables if name == "tables" else of_queues
            found[f"{name}.test"] = Service(name, answer, over(name, storage_troubles(name), parts), _storage)
        self._graph_trouble = over("graph", _of(graph_answers.TABLE, _GRAPH_STATUSES), of_graph)
        found[f"{HOST}/v1.0"] = Service("graph", self._graph, self._graph_trouble, _graph)
        for name, place, kinds, parts, refuse in (
            ("exchange", "adminapi", _exchange_troubles(), of_exchange, _exchange),
            ("ews", "ews", _ews_troubles(), of_ews, _ews),
            ("vault", "secrets", _of(vault_answers.TABLE, _Vault(vault_answers.TABLE)), of_path, _vault),
            ("entra", "", _entra_troubles(), of_path, _entra),
        ):
            service = Service(name, self._ask, over(name, kinds, parts), refuse)
            found[f"{HOST}/{place}" if place else HOST] = service
        return found

    # -- the true answers

    def _tables(self, asked: Asked, trouble: Trouble) -> Answer:
        self.tables.pages = lambda found, goes_on: self._some("tables", trouble, found, goes_on)
        return self.tables.answer(asked)

    def _queues(self, asked: Asked, trouble: Trouble) -> Answer:
        self.queues.some = lambda found: self._some("queues", trouble, found, False)
        return self.queues.answer(asked)

    def _some(self, name: str, trouble: Trouble, found: int, goes_on: bool) -> int:
        told = pages(found, trouble, self.draw, goes_on=goes_on)
        if told < found:
            self.climate.met[f"{name} {trouble.name}"] += 1
        return told

    def _graph(self, asked: Asked, trouble: Trouble) -> Answer:
        if self.before_next_page and ("skiptoken" in asked.target or b"skiptoken" in asked.body):
            happens, self.before_next_page = self.before_next_page, None
            happens()
        try:
            claims = self.world.check_bearer(_Bearer(asked.headers), "graph", _unauthorized)  # type: ignore[arg-type]
        except Refused as error:
            return Answer(error.response.status_code, _JSON, bytes(error.response.body))
        path, _, query = asked.target.removeprefix("/v1.0").partition("?")
        query = self._paged(query)
        call = Call(asked.method, unquote(path), query, asked.headers, asked.body, claims)
        if call.path != "/$batch":
            found = self.graph.answer(call)
            return Answer(found.status, dict(found.headers), found.body)
        parts = [self._inner(item, call) for item in json.loads(asked.body)["requests"]]
        self.draw.shuffle(parts)
        return Answer(200, _JSON, b'{"responses":[' + b",".join(parts) + b"]}")

    def _paged(self, query: str) -> str:
        """A page may hold fewer than were asked for."""
        return query.replace("$top=999", f"$top={self.draw.choice((2, 4, 999))}")

    def _inner(self, item: Mapping[str, Any], outer: Call) -> bytes:
        url = urlsplit(item["url"])
        one = Asked("graph", item["method"], item["url"], {}, b"")
        trouble = self._graph_trouble(one, within=True)
        if trouble.status:
            refused = _graph(trouble, one)
            found = GraphResponse(refused.status, refused.body, refused.headers)
        else:
            query = self._paged(url.query)
            own = {name.lower(): text for name, text in item.get("headers", {}).items()}
            call = Call(item["method"], unquote(url.path), query, {**outer.headers, **own}, b"", outer.claims)
            found = self.graph.answer(call)
        head = json.dumps({"id": item["id"], "status": found.status, "headers": found.headers}).encode()
        return b'%b,"body":%b}' % (head[:-1], found.body or b"{}")

    def _ask(self, asked: Asked, trouble: Trouble) -> Answer:
        """Ask the sandbox, which waits for nothing."""
        path, _, query = asked.target.partition("?")
        scope = {
            "type": "http",
            "method": asked.method,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in asked.headers.items()],
            "scheme": "https",
            "server": (HOST, 443),
            "root_path": "",
        }
        said: dict[str, Any] = {"body": b""}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asked.body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                said.update(status=message["status"], headers=message["headers"])
            else:
                said["body"] += message.get("body", b"")

        work = self.application(scope, receive, send)
        try:
            work.send(None)
        except StopIteration:
            headers = {name.decode(): value.decode("latin-1") for name, value in said["headers"]}
            return Answer(said["status"], headers, said["body"])
        raise RuntimeError("the sandbox waits for something")


_JSON = {"content-type": "application/json"}


class _Bearer:
    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = headers


class _Exchange(dict[str, int]):
    """Statuses of the Admin API, of which none is documented: a cmdlet's error is a 400 as a rule."""

    def __init__(self, table: Table) -> None:
        super().__init__({key.rpartition("* ")[2]: 400 for key in table.rows})


class _Vault(dict[str, int]):
    def __init__(self, table: Table) -> None:
        super().__init__({key.rpartition("* ")[2]: 403 for key in table.rows} | _VAULT_STATUSES)


# What is said only where it is true: that there is no such thing, or that several are of one name; and what
# a service says to a request of another form, or where it is another service altogether.
_UNTRUE = (
    "SecretNotFound",
    "NotFound",
    "200",
    "404",
    "Request_ResourceNotFound",
    "itemNotFound",
    "ResourceNotFound",
    "ManagementObjectNotFoundException",
    "ManagementObjectAmbiguousException",
    "NonUniqueRecipientException",
    "matches multiple entries",
    "entries",
    "* matches multiple entries",
)


def _of(table: Table, statuses: Mapping[str, int]) -> list[Trouble]:
    return of_table(table, dict(statuses), _UNTRUE)


def _exchange_troubles() -> list[Trouble]:
    return _of(exchange_answers.TABLE, _Exchange(exchange_answers.TABLE))


def _ews_troubles() -> list[Trouble]:
    """Codes are told in an answer of its own form, or as a fault."""
    kinds = _of(ews_answers.TABLE, {key.rpartition("* ")[2]: 200 for key in ews_answers.TABLE.rows})
    coded = [kind._replace(name=f"500 {kind.code}", status=500) for kind in kinds if kind.code]
    return [*kinds, *coded]


def _entra_troubles() -> list[Trouble]:
    kinds = of_table(Table("Entra", "", {"429, 500, 503": vault_answers.BUSY}), {}, ())
    return [*kinds, *(Trouble(f"AADSTS{code}", status=400, code=str(code)) for code in REFUSALS)]


def _storage(trouble: Trouble, asked: Asked) -> Answer:
    return _later(refusal(trouble.status, trouble.code), trouble)


def _later(answer: Answer, trouble: Trouble) -> Answer:
    return answer._replace(headers=answer.headers | {"retry-after": "1"}) if trouble.retry_after else answer


def _graph(trouble: Trouble, asked: Asked) -> Answer:
    body = {
        "error": {"code": trouble.code or "UnknownError", "message": "", "innerError": {"request-id": "1"}}
    }
    return _later(Answer(trouble.status, dict(_JSON), json.dumps(body).encode()), trouble)


def _exchange(trouble: Trouble, asked: Asked) -> Answer:
    inner = {"message": "", "type": f"Microsoft.Exchange.{trouble.code}", "stacktrace": ""}
    error = {"code": "Error", "message": "", "details": [], "innererror": {"internalexception": inner}}
    body = json.dumps({"error": error}).encode() if trouble.code else b""
    return _later(Answer(trouble.status, dict(_JSON), body), trouble)


def _ews(trouble: Trouble, asked: Asked) -> Answer:
    if not trouble.code:
        return _later(Answer(trouble.status, {"content-type": "text/html"}, b""), trouble)
    if trouble.status == 500:
        found = soap.fault("ErrorInvalidRequest")  # of the same form as all others
        found.body = bytes(found.body).replace(b"ErrorInvalidRequest", trouble.code.encode())
    else:
        operation = "ExpandDL" if b"ExpandDL" in asked.body else "ResolveNames"
        found = soap.answer(operation, soap.message(operation, "Error", trouble.code))
    return Answer(found.status_code, {"content-type": "text/xml; charset=utf-8"}, bytes(found.body))


def _vault(trouble: Trouble, asked: Asked) -> Answer:
    error: dict[str, Any] = {"code": "Forbidden", "message": "", "innererror": {"code": trouble.code}}
    return _later(Answer(trouble.status, dict(_JSON), json.dumps({"error": error}).encode()), trouble)


def _entra(trouble: Trouble, asked: Asked) -> Answer:
    body: dict[str, Any] = {"error": "temporarily_unavailable" if trouble.status >= 429 else "invalid_grant"}
    if trouble.code:
        body |= {"error_codes": [int(trouble.code)], "error_description": f"AADSTS{trouble.code}: no."}
    return _later(Answer(trouble.status, dict(_JSON), json.dumps(body).encode()), trouble)


def _unauthorized(reason: str) -> Any:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": {"code": "InvalidAuthenticationToken", "message": reason}}, 401)
