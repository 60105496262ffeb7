"""Simulated mailboxes: whom a mail reaches, and what mail programs, scanners and people do with it."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from sandbox.mailboxes.agents import is_apps
from sandbox.mailboxes.mail import Outgoing
from sandbox.mailboxes.markup import find
from sandbox.mailboxes.readers import READERS, Does
from sandbox.server.server import Running

MIA = "mia.sender@company.com"
GUARD = "http://127.0.0.1:9"  # nobody listens there


@dataclass
class App:
    """An app that counts who asks for pixels and links."""

    url: str
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # path, user agent, network address

    def mail(self, *recipients: str, links: int = 4, html: str = "") -> Outgoing:
        anchors = "".join(f'<a href="{self.url}/c/token/{number}">link</a>' for number in range(links))
        return Outgoing(MIA, recipients, "News", html or f'{anchors}<img src="{self.url}/o/token">')


@pytest.fixture
def app(sandbox: Running) -> Iterator[App]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            agent, address = (self.headers.get(name, "") for name in ("User-Agent", "X-Forwarded-For"))
            made.asked.append((self.path, agent, address))
            self.send_response(302 if self.path.startswith("/c/") else 200)
            self.send_header("Location", f"{GUARD}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = App(f"http://localhost:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        sandbox.world.app_url = made.url
        sandbox.post_office.agents.speed = 1000
        yield made
        sandbox.post_office.forget()
        sandbox.post_office.agents.speed = 1
        server.shutdown()
        thread.join()


@pytest.fixture
def deliver(sandbox: Running) -> Callable[..., dict[str, Any]]:
    """Delivers, waits until every reader is done, and describes the mail."""

    def act(outgoing: Outgoing) -> dict[str, Any]:
        office = sandbox.post_office
        office.deliver(outgoing)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            mail: dict[str, Any] = office.describe()["mails"][0]
            if not any(copy["waits"] for copy in mail["copies"]):
                return mail
            time.sleep(0.01)
        raise TimeoutError("readers are still at work")

    return act


def addresses(mail: dict[str, Any]) -> list[str]:
    return [copy["address"] for copy in mail["copies"]]


def test_a_list_reaches_its_members_lists_in_lists_included(app: App, deliver: Any) -> None:
    mail = deliver(app.mail("Sales-Team@company.com"))
    assert addresses(mail) == [f"user{number}@company.com" for number in (1, 2, 3, 4)]


def test_nobody_gets_two_copies_and_a_circle_of_lists_ends(app: App, deliver: Any) -> None:
    typed = (
        "sales-team@company.com",
        "olivia.hart@company.com",
        "USER1@company.com",
        "project-a@company.com",
    )
    assert addresses(deliver(app.mail(*typed))).count("user1@company.com") == 1


def test_the_tenants_own_truth_reaches_whom_a_directory_does_not_show(app: App, deliver: Any) -> None:
    assert "sam.doyle@company.com" in addresses(deliver(app.mail("contractors@company.com")))
    hidden = addresses(deliver(app.mail("board@company.com")))
    assert hidden == ["ada.admin@company.com", "user3@company.com"]
    assert len(addresses(deliver(app.mail("everyone-dynamic@company.com")))) == 12


def test_contacts_and_guests_get_mail_devices_and_people_without_mailbox_do_not(
    app: App, deliver: Any
) -> None:
    reached = addresses(deliver(app.mail("all-company@company.com")))
    assert {"hannah.vogel@brightside-pr.example", "grace.whitfield@fabrikam.com"} <= set(reached)
    assert "warehouse-kiosk@company.com" not in reached


def test_an_unknown_address_of_the_tenant_bounces_one_elsewhere_arrives(app: App, deliver: Any) -> None:
    mail = deliver(app.mail("nobody@company.com", "stranger@else.example"))
    assert mail["undeliverable"] == ["nobody@company.com"]
    assert addresses(mail) == ["stranger@else.example"]


def test_each_kind_of_reader_asks_for_what_it_should(sandbox: Running, app: App, deliver: Any) -> None:
    for kind, reader in READERS.items():
        app.asked.clear()
        sandbox.post_office.choose("user1@company.com", kind)
        deliver(app.mail("user1@company.com"))
        opens = sum(path.startswith("/o/") for path, _, _ in app.asked)
        clicks = len(app.asked) - opens
        assert opens == sum(step.does is Does.IMAGES for step in reader.steps), kind
        expected = {Does.CLICK: 1, Does.CLICK_ALL: 4}
        assert clicks == sum(expected.get(step.does, 0) for step in reader.steps), kind


@pytest.mark.parametrize(
    ("kind", "agent", "network"),
    [
        ("apple", "Mozilla/5.0", "17.58."),
        ("gmail", "GoogleImageProxy", "66.249."),
        ("owa", "Edg/", "40.107."),
        ("outlook", "ms-office", "198.18."),
        ("gateway", "X11; Linux", "198.19."),
    ],
)
def test_requests_look_as_that_clients_do(
    sandbox: Running, app: App, deliver: Any, kind: str, agent: str, network: str
) -> None:
    sandbox.post_office.choose("user1@company.com", kind)
    deliver(app.mail("user1@company.com"))
    path, told, address = app.asked[0]
    assert (path, agent in told, address.startswith(network)) == ("/o/token", True, True)


def test_readers_have_networks_of_their_own(app: App, deliver: Any) -> None:
    deliver(app.mail("everyone-dynamic@company.com"))
    own = {address for _, _, address in app.asked if address.startswith("198.18.")}
    assert len(own) > 5


def test_only_the_app_on_this_machine_is_ever_asked(sandbox: Running, app: App, deliver: Any) -> None:
    html = (
        f'<a href="{GUARD}/a">a</a><a href="https://www.example.com/">b</a><img src="{GUARD}/x.png">'
        f'<a href="{app.url}@evil.example/">c</a><a href="{app.url}/c/token/1">d</a>'
    )
    sandbox.post_office.choose("user1@company.com", "gateway")
    mail = deliver(app.mail("user1@company.com", html=html))
    assert [path for path, _, _ in app.asked] == ["/c/token/1"]
    requests_made = [one for entry in mail["copies"][0]["log"] for one in entry.get("requests", [])]
    assert [one["url"] for one in requests_made if one["asked"]] == [f"{app.url}/c/token/1"]


def test_a_redirect_is_noted_and_not_followed(sandbox: Running, app: App, deliver: Any) -> None:
    sandbox.post_office.choose("user1@company.com", "outlook")
    mail = deliver(app.mail("user1@company.com"))
    clicked = mail["copies"][0]["log"][-1]["requests"][0]
    assert (clicked["status"], clicked["location"]) == (302, f"{GUARD}/elsewhere")


@pytest.mark.parametrize(
    ("url", "app_url", "expected"),
    [
        ("http://localhost:7071/c/x", "http://localhost:7071", True),
        ("http://localhost:7072/c/x", "http://localhost:7071", False),
        ("http://localhost:7071.evil.example/", "http://localhost:7071", False),
        ("http://localhost:7071@evil.example/", "http://localhost:7071", False),
        ("https://rollcall.example/c/x", "https://rollcall.example", False),
        ("http://localhost:bad/", "http://localhost:7071", False),
        ("http://localhost:7071/", "", False),
    ],
)
def test_whose_address_it_is(url: str, app_url: str, expected: bool) -> None:
    assert is_apps(url, app_url) is expected


def test_a_mail_can_be_opened_and_clicked_by_hand(sandbox: Running, app: App) -> None:
    office = sandbox.post_office
    office.choose("user1@company.com", "never")
    mail = office.deliver(app.mail("user1@company.com"))
    office.act(mail.copies[0].id, "open")
    office.act(mail.copies[0].id, "click", 2)
    deadline = time.monotonic() + 5
    while len(app.asked) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sorted(path for path, _, _ in app.asked) == ["/c/token/2", "/o/token"]


def test_time_can_stand_still(sandbox: Running, app: App) -> None:
    office = sandbox.post_office
    office.agents.speed = 0
    office.deliver(app.mail("sales-team@company.com"))
    time.sleep(0.2)
    assert not app.asked
    office.agents.speed = 1000
    deadline = time.monotonic() + 5
    while not app.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    assert app.asked


def test_loading_a_tenant_empties_the_mailboxes(sandbox: Running, app: App) -> None:
    office = sandbox.post_office
    office.agents.speed = 0
    office.deliver(app.mail("sales-team@company.com"))
    sandbox.world.load(sandbox.world.tenant)
    office.agents.speed = 1000
    time.sleep(0.1)
    assert office.describe()["total"] == 0
    assert not app.asked


def test_mailboxes_are_bounded(sandbox: Running, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    office = sandbox.post_office
    office.agents.speed = 0
    monkeypatch.setattr("sandbox.mailboxes.post_office.LIVING", 2)
    mail = office.deliver(app.mail("sales-team@company.com"))
    assert sum(copy.waits > 0 for copy in mail.copies) == 2
    maximum = office.mails.maxlen or 0
    for _ in range(maximum + 5):
        office.deliver(Outgoing(MIA, ["stranger@else.example"], "", ""))
    assert len(office.mails) == maximum


def test_what_was_delivered_is_told_over_http(sandbox: Running, app: App) -> None:
    base = f"{sandbox.outlook_url}/api"
    body = {"from": MIA, "recipients": ["sales-team@company.com"], "subject": "News", "html": app.mail().html}
    sent = requests.post(f"{base}/send", json=body, timeout=10).json()
    assert sent["recipients"] == 4
    told = requests.get(f"{base}/mailboxes", timeout=10).json()
    assert told["mails"][0]["id"] == sent["id"]
    assert requests.get(f"{base}/mails/{sent['id']}", timeout=10).json()["html"] == app.mail().html
    same = requests.get(f"{base}/mailboxes?version={sandbox.post_office.version}", timeout=10).json()
    assert "mails" not in same or same["version"] != told["version"]


def test_what_a_comment_hides_is_not_found() -> None:
    found = find(
        '<!-- <a href="http://a.example/">x</a> --><!--[if mso]><img src="http://b.example/p"><![endif]-->'
        '<A HREF="http://c.example/?a=1&amp;b=2">y</A><a href=http://d.example/>z</a>'
        '<a href="mailto:x@y">m</a>'
        '<img src="cid:1"><img src="HTTP://e.example/p">'
    )
    assert found.links == ("http://c.example/?a=1&b=2", "http://d.example/")
    assert found.images == ("HTTP://e.example/p",)


def test_no_more_is_told_at_once_than_is_of_use(
    sandbox: Running, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = sandbox.post_office
    office.agents.speed = 0
    monkeypatch.setattr("sandbox.mailboxes.post_office.SHOWN", 6)
    for _ in range(3):
        office.deliver(app.mail("sales-team@company.com"))
    told = office.describe()
    assert [len(mail["copies"]) for mail in told["mails"]] == [4, 2]
    assert (told["total"], told["mails"][1]["recipients"]) == (3, 4)
