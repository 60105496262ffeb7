"""The newest hashes in a container of blobs, and what they find that the trail alone does not tell."""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from routes.timers import keep
from shared.adapters.storage.anchors import Anchor, AnchorContainer, BlobKey
from shared.adapters.storage.rest import Service, key_of
from shared.adapters.storage.tables.audit import AuditTable
from shared.audit import Audit
from shared.errors import SettingsError, StoreUnavailable
from shared.record_kinds import Kind
from shared.services.process import services
from tests.support.api import SALES, Api
from tests.support.memory_trail import MemoryTrail
from tests.support.trails import NOW
from tools import verify_audit
from tools.verify_audit import Finding, heads_of, proof_of, verify

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def url(azurite: str) -> str:
    """A new container's URL, as Azurite has it."""
    [endpoint] = re.findall(r"BlobEndpoint=([^;]+)", azurite)
    return f"{endpoint.rstrip('/')}/anchors-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def service(url: str, azurite: str) -> Service:
    """The container, which is made."""
    service = Service(url, BlobKey(*key_of(azurite)))
    assert service.send("PUT", "", "restype=container").status == 201
    return service


@pytest.fixture
def container(service: Service) -> AnchorContainer:
    return AnchorContainer(service)


@pytest.fixture
def anchored(url: str, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The app's own services, with anchors set to the container."""
    monkeypatch.setenv("ROLLCALL_AUDIT_ANCHORS_URL", url)
    services.cache_clear()
    yield url
    services.cache_clear()


def put(service: Service, name: str, body: bytes, more: dict[str, str] | None = None) -> int:
    """The answer to whoever may write there."""
    block = {"x-ms-blob-type": "BlockBlob", "Content-Length": str(len(body))}
    return service.send("PUT", f"/{name}", "", body, block | (more or {})).status


def verified(monkeypatch: pytest.MonkeyPatch, azurite: str, url: str) -> int:
    monkeypatch.delenv("ROLLCALL_TABLES_URL", raising=False)
    monkeypatch.setenv("ROLLCALL_STORAGE_CONNECTION", azurite)
    monkeypatch.setattr(sys, "argv", ["verify-audit", "--anchors", url])
    return verify_audit.main()


def test_what_was_kept_is_read_again_oldest_first_and_from_then_on(container: AnchorContainer) -> None:
    for day in (2, 0, 1):
        container.keep(NOW + timedelta(days=day), {"a" * 16: [day, "0" * 64]})
    assert [anchor.at for anchor in container.read(NOW)] == [NOW + timedelta(days=day) for day in range(3)]
    assert [*heads_of(container.read(NOW + timedelta(days=2)))] == [("a" * 16, 2, "0" * 64)]


def test_a_blob_is_made_once_and_its_retry_is_no_fault(container: AnchorContainer, service: Service) -> None:
    heads: dict[str, list[object]] = {"a" * 16: [1, "0" * 64]}
    container.keep(NOW, heads)
    container.keep(NOW, heads)
    [anchor] = container.read(LONG_AGO)
    assert put(service, anchor.name, b"{}", {"If-None-Match": "*"}) == 409


def test_what_is_not_what_its_name_says_is_told_and_strangers_are_passed(
    container: AnchorContainer, service: Service
) -> None:
    container.keep(NOW, {"a" * 16: [1, "0" * 64]})
    [anchor] = container.read(LONG_AGO)
    for name in (anchor.name, "notes.txt", f"99999999T999999999999Z-{'0' * 64}.json"):
        assert put(service, name, b'{"b": [1, "2"]}') == 201
    assert [*container.read(LONG_AGO)] == [Anchor(anchor.name, NOW, None)]


def test_a_container_that_is_not_there_is_said_and_the_trail_is_anchored_all_the_same(
    url: str, azurite: str
) -> None:
    trail = MemoryTrail()
    audit = Audit(trail, lambda: NOW, "", anchors=AnchorContainer.by_connection(url, azurite))
    audit.note(Kind.EXPANDED, "mia")
    with pytest.raises(StoreUnavailable):
        audit.anchor()
    assert trail.records[-1].kind == Kind.ANCHORED


def test_after_a_day_that_failed_the_next_ones_hashes_hold_it_too(container: AnchorContainer) -> None:
    class Refusing:
        def keep(self, at: datetime, heads: object) -> None:
            raise StoreUnavailable

    trail, clock = MemoryTrail(), [NOW - timedelta(hours=2)]
    Audit(trail, lambda: clock[0], "").note(Kind.EXPANDED, "mia")
    clock[0] = NOW
    failing = Audit(trail, lambda: clock[0], "", anchors=Refusing())
    with pytest.raises(StoreUnavailable):
        failing.anchor()
    clock[0] += timedelta(days=1)
    Audit(trail, lambda: clock[0], "", anchors=container).anchor()
    heads = [*heads_of(container.read(LONG_AGO))]
    assert verify(trail.records, heads) == []
    first = trail.records[0].chain
    assert first not in {chain for chain, _, _ in heads}
    # The first chain is gone: the second one's record tells of it, and the blob of that.
    left = [record for record in trail.records if record.chain != first]
    assert Finding("removed", first, 1) in verify(left, heads)


def test_a_trail_that_was_written_anew_as_a_whole_is_found_by_the_blobs_alone(
    container: AnchorContainer,
) -> None:
    trail = MemoryTrail()
    Audit(trail, lambda: NOW, "", anchors=container).note(Kind.EXPANDED, "mia")
    audit = Audit(trail, lambda: NOW, "", anchors=container)
    audit.anchor()
    anew = MemoryTrail()
    Audit(anew, lambda: NOW, "").note(Kind.EXPANDED, "noah")
    assert verify(anew.records) == []
    found = verify(anew.records, heads_of(container.read(LONG_AGO)))
    assert {one.what for one in found} == {"removed"}


def test_the_timer_keeps_the_hashes_and_the_command_holds_them_against_the_trail(
    table: AuditTable,
    api: Api,
    anchored: str,
    azurite: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    services().audit.note(Kind.EXPANDED, "mia", SALES)
    keep()
    keep()
    assert verified(monkeypatch, azurite, anchored) == 0
    said = capsys.readouterr().out
    assert "The container has no policy" in said
    assert "2 blobs, from " in said
    assert said.endswith(", 0 findings.\n")
    container = AnchorContainer.by_connection(anchored, azurite)
    container.keep(datetime.now(UTC), {"f" * 16: [7, "0" * 64]})
    assert verified(monkeypatch, azurite, anchored) == 1
    assert f"removed: record 7 of chain {'f' * 16}" in capsys.readouterr().out


def test_the_command_tells_of_a_blob_that_was_changed(
    table: AuditTable,
    container: AnchorContainer,
    service: Service,
    url: str,
    azurite: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    container.keep(datetime.now(UTC), {})
    [anchor] = container.read(LONG_AGO)
    assert put(service, anchor.name, json.dumps({"a": [1, "2"]}).encode()) == 201
    assert verified(monkeypatch, azurite, url) == 1
    assert f"not what its name says: blob {anchor.name}" in capsys.readouterr().out


def test_without_a_blob_the_command_says_that_nothing_is_proved() -> None:
    [policy, nothing] = proof_of([], NOW, has_policy=False)
    assert "no policy" in policy
    assert "everything" in nothing


def test_how_far_apart_the_blobs_are_is_said_and_how_old_the_newest_is() -> None:
    anchors = [Anchor(str(day), NOW + timedelta(days=day), {}) for day in (0, 1, 4)]
    said = list(proof_of(anchors, NOW + timedelta(days=4, hours=5), has_policy=True))
    assert "3 blobs" in said[-1]
    assert "72 hours apart" in said[-1]
    assert "the 5 hours since the last" in said[-1]


@pytest.mark.parametrize(
    "url", ["http://x.blob.example/anchors", "https://x.blob.example/", "https://x/a?sig=1"]
)
def test_a_url_that_is_no_container_is_refused_by_the_settings_name(
    url: str, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_AUDIT_ANCHORS_URL", url)
    services.cache_clear()
    with pytest.raises(SettingsError, match="ROLLCALL_AUDIT_ANCHORS_URL"):
        services()
    services.cache_clear()
