"""The tombstone: what is in it, and that it leads old links on, and nobody else, by itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from shared.tracking.mail.tokens import Click, Keyring, Opening, Signer
from shared.web import response
from tests.support.api import ADA, Api
from tests.support.tracked_mails import register
from tools import tombstone

ROOT = Path(__file__).parents[2]
TARGET = "https://company.com/news"
WITHDRAWN, CORRECTED = "a" * 32, "b" * 32
LINKS: dict[str, Any] = {
    "rows": [
        {
            "message_id": WITHDRAWN,
            "link": None,
            "target": None,
            "by_admin": True,
            "at": "2026-05-04T10:00:00Z",
        },
        {
            "message_id": CORRECTED,
            "link": 3,
            "target": "https://company.com/corrected",
            "by_admin": False,
            "at": "2026-05-04T10:00:00.123456Z",
        },
    ],
    "next": None,
    "total": 2,
}


def pack(folder: Path, links: Any = None) -> Path:
    """An unpacked package, in a folder that has nothing else."""
    given = None
    if links is not None:
        given = folder / "given.json"
        given.write_text(json.dumps(links))
    tombstone.build(folder / "tombstone.zip", given)
    with zipfile.ZipFile(folder / "tombstone.zip") as package:
        package.extractall(folder / "app")
    return folder / "app"


class Tombstone:
    """One that runs under the local host, in a process of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        environment = {name: text for name, text in os.environ.items() if not name.startswith("ROLLCALL_")}
        environment |= {"PYTHONPATH": str(ROOT), **settings}
        command = [sys.executable, "-m", "sandbox.host.host", "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        found = re.search(r"http://localhost:\d+", self.process.stdout.readline())
        assert found is not None
        self.origin = found[0]
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                requests.get(f"{self.origin}/p", timeout=5)
                return
            except requests.ConnectionError:
                time.sleep(0.05)

    def ask(self, path: str, method: str = "GET", **more: Any) -> requests.Response:
        return requests.request(method, self.origin + path, timeout=10, allow_redirects=False, **more)

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=10)


RING = Keyring.new().rotated()


@pytest.fixture(scope="module")
def stone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tombstone]:
    folder = pack(tmp_path_factory.mktemp("tombstone"), LINKS)
    settings = {"ROLLCALL_SIGNING_KEYS": RING.text(), "ROLLCALL_DENY_HOSTS": "evil.example, other.example"}
    made = Tombstone(folder, **settings)
    yield made
    made.end()


def link(message: str = "c" * 32, number: int = 3, target: str = TARGET, ring: Keyring = RING) -> str:
    return f"/c/{Signer(ring).sign_click(Click(message, 7, number, target))}"


def test_a_genuine_link_leads_on_whatever_key_signed_it(stone: Tombstone) -> None:
    for ring in (Keyring(RING.anchor, RING.keys[:1]), RING):
        for glued in ("", ".", "%3E"):
            answer = stone.ask(link(ring=ring) + glued)
            assert (answer.status_code, answer.headers["Location"]) == (302, TARGET)
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer.headers["Cache-Control"]
    assert stone.ask(link(), "HEAD").headers["Location"] == TARGET


def test_a_forged_link_leads_nowhere(stone: Tombstone) -> None:
    pixel = Signer(RING).sign_open(Opening("c" * 32, 7))
    for path in (link()[:-1], link(ring=Keyring.new()), f"/c/{pixel}", "/c/https://evil.example"):
        answer = stone.ask(path)
        assert answer.status_code == 404, path
        assert "Location" not in answer.headers


def test_what_was_withdrawn_stays_withdrawn_and_what_was_corrected_corrected(stone: Tombstone) -> None:
    assert stone.ask(link(WITHDRAWN)).status_code == 410
    assert stone.ask(link(CORRECTED)).headers["Location"] == "https://company.com/corrected"
    assert stone.ask(link(CORRECTED, 2)).headers["Location"] == TARGET
    answer = stone.ask(link(target="https://login.evil.example/"))
    assert answer.status_code == 410
    assert "text/html" in answer.headers["Content-Type"]


