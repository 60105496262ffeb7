"""The outside as a whole: a storage account, a tenant's directories, Entra and the vault, and their weather.

The directories, Entra and the vault are those of the sandbox, asked without a wire; what goes wrong with them
is drawn from `shared/answers/`, in the form in which each service tells it.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette

from sandbox import vault
from sandbox.entra import http as entra
from sandbox.exchange import admin_api
from sandbox.graph.answers import Call, GraphResponse
from sandbox.graph.calls import Graph
from sandbox.serving.serving import refused
from sandbox.tenant.tenant import Tenant
from sandbox.tenant.world import Refused, World
from shared.adapters.entra.refusals import REFUSALS
from shared.answers import exchange as exchange_answers
from shared.answers import graph as graph_answers
from shared.answers import vault as vault_answers
from shared.answers.meaning import Table
from tests.simulation.primitives import State
from tests.simulation.queues import Queues
from tests.simulation.tables import Answer, Asked, Tables, refusal
from tests.simulation.weather import NOTHING, Trouble, Weather, of_table, pages, storage_troubles
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
    """Everything that is not Rollcall. `trouble` is how often each kind was met, by service."""

    def __init__(self, tenant: Tenant, draw: random.Random, now: Callable[[], float]) -> None:
        self.met: Counter[str] = Counter()
        self.draw = draw
        self.now = now
        self.world = World(tenant, ORIGIN)
        self.tables = Tables()
        self.queues = Queues(now)
        self.graph = Graph(self.world, lambda mail: None)
        routes = [route for part in (admin_api, vault, entra) for route in part.routes(self.world)]
        self.application = Starlette(routes=routes, exception_handlers={Refused: refused})
        self.is_calm = True
        """Whether nothing goes wrong."""
        self.troubled: defaultdict[object, list[float]] = defaultdict(list)
        """When processes met trouble with tables."""
        self._ways: dict[tuple[str, object], Weather] = {}
        self.services = self._build()

    def _trouble(self, name: str, kinds: list[Trouble]) -> Callable[[], Trouble]:
        """The next trouble of a service, or of the way there of the process that asks."""
        everywhere = Weather(name, self.draw, self.now, kinds, self.met)
        rates = ((0.8, 0.0), (0.9, 0.3), (1.0, 1.0))

        def following() -> Trouble:
            if self.is_calm:
                return NOTHING
            found, owner = everywhere.next(), State.scheduler.current.owner
            if found is NOTHING and owner is not None:
                way = self._ways.get((name, owner))
                if way is None:
                    way = Weather(name, self.draw, self.now, kinds, self.met, rates=rates, cuts=False)
                    self._ways[name, owner] = way
                found = way.next()
            if found is not NOTHING and name == "tables" and not found.says:
                self.troubled[owner].append(self.now())
            return found

        return following

    def _build(self) -> dict[str, Service]:
        found = {
            "tables.test": Service(
                "tables", self._tables, self._trouble("tables", storage_troubles("tables")), _storage
            ),
            "queues.test": Service(
                "queues", self._queues, self._trouble("queues", storage_troubles("queues")), _storage
            ),
        }
        graph = _of(graph_answers.TABLE, _GRAPH_STATUSES)
        self._graph_trouble = self._trouble("graph", graph)
        found[f"{HOST}/v1.0"] = Service("graph", self._graph, self._graph_trouble, _graph)
        admin = _of(exchange_answers.TABLE, _Exchange(exchange_answers.TABLE))
        found[f"{HOST}/adminapi"] = Service(
            "exchange", self._ask, self._trouble("exchange", admin), _exchange
        )
        secrets = _of(vault_answers.TABLE, _Vault(vault_answers.TABLE))
        found[f"{HOST}/secrets"] = Service("vault", self._ask, self._trouble("vault", secrets), _vault)
        found[HOST] = Service("entra", self._ask, self._trouble("entra", _entra_troubles()), _entra)
        return found

    # -- the true answers

    def _tables(self, asked: Asked, trouble: Trouble) -> Answer:
        self.tables.pages = lambda found: pages(found, trouble, self.draw)
        return self.tables.answer(asked)

    def _queues(self, asked: Asked, trouble: Trouble) -> Answer:
        self.queues.some = lambda found: pages(found, trouble, self.draw)
        return self.queues.answer(asked)

    def _graph(self, asked: Asked, trouble: Trouble) -> Answer:
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
        trouble = self._graph_trouble() if self.draw.random() < 0.3 else NOTHING
        url = urlsplit(item["url"])
        if trouble.status:
            refused = _graph(trouble)
            found = GraphResponse(refused.status, refused.body, refused.headers)
        else:
            query = self._paged(url.query)
            call = Call(item["method"], unquote(url.path), query, outer.headers, b"", outer.claims)
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


def _entra_troubles() -> list[Trouble]:
    kinds = of_table(Table("Entra", "", {"429, 500, 503": vault_answers.BUSY}), {}, ())
    return [*kinds, *(Trouble(f"AADSTS{code}", status=400, code=str(code)) for code in REFUSALS)]


def _storage(trouble: Trouble) -> Answer:
    return _later(refusal(trouble.status, trouble.code), trouble)


def _later(answer: Answer, trouble: Trouble) -> Answer:
    return answer._replace(headers=answer.headers | {"retry-after": "1"}) if trouble.retry_after else answer


def _graph(trouble: Trouble) -> Answer:
    body = {
        "error": {"code": trouble.code or "UnknownError", "message": "", "innerError": {"request-id": "1"}}
    }
    return _later(Answer(trouble.status, dict(_JSON), json.dumps(body).encode()), trouble)


def _exchange(trouble: Trouble) -> Answer:
    inner = {"message": "", "type": f"Microsoft.Exchange.{trouble.code}", "stacktrace": ""}
    error = {"code": "Error", "message": "", "details": [], "innererror": {"internalexception": inner}}
    body = json.dumps({"error": error}).encode() if trouble.code else b""
    return _later(Answer(trouble.status, dict(_JSON), body), trouble)


def _vault(trouble: Trouble) -> Answer:
    error: dict[str, Any] = {"code": "Forbidden", "message": "", "innererror": {"code": trouble.code}}
    return _later(Answer(trouble.status, dict(_JSON), json.dumps({"error": error}).encode()), trouble)


def _entra(trouble: Trouble) -> Answer:
    body: dict[str, Any] = {"error": "temporarily_unavailable" if trouble.status >= 429 else "invalid_grant"}
    if trouble.code:
        body |= {"error_codes": [int(trouble.code)], "error_description": f"AADSTS{trouble.code}: no."}
    return _later(Answer(trouble.status, dict(_JSON), json.dumps(body).encode()), trouble)


def _unauthorized(reason: str) -> Any:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": {"code": "InvalidAuthenticationToken", "message": reason}}, 401)
