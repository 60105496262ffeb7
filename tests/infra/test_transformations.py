"""What the workspace keeps of readers: nothing that says who or where they are, whatever the host says.

The rows are written by hand: the tables' columns, as Azure Monitor documents them, with all that a request
brings wherever the Functions host was seen to put it: the network address in ClientIP, the path in Url, Name
and HttpPath, a refused body or a dead worker as a row of AppExceptions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from routes.chapter import declared
from shared.api.declaration import ANYONE
from shared.tracking.mail.tokens import Click, Keyring, Opening, Signer
from shared.tracking.recording.events import Event, pack
from shared.tracking.recording.records import read_records, write_record
from tests.support.code_facts import log_lines
from tests.support.transformations import FOLDER, TABLES, NotSupported, Row, evaluate, transform

ROOT = Path(__file__).parents[2]
ADDRESS, IPV6, PERSON = "203.0.113.77", "2001:db8:7::77", "anna%2Bnews%40company.com"
PLACES = {
    "ClientCity": "Oldenburg",
    "ClientCountryOrRegion": "Germany",
    "ClientStateOrProvince": "Lower Saxony",
}
COMMON = {
    "TimeGenerated": "2026-11-26T21:30:00.1234567Z",
    "ClientBrowser": "Edge 130",
    "ClientIP": ADDRESS,
    "ClientModel": "Other",
    "ClientOS": "Windows 10",
    "ClientType": "PC",
    "SessionId": ADDRESS,
    "UserId": ADDRESS,
    "UserAccountId": "",
    "UserAuthenticatedId": "",
    "OperationId": "0af7651916cd43dd8448eb211c80319c",
    "AppRoleInstance": "instance-1",
    "ItemCount": 1,
    **PLACES,
}
_SIGNER = Signer(Keyring.new())
_MESSAGE = "0123456789abcdef0123456789abcdef"
OPEN = _SIGNER.sign_open(Opening(_MESSAGE, 7))
CLICK = _SIGNER.sign_click(Click(_MESSAGE, 7, 1, "https://intranet.example/news"))
CODE = "1.AXoAkJ2pXyZ0qEmUoVb1dQ9xYw" + "AgABBAIAAADW6jl31mB3T7ugrWTT8pFe" * 4
FILLED = {
    "token": [OPEN, f"{OPEN}?w=1"],
    "address": [PERSON, "anna@company.com", f"{PERSON}?after=e0"],
    "id": [_MESSAGE],
    "number": ["2"],
    "*path": ["pages.html", "x/anna@company.com"],
}


def requests() -> Iterator[tuple[str, str, str]]:
    """Each method and path of each route that there is, as function, method and path; and other spellings."""
    for route in declared():
        paths = [f"/{route.path}"]
        for name, values in FILLED.items():
            paths = [
                path.replace(f"{{{name}}}", value)
                for path in paths
                for value in (values if f"{{{name}}}" in path else [""])
            ]
        for path, method in product(paths, route.methods):
            yield route.handler.__name__, method, path
    yield "track_open", "GET", f"/O/{OPEN}"
    yield "track_open", "GET", f"/o%2F{OPEN}"
    yield "track_click", "GET", f"/c/{CLICK}"
    yield "people_get", "GET", f"/API/People/{PERSON}"
    yield "connection_callback", "GET", f"/api/connection/callback?code={CODE}&state=Xy7"
    yield "connection_callback", "GET", f"/api/connection/callback?session_state=1&Code={CODE}"
    yield "health", "GET", f"/api/health?code={CODE}"
    yield "zz_rest", "POST", f"/o/{OPEN}"
    yield "zz_rest", "GET", f"/c/{CLICK}/{PERSON}"
    yield "zz_rest", "GET", f"/nothing/{PERSON}?code={CODE}"


REQUESTS = list(requests())
PRIVATE = [ADDRESS, IPV6, OPEN, CLICK, PERSON, "anna", CODE, *PLACES.values()]
OUTCOMES = ["200", "500", "body refused", "worker gone"]


def rows(function: str, method: str, path: str, outcome: str, client: str) -> Iterator[tuple[str, Row]]:
    """All that the host tells of one request."""
    url = f"https://rollcall.azurewebsites.net{path}"
    common = COMMON | {"ClientIP": client}
    # A request that never reached its function is called by its path.
    called = f"{method} {path}" if outcome == "body refused" else function
    properties = {
        "HttpMethod": method,
        "HttpPath": path,
        "FullName": f"Functions.{function}",
        "InvocationId": "7b1c0b36-6c4b-4c2c-9a57-1a6a34cf0c2d",
        "TriggerReason": "This function was programmatically called via the host APIs.",
    }
    yield (
        "AppRequests",
        common
        | {"Name": called, "OperationName": called, "Url": url, "Source": "", "Properties": properties}
        | {"ResultCode": "200" if outcome == "200" else "500", "Success": outcome == "200"},
    )
    for message in (
        f"Executing 'Functions.{function}' (Reason='This function was programmatically called via the host "
        "APIs.', Id=7b1c0b36-6c4b-4c2c-9a57-1a6a34cf0c2d)",
        f"Request starting HTTP/1.1 {method} {url} - -",
        f'Executing HTTP request: {{"requestId": "1", "method": "{method}", "uri": "{path}"}}',
        f"connection of {client} is gone",
        f"its token is {OPEN}",
    ):
        yield (
            "AppTraces",
            common
            | {"Message": message, "OperationName": called, "SeverityLevel": 1}
            | {"Properties": properties | {"Category": f"Function.{function}", "ClientAddress": client}},
        )
    if outcome != "200":
        said = {
            "500": f"Exception while executing function: Functions.{function} of {path}",
            "body refused": f"Request body too large at {url}",
            "worker gone": "python exited with code 137 (0x89)",
        }[outcome]
        yield (
            "AppExceptions",
            common
            | {"ExceptionType": "Microsoft.Azure.WebJobs.Script.Workers.WorkerProcessExitException"}
            | {"OperationName": called, "ProblemId": said, "Message": said}
            | {"OuterMessage": said, "InnermostMessage": said}
            | {
                "Details": [{"message": said, "parsedStack": [{"method": "Invoke"}]}],
                "Properties": properties,
            },
        )
        yield (
            "FunctionAppLogs",
            {"TimeGenerated": COMMON["TimeGenerated"], "Level": "Error", "FunctionName": called}
            | {"Category": f"Function.{function}", "Message": f"{method} {path} of {client}: {said}"}
            | {"ExceptionMessage": said, "ExceptionDetails": f"{said} ---> {client}, {OPEN}"},
        )
    yield (
        "AppDependencies",
        common
        | {"Name": f"{method} {path}", "Target": client, "Data": url, "OperationName": called}
        | {"Properties": properties},
    )


ALL = [
    (table, row)
    for request in REQUESTS
    for outcome in OUTCOMES
    for client in (ADDRESS, IPV6)
    for table, row in rows(*request, outcome, client)
]


def test_no_row_that_is_kept_tells_of_a_reader_or_of_whom_an_admin_looked_up() -> None:
    before = "".join(json.dumps(row) for _, row in ALL)
    assert {word for word in PRIVATE if word not in before} == set()  # else nothing is shown by what follows
    kept = "".join(json.dumps(transform(table, row)) for table, row in ALL)
    assert {word for word in PRIVATE if word.lower() in kept.lower()} == set()
    assert {table for table, _ in ALL} == set(TABLES)


@pytest.mark.parametrize("table", [table for table in TABLES if table.startswith("App")])
def test_every_column_of_a_client_is_emptied(table: str) -> None:
    for name, row in ALL:
        if name == table:
            kept = transform(table, row)
            assert {kept[column] for column in kept if column.startswith(("Client", "User", "Session"))} == {
                ""
            }


# What may stay as it came: no request's words get there.
KEPT = {
    "ids": "Id IKey OperationId ParentId ReferencedItemId ResourceGUID TenantId _ResourceId _SubscriptionId",
    "of the host's own rows": "ActivityId AppName Category EventName FunctionInvocationId FunctionName "
    "HostInstanceId HostVersion Level Location RoleInstance",
    "names of the platform's and ours": "AppRoleInstance AppRoleName AppVersion DependencyType "
    "ReferencedType ResultCode SDKVersion SourceSystem SyntheticSource Type _IsBillable",
    "places in the code": "Assembly ExceptionType HandledAt InnermostAssembly InnermostMethod InnermostType "
    "Method OuterAssembly OuterMethod OuterType",
    "numbers": "Measurements",
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("word", [ADDRESS, IPV6, OPEN, PERSON], ids=["address", "ipv6", "token", "person"])
def test_no_column_that_the_table_has_is_forgotten(table: str, word: str) -> None:
    columns = json.loads((ROOT / "tools" / "kql" / "tables.json").read_text(encoding="utf-8"))[table]
    kinds = {name: kind for name, kind in re.findall(r"(\w+): (\w+)", columns)}
    row = {name: {"said": word} if kind == "dynamic" else word for name, kind in kinds.items()}
    told = {name for name, value in transform(table, row).items() if word in json.dumps(value)}
    numbers = {name for name, kind in kinds.items() if kind not in ("string", "dynamic")}
    assert told - numbers <= set(" ".join(KEPT.values()).split())


def test_what_alerts_and_people_who_search_for_a_fault_need_is_kept() -> None:
    for table, row in ALL:
        kept = transform(table, row)
        same = {"TimeGenerated", "OperationId", "ItemCount", "ResultCode", "ExceptionType", "SeverityLevel"}
        assert {name: kept[name] for name in same & set(row)} == {name: row[name] for name in same & set(row)}
    plain = dict(ALL)["AppTraces"] | {
        "Properties": {"Category": "Host.Startup"},
        "OperationName": "track_open",
    }
    for message in (
        *log_lines(),
        "Executing 'Functions.objection_choose' (Id=7b1c0b36-6c4b-4c2c-9a57-1a6a34cf0c2d)",
    ):
        assert transform("AppTraces", plain | {"Message": message}) == {
            **plain,
            **{name: "" for name in plain if name.startswith(("Client", "User", "Session"))},
            "Message": message,
        }


def test_an_event_that_is_in_the_log_alone_is_still_there_to_be_replayed() -> None:
    events = [Event(1_800_000_000_000 + n, 0, n, 0, 0, 0, "Mozilla/5 Windows") for n in range(200)]
    [entry] = pack(_MESSAGE, "00000001-writer-1", events)
    line = f"an entry is not stored yet: {write_record(entry)}"
    row: dict[str, Any] = dict(ALL)["AppTraces"] | {"Message": line}
    assert list(read_records(transform("AppTraces", row)["Message"])) == [entry]


def test_every_route_has_its_rows() -> None:
    assert {function for function, *_ in REQUESTS} == {
        "zz_rest",
        *(route.handler.__name__ for route in declared()),
    }
    assert not [path for *_, path in REQUESTS if "{" in path]


def test_the_host_tells_nothing_of_a_single_request() -> None:
    """Anybody may send one, to whichever route. What the app itself says goes by the console where no sign-in
    is needed, which is nobody's request."""
    levels = json.loads((ROOT / "host.json").read_text())["logging"]["logLevel"]
    said = {"default": "Information", "Host.Results": "None"}
    said |= {"Function.zz_rest": "Warning", "Function.zz_rest.User": "None"}
    for route in declared():
        name = f"Function.{route.handler.__name__}"
        said |= {name: "Warning", f"{name}.User": "None" if route.who is ANYONE else "Information"}
    assert levels == said


def test_every_transformation_is_part_of_the_workspaces_rule() -> None:
    template = (FOLDER.parent / "monitoring.bicep").read_text()
    assert {path.stem for path in FOLDER.glob("*.kql")} == set(TABLES)
    for table in TABLES:
        assert f"{{ name: '{table}', kql: loadTextContent('transformations/{table}.kql') }}" in template
    assert "kind: 'WorkspaceTransforms'" in template
    assert "defaultRuleId: nobodyInLogs.id" in template


@pytest.mark.parametrize(
    "text",
    [
        "source | summarize count()",
        'source | extend A = replace_regex(A, "a", "b")',
        'source | extend B = ""',
    ],
)
def test_what_a_transformation_may_not_say_is_refused(text: str) -> None:
    with pytest.raises(NotSupported):
        evaluate(text, {"A": "a"})
