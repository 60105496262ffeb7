"""What stands for a person, through the public door: in storage nothing that a mail shows."""

from __future__ import annotations

import base64
import hmac
from urllib.parse import urlsplit

import pytest

from shared.adapters.storage.tables.opt_outs import OptOutTable
from shared.services.process import services
from shared.tracking.mail.tokens import Keyring
from tests.support.api import ADA, Api
from tests.support.people import USER, choose, person, sent_mail, set_of, walk
from tests.support.tracked_mails import visit


def rows() -> frozenset[str]:
    """The objections as storage has them."""
    return OptOutTable(services().tracking.account.tables).read()


def raw(url: str) -> bytes:
    """The bytes of the token in a URL."""
    return base64.urlsafe_b64decode(urlsplit(url).path.rpartition("/")[2][:-1] + "==")


def test_what_storage_keeps_of_an_objection_is_in_no_mail(individual: Api) -> None:
    mails = [set_of(sent_mail(individual), USER) for _ in range(2)]
    before = rows()
    choose(mails[0]["notice_url"], "object")
    [kept] = rows() - before
    digest = bytes.fromhex(kept.rpartition("-")[2])
    tokens = [
        raw(url) for mail in mails for url in (mail["pixel_url"], mail["notice_url"], *mail["links"].values())
    ]
    assert len(tokens) == 10
    assert not any(digest in token for token in tokens)
    people = [token[21:29] for token in tokens]
    assert len(set(people)) > len(people) // 2  # of one mail's links, all are masked alike
    assert set(people[:5]).isdisjoint(people[5:])
    individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection")


def test_a_mail_and_an_objection_of_an_earlier_version_go_together(
    individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring.new()
    monkeypatch.setenv("ROLLCALL_SIGNING_KEYS", keyring.text())
    services.cache_clear()
    body = sent_mail(individual)
    anchored = hmac.digest(keyring.anchor, b"rollcall token: person", "sha256")
    shown = hmac.digest(anchored, USER.encode(), "sha256")[:8]
    head = b"\x01" + bytes.fromhex(body["message_id"]) + (2).to_bytes(4) + shown
    key = hmac.digest(keyring.keys[0], b"rollcall token: open", "sha256")
    mac = hmac.digest(key, head, "sha256")[:16]
    pixel = f"{individual.origin}/o/{base64.urlsafe_b64encode(head + mac).decode().rstrip('=')}"
    OptOutTable(services().tracking.account.tables).add(f"person-{shown.hex()}")
    services.cache_clear()
    for url in (pixel, set_of(body, USER)["pixel_url"]):
        visit(url)
    assert list(services().tracking.journal_table.read(body["message_id"])) == []
    assert walk(individual, "GET", USER)[0]["objected_at"]
    services().tracking.sweep()
    assert not any(row.startswith("person-") for row in rows())
    visit(pixel)
    assert list(services().tracking.journal_table.read(body["message_id"])) == []
    assert individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection").status_code == 200
    visit(pixel)
    assert len(list(services().tracking.journal_table.read(body["message_id"]))) == 1