def test_the_pixel_is_an_image_and_the_notice_a_page_in_words(stone: Tombstone) -> None:
    opened = stone.ask("/o/anything")
    assert (opened.content, opened.headers["Content-Type"]) == (response._PIXEL, "image/gif")
    for path in ("/p", "/p/anything"):
        answer = stone.ask(path)
        assert answer.status_code == 200
        assert "Nothing is measured any more" in answer.text
    assert stone.ask("/p/anything", "POST", data={"choice": "object"}).status_code == 200
    assert stone.ask("/api/messages").status_code == 404


def test_it_holds_the_link_keys_alone_and_reads_tokens_by_rollcalls_own_module(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert (folder / "shared/tracking/mail/tokens.py").read_bytes() == (
        ROOT / "shared/tracking/mail/tokens.py"
    ).read_bytes()
    rooms = {name.split("/")[1] for name in held if name.startswith("shared/")}
    assert rooms <= {"__init__.py", "errors.py", "helpers.py", "paging.py", "tracking", "web"}
    assert len((folder / "function_app.py").read_text().splitlines()) < 130
    settings = re.findall(r"ROLLCALL_\w+", (folder / "function_app.py").read_text())
    assert set(settings) == {"ROLLCALL_SIGNING_KEYS", "ROLLCALL_DENY_HOSTS"}
    assert (folder / "requirements.txt").read_text().splitlines()[0].startswith("azure-functions==")


def test_the_same_links_make_the_same_file(tmp_path: Path) -> None:
    given = tmp_path / "links.json"
    given.write_text(json.dumps(LINKS))
    one, other = (tombstone.build(tmp_path / name, given) for name in ("one.zip", "other.zip"))
    assert one == other


def test_without_keys_nothing_leads_anywhere_and_that_is_said(tmp_path: Path) -> None:
    stone = Tombstone(pack(tmp_path))
    try:
        answer = stone.ask(link())
        assert (answer.status_code, "Location" in answer.headers) == (503, False)
        assert stone.ask("/o/x").status_code == 200
    finally:
        stone.end()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"rows": [{}]}',
        '{"rows": ["x"]}',
        '{"title": "Unauthorized"}',
        json.dumps(LINKS | {"next": "abc"}),
        json.dumps({"rows": [LINKS["rows"][0] | {"at": "yesterday"}]}),
    ],
)
def test_a_file_that_is_not_all_links_is_refused(tmp_path: Path, text: str) -> None:
    given = tmp_path / "links.json"
    given.write_text(text)
    with pytest.raises(tombstone.NotLinks):
        tombstone.build(tmp_path / "tombstone.zip", given)


def test_what_an_admin_exports_is_what_the_tombstone_carries(api: Api, tmp_path: Path) -> None:
    mail = register(api, links=[TARGET, "https://company.com/jobs"])
    ada = api.as_person(ADA)
    ada.call("PUT", f"/api/messages/{mail['message_id']}/links/1", json={"target": None})
    answer = ada.call("GET", "/api/links?limit=10000")
    (tmp_path / "links.json").write_bytes(answer.content)
    kept = tombstone.read_links(tmp_path / "links.json")
    [row] = [row for row in kept["rows"] if row["message_id"] == mail["message_id"]]
    assert (row["link"], row["target"], row["by_admin"]) == (1, None, True)


def test_old_links_of_all_generations_lead_on_and_forged_ones_never(tmp_path: Path) -> None:
    """A hundredth of what `python tests/support/old_links.py` does."""
    folder = pack(tmp_path)
    script = ROOT / "tests" / "support" / "old_links.py"
    done = subprocess.run(
        [sys.executable, str(script), str(folder), "1000"],
        capture_output=True,
        text=True,
        check=False,
        env={name: text for name, text in os.environ.items() if name != "PYTHONPATH"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1,000 genuine of 4 generations led on, none of 10,000 forged"
