"""Programs made from the API's description by other people's generators: they compile, and they work."""

from __future__ import annotations

import compileall
import importlib
import json
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from routes.chapter import declared
from shared.api.openapi import document
from shared.services.process import services
from tests.support.api import SALES, Api
from tests.support.node import Node
from tools import addin

PACKAGE = "rollcall_client"
PROGRAM = """
import type {{ components, operations }} from "{types}";

type Any = components["schemas"]["AnyExpansion"];
type Finished = operations["expansions_create"]["responses"][200]["content"]["application/json"];
type Begun = operations["expansions_create"]["responses"][202]["content"]["application/json"];

export async function ask(origin: string, token: string, method: string, path: string, body?: object) {{
  const headers = {{ Authorization: `Bearer ${{token}}`, "Content-Type": "application/json" }};
  const sent = body ? {{ method, headers, body: JSON.stringify(body) }} : {{ method, headers }};
  const answer = await fetch(origin + path, sent);
  return {{ status: answer.status, value: answer.status === 204 ? null : await answer.json() }};
}}

// Both answers of a POST are one type, and what it holds follows from its state.
export function tell(answer: Any | Finished | Begun): string {{
  switch (answer.state) {{
    case "done":
      // @ts-expect-error what is done has no progress any more
      void answer.progress;
      return `${{answer.count.at_least}} by ${{answer.expires_at.slice(0, 2)}}`;
    case "running":
      return `running, ${{answer.progress.lists_done}} lists`;
    case "failed":
      return answer.failure.code;
  }}
}}
"""


@contextmanager
def slowly(api: Api, identifier: str) -> Iterator[None]:
    """An expansion of that id goes on meanwhile, and whoever asks for it as well waits for a moment only."""
    api.sandbox.world.faults.set([{"service": "graph", "path": "members", "delay": 1.5}])
    services().expansions.pace = replace(services().expansions.pace, join=0.1)
    walk = threading.Thread(target=api.expand, args=(SALES,), kwargs={"id": identifier})
    walk.start()
    while api.call("GET", f"/api/expansions/{identifier}").status_code == 404 and walk.is_alive():
        pass
    try:
        yield
    finally:
        walk.join()
        api.sandbox.world.faults.clear()


@pytest.fixture
def python_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What openapi-python-client makes of the description, as a package that can be imported."""
    description, package = tmp_path / "openapi.json", tmp_path / PACKAGE
    description.write_text(json.dumps(document(declared())))
    options = ["--path", str(description), "--output-path", str(package), "--meta", "none"]
    subprocess.run([sys.executable, "-m", "openapi_python_client", "generate", *options], check=True)
    monkeypatch.syspath_prepend(tmp_path)
    yield package
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_a_python_client_has_every_operation_and_gets_both_answers_of_a_post(
    api: Api, python_client: Path
) -> None:
    assert compileall.compile_dir(python_client, quiet=1)
    modules = {path.stem for path in python_client.glob("api/*/*.py")}
    described = document(declared())["paths"].values()
    assert {operation["operationId"] for item in described for operation in item.values()} <= modules

    def operation(chapter: str, name: str) -> Any:
        return importlib.import_module(f"{PACKAGE}.api.{chapter}.{name}")

    models = importlib.import_module(f"{PACKAGE}.models")
    made = importlib.import_module(PACKAGE)
    client = made.AuthenticatedClient(base_url=api.origin, token=api.sandbox.caller_token(api.person))
    with client:
        assert operation("about", "me").sync(client=client).roles == ["sender"]
        create, identifier = operation("expansions", "expansions_create"), str(uuid.uuid4())
        new = models.NewExpansion(addresses=[SALES], id=identifier)
        with slowly(api, identifier):
            begun = create.sync_detailed(client=client, body=new)
        assert (begun.status_code, type(begun.parsed)) == (202, models.RunningAnswer)
        assert begun.parsed.progress.started_at.tzinfo
        done = create.sync_detailed(client=client, body=new)
        assert (done.status_code, type(done.parsed)) == (200, models.ExpansionAnswer)
        assert (done.parsed.count.at_least, done.parsed.expires_at.tzinfo is not None) == (4, True)
        recipients = operation("expansions", "expansions_recipients").sync
        page = recipients(identifier, client=client, limit=3)
        rest = recipients(identifier, client=client, limit=3, after=page.next_)
        assert (len({row.address for row in (*page.rows, *rest.rows)}), page.total, rest.next_) == (
            4,
            4,
            None,
        )
        gone = operation("expansions", "expansions_delete").sync_detailed(identifier, client=client)
        assert gone.status_code == 204
        missing = operation("expansions", "expansions_get").sync(identifier, client=client)
        assert (type(missing), missing.code) == (models.ProblemAnswer, "not_found")


def test_a_typescript_client_compiles_strictly_and_gets_both_answers_of_a_post(
    api: Api, tmp_path: Path
) -> None:
    addin.install()
    addin.describe_api()
    program = tmp_path / "program.ts"
    program.write_text(PROGRAM.format(types=addin.TYPES.with_suffix("").as_posix()))
    options = {"strict": True, "noEmit": True, "target": "es2022", "lib": ["es2022", "dom"], "types": []}
    options |= {"module": "esnext", "moduleResolution": "bundler"}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["program.ts"]}))
    addin.check_types(tmp_path)
    identifier, token = str(uuid.uuid4()), api.sandbox.caller_token(api.person)
    with Node(program.read_text(), "--platform=node") as node:

        def ask(method: str, path: str, body: object = None) -> Any:
            return node.call("ask", api.origin, token, method, path, *([body] if body else []))

        new = {"addresses": [SALES], "id": identifier}
        with slowly(api, identifier):
            begun = ask("POST", "/api/expansions", new)
        assert begun["status"] == 202
        assert node.call("tell", begun["value"]).startswith("running, ")
        done = ask("POST", "/api/expansions", new)
        assert (done["status"], node.call("tell", done["value"])) == (200, "4 by 20")
        assert ask("DELETE", f"/api/expansions/{identifier}")["status"] == 204


def test_the_description_is_one_that_generators_understand() -> None:
    described = document(declared(), "https://rollcall.example.com")
    assert described["servers"] == [{"url": "https://rollcall.example.com"}]
    operations = [one for item in described["paths"].values() for one in item.values()]
    identifiers = [one["operationId"] for one in operations]
    assert len(set(identifiers)) == len(identifiers)
    assert all(identifier.replace("_", "").isalpha() and identifier.islower() for identifier in identifiers)
    assert {tag for one in operations for tag in one["tags"]} == {tag["name"] for tag in described["tags"]}
    schemas = described["components"]["schemas"]
    for name, schema in schemas.items():
        for field, said in schema.get("properties", {}).items():
            if field.endswith("_at") or field in ("at", "as_of"):
                assert said["format"] == "date-time", (name, field)
            kinds = [one.get("type") for one in said.get("anyOf", [])]
            assert kinds in ([], [None, "null"]), (name, field)  # a $ref that may be null has no other way
    post = described["paths"]["/api/expansions"]["post"]["responses"]
    both = {json.dumps(post[status]["content"]["application/json"]["schema"]) for status in ("200", "202")}
    assert both == {json.dumps({"$ref": "#/components/schemas/AnyExpansion"})}
    assert schemas["AnyExpansion"]["discriminator"]["propertyName"] == "state"
