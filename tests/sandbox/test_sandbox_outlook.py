"""Outlook's stand-in, asked without a browser: what it serves, and to whom; the tokens it gives."""

from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from sandbox.outlook import addin, pages, sign_in
from sandbox.server.server import Running
from sandbox.stack.stack import node_program

MIA = "mia.sender@company.com"
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="MailApp">
 <VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides/1.1">
  <Runtimes><Runtime resid="Events"><Override type="javascript" resid="Script"/></Runtime></Runtimes>
  <ExtensionPoint><Control xsi:type="Button" id="theButton"><Label resid="Label"/>
   <Icon><Image size="16" resid="Small"/><Image size="32" resid="Icon"/></Icon>
   <Action xsi:type="ShowTaskpane"><SourceLocation resid="Pane"/></Action></Control></ExtensionPoint>
  <LaunchEvents>
   <LaunchEvent Type="OnMessageSend" FunctionName="asked" SendMode="SoftBlock"/></LaunchEvents>
  <Resources><Image id="Icon" DefaultValue="http://localhost/i32.png"/>
   <Url id="Pane" DefaultValue="http://localhost/pane.html"/>
   <Url id="Events" DefaultValue="http://localhost/e.html"/>
   <Url id="Script" DefaultValue="http://localhost/e.js"/>
   <String id="Label" DefaultValue="Count them"/></Resources>
 </VersionOverrides>
