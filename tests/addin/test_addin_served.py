"""The add-in's files over HTTP."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from sandbox.host.host import Host
from shared.addin.files import Files
from shared.services.process import services
from tests.support.addin_build import folder

__all__ = ["folder"]


@pytest.fixture
def served(host: Host, folder: Path) -> Iterator[Host]:
    """The app with the small build."""
    services().__dict__["addin"] = Files(services().settings, folder)
    yield host
    services.cache_clear()


def test_the_add_in_is_served_below_its_own_path(served: Host) -> None:
    page = requests.get(f"{served.origin}/addin/pane.html", timeout=10)
    assert page.status_code == 200
    assert page.headers["content-encoding"] == "gzip"
    assert '"clientId":' in page.text
    tag = {"If-None-Match": page.headers["etag"]}
    again = requests.get(f"{served.origin}/addin/pane.html", headers=tag, timeout=10)
    assert (again.status_code, again.content) == (304, b"")
    icon = requests.get(f"{served.origin}/addin/icons/icon-16.png", timeout=10)
    assert (icon.headers["content-type"], icon.content) == ("image/png", b"png")
    head = requests.head(f"{served.origin}/addin/pane.html", timeout=10)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == page.headers["etag"]


@pytest.mark.parametrize("path", ["/addin", "/addin/", "/ADDIN"])
def test_the_bare_path_leads_to_the_pages_of_the_public_url(served: Host, path: str) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    answer = requests.get(f"{served.origin}{path}", headers=headers, timeout=10, allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{services().settings.public_url}/addin/pages.html"


def test_no_header_of_a_request_gets_into_an_answer(served: Host) -> None:
    names = ("Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "Forwarded", "Origin")
    headers = dict.fromkeys(names, "evil.example") | {"Accept-Encoding": "identity"}
    for path in ("pane.html", "manifest.xml", "manifest.json", "nothing.html"):
        answer = requests.get(f"{served.origin}/addin/{path}?evil.example", headers=headers, timeout=10)
        assert "evil.example" not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "path",
    [
        *("..%2fsecret.js", "%2e%2e/secret.js", "%2e%2e%2fsecret.js", "%252e%252e%252fsecret.js"),
        *("..%5csecret.js", "assets/..%2f..%2fsecret.js", "assets%2fpane-AB12.js", "pane.html%00.png"),
        *("pane.html%0d%0aSet-Cookie:%20x=1", "%ff%fe.js", "a" * 7000, "a" * 20000),
        "%ef%bc%8e%ef%bc%8e/secret.js",
    ],
    ids=lambda path: path[:30],
)
def test_no_spelling_of_a_path_reaches_another_file(served: Host, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(served.origin.rpartition(":")[2]), timeout=10)
    connection.putrequest("GET", f"/addin/{path}", skip_accept_encoding=True)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status in (400, 404, 414)
    assert b"canary" not in body
    assert answer.getheader("set-cookie") is None
    connection.close()


def test_a_missing_build_is_said_with_what_makes_it(host: Host, tmp_path: Path) -> None:
    services().__dict__["addin"] = Files(services().settings, tmp_path)
    answer = requests.get(f"{host.origin}/addin/pane.html", timeout=10)
    assert answer.status_code == 503
    assert "python3 dev.py build" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_with_settings_missing_a_page_says_so_and_no_more(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROLLCALL_CLIENT_ID")
    services.cache_clear()
    answer = requests.get(f"{host.origin}/addin/pane.html", timeout=10)
    assert answer.status_code == 503
    assert "ROLLCALL" not in answer.text
    assert "not set up completely" in answer.text


def test_outlook_is_told_which_script_it_may_run(host: Host) -> None:
    answer = requests.get(f"{host.origin}/.well-known/microsoft-officeaddins-allowed.json", timeout=10)
    assert answer.json() == {"allowed": [f"{services().settings.public_url}/addin/events.js"]}
    assert "no-store" not in answer.headers["cache-control"]