</OfficeApp>"""


@pytest.fixture
def outlook(sandbox: Running) -> str:
    """The origin of the plain listener."""
    return sandbox.outlook_url.removesuffix("/outlook")


@pytest.fixture
def http_session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def token(session: requests.Session, outlook: str, sandbox: Running, **asked: object) -> requests.Response:
    backend = sandbox.world.tenant.client_id
    body = {
        "person": MIA,
        "client_id": sandbox.world.addin.client_id,
        "scope": f"api://{backend}/access_as_user",
        **asked,
    }
    return session.post(f"{outlook}/outlook/api/token", json=body, timeout=10)


def test_the_compose_window_and_its_files_are_served_without_tls(
    outlook: str, http_session: requests.Session
) -> None:
    page = http_session.get(f"{outlook}/outlook", timeout=10)
    assert page.headers["Content-Type"].startswith("text/html")
    for name in ("outlook.css", "compose/main.js", "worker.js", "icon.svg"):
        assert http_session.get(f"{outlook}/outlook/static/{name}", timeout=10).status_code == 200
    assert "window.Office" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/_sandbox/state",
            "/secrets",
            "/msi/token",
            "/v1.0/users",
            "/v1.0/$batch",
            "/common/discovery",
        ),
        *("/EWS/Exchange.asmx", "/outlook/static/../pages.py", "/outlook/static/%2e%2e/pages.py"),
        *("/outlook/static/compose.html", "/outlook/static/office", "/adminapi/v2.0/x"),
    ],
)
def test_nothing_else_of_the_tenant_is_served_without_tls(
    outlook: str, http_session: requests.Session, path: str
) -> None:
    assert http_session.get(f"{outlook}{path}", timeout=10).status_code in (404, 405)


def test_office_js_is_one_script_that_a_strict_policy_lets_run(
    outlook: str, http_session: requests.Session, tmp_path: Path
) -> None:
    script = http_session.get(f"{outlook}/office.js", timeout=10)
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert not [word for word in ("eval(", "new Function", "innerHTML", "fetch(") if word in script.text]
    path = tmp_path / "office.js"
    path.write_text(script.text, encoding="utf-8")
    check = subprocess.run(
        [node_program(), "--check", str(path)], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stderr


@pytest.mark.parametrize("path", sorted(pages.STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_every_script_is_small_and_parses(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    if path.parent.name == "compose":
        module = tmp_path / "module.mjs"
        module.write_text(text, encoding="utf-8")
        check = subprocess.run(
            [node_program(), "--check", str(module)], capture_output=True, text=True, check=False
        )
        assert check.returncode == 0, check.stderr


def test_the_compose_window_may_load_nothing_but_its_own_and_the_apps(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    sandbox.world.app_url = "http://localhost:7071"
    policy = http_session.get(f"{outlook}/outlook", timeout=10).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "img-src 'self' data: blob: http://localhost:7071;" in policy
    assert "frame-src 'self' http://localhost:7071;" in policy
    assert "connect-src 'self';" in policy


def test_other_host_names_and_pages_of_other_origins_are_refused(
    outlook: str, http_session: requests.Session
) -> None:
    start = f"{outlook}/outlook/api/start"
    assert http_session.get(start, headers={"Host": "evil.example:8444"}, timeout=10).status_code == 421
    assert http_session.get(start, headers={"Origin": "http://evil.example"}, timeout=10).status_code == 403
    assert http_session.get(start, headers={"Origin": outlook}, timeout=10).status_code == 200


def test_a_form_of_another_page_cannot_change_anything(outlook: str, http_session: requests.Session) -> None:
    answer = http_session.post(f"{outlook}/outlook/api/reset", data={"a": "b"}, timeout=10)
    assert answer.status_code == 415


@pytest.mark.parametrize("name", ["send", "token", "act", "speed", "client", "resolve"])
def test_a_malformed_request_is_answered_with_what_is_wrong(
    outlook: str, http_session: requests.Session, name: str
) -> None:
    bodies: list[object] = [[], {}, {"speed": "x", "copy": 1, "kind": "no", "address": "a"}]
    for body in bodies:
        answer = http_session.post(f"{outlook}/outlook/api/{name}", json=body, timeout=10)
        assert answer.status_code == 400


def test_the_add_in_is_signed_in_with_the_account_of_its_host(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    given = token(http_session, outlook, sandbox).json()
    claims = sandbox.world.keys.read(given["token"]["access_token"])
    assert (claims["aud"], claims["scp"]) == (sandbox.world.tenant.client_id, "access_as_user")
    assert claims["roles"] == ["Rollcall.Sender"]
    assert given["account"]["homeAccountId"] == f"{claims['oid']}.{claims['tid']}"
    assert given["account"]["environment"] == sandbox.origin.removeprefix("https://")
    assert sandbox.world.keys.read(given["token"]["id_token"])["preferred_username"] == MIA


def test_a_token_to_send_mail_is_for_graph_and_for_the_add_in_alone(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    scope = "https://graph.microsoft.com/Mail.Send"
    given = token(http_session, outlook, sandbox, scope=scope).json()["token"]
    claims = sandbox.world.keys.read(given["access_token"])
    assert (claims["aud"], claims["scp"]) == ("https://graph.microsoft.com", "Mail.Send")
    backend = token(http_session, outlook, sandbox, scope=scope, client_id=sandbox.world.tenant.client_id)
    assert backend.status_code == 400


def test_what_is_not_consented_to_needs_a_person_who_agrees(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    sandbox.world.switches.set(consent_missing=["Mail.Send"])
    scope = "https://graph.microsoft.com/Mail.Send"
    silent = token(http_session, outlook, sandbox, scope=scope)
    assert (silent.status_code, silent.json()["interaction"]) == (400, True)
    assert token(http_session, outlook, sandbox, scope=scope, interactive=True).status_code == 200
    assert token(http_session, outlook, sandbox, scope=scope).status_code == 200


def test_an_account_that_needs_another_factor_signs_in_once(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    sandbox.world.switches.set(account=MIA, mfa_required=True)
    assert token(http_session, outlook, sandbox).json()["interaction"] is True
    assert token(http_session, outlook, sandbox, interactive=True).status_code == 200
    assert token(http_session, outlook, sandbox).status_code == 200


def test_a_disabled_account_gets_no_token_whoever_agrees(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    sandbox.world.switches.set(account=MIA, account_disabled=True)
    refused = token(http_session, outlook, sandbox, interactive=True)
    assert (refused.status_code, refused.json()["interaction"]) == (400, False)
    assert "AADSTS50057" in refused.json()["description"]


def test_the_account_is_described_as_msal_keeps_it(sandbox: Running) -> None:
    person = sandbox.world.find_person(MIA)
    assert person is not None
    assert sign_in.account(sandbox.world, person.id)["username"] == MIA


def test_recipients_are_resolved_as_outlook_does(
    sandbox: Running, outlook: str, http_session: requests.Session
) -> None:
    asked = ["Sales-Team@company.com", "user1@company.com", "grace.whitfield@fabrikam.com", "x@else.example"]
    body = {"addresses": [*asked, "nobody@company.com"]}
    found = http_session.post(f"{outlook}/outlook/api/resolve", json=body, timeout=10).json()["recipients"]
    kinds = [one["recipientType"] for one in found]
    assert kinds == ["distributionList", "user", "externalUser", "externalUser", "other"]
    assert found[0]["displayName"] == "Sales Team"


def test_the_app_is_told_apart_from_what_is_not_on_this_machine(
    sandbox: Running, http_session: requests.Session
) -> None:
    http_session.verify = str(sandbox.ca_path)
    url = f"{sandbox.origin}/_sandbox/app"
    told = http_session.put(url, json={"url": "http://localhost:7071/api"}, timeout=10)
    assert told.json() == {"url": "http://localhost:7071"}
    assert sandbox.world.app_url == "http://localhost:7071"
    assert http_session.put(url, json={"url": "https://app.example"}, timeout=10).status_code == 400
    assert http_session.get(url, timeout=10).json() == {"url": "http://localhost:7071"}


@pytest.fixture
def app_with_manifest() -> Iterator[str]:
    class App(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/addin/manifest.xml": MANIFEST.encode(), "/addin/events.html": b"<!doctype html>"}
            body = known.get(self.path)
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), App) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_the_add_in_is_what_the_apps_manifest_says(app_with_manifest: str) -> None:
    found = addin.read(app_with_manifest)
    assert (found.pane, found.events, found.script) == tuple(
        f"http://localhost/{name}" for name in ("pane.html", "e.html", "e.js")
    )
    assert (found.on_send, found.send_mode, found.has_events) == ("asked", "SoftBlock", True)
    assert (found.label, found.icon) == ("Count them", "http://localhost/i32.png")
    assert found.buttons == {"theButton": "Count them"}


def test_without_a_manifest_the_add_in_is_where_it_usually_is() -> None:
    found = addin.read("http://localhost:9")
    assert found.pane == "http://localhost:9/addin/pane.html"
    assert not found.has_events
