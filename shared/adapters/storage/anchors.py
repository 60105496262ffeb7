"""The heads of the audit trail's chains in a container of Blob Storage, one small blob a day.

A time-based policy on the container keeps what was written there from everybody, whoever they are. It takes
nothing back, so a blob is made once, under a name that follows from what it holds.

Sources: "Authorize with Shared Key", "Put Blob", "List Blobs", "Get Container Properties",
learn.microsoft.com/rest/api/storageservices.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote
from xml.etree import ElementTree

from shared.adapters.storage.rest import Identity, Service, error_code, key_of, refused
from shared.errors import StoreUnavailable

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

_NAME = re.compile(r"(\d{8}T\d{12}Z)-([0-9a-f]{64})\.json")
_SIGNED = (
    *("Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date"),
    *("If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"),
)
_TIME = "%Y%m%dT%H%M%S%fZ"
_NEW = {"x-ms-blob-type": "BlockBlob", "Content-Type": "application/json", "If-None-Match": "*"}
# The same blob, from a request whose answer was lost.
_THERE = ("BlobAlreadyExists", "BlobImmutableDueToPolicy")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A blob of heads: number and hash of a record, by chain. None where it is not what its name says."""

    name: str
    at: datetime
    heads: Mapping[str, tuple[int, str]] | None


class BlobKey:
    """The account key, as blobs want it ("Shared Key"; Azurite takes no lighter one)."""

    def __init__(self, account: str, key: bytes) -> None:
        self._account = account
        self._key = key

    def headers(self, method: str, path: str, sent: Mapping[str, str]) -> Mapping[str, str]:
        said = [sent.get(name, "") for name in _SIGNED]
        ours = [f"{name}:{sent[name]}" for name in sorted(sent) if name.startswith("x-ms-")]
        path, _, query = path.partition("?")
        asked = [f"{name}:{value}" for name, value in sorted(parse_qsl(query, keep_blank_values=True))]
        text = "\n".join([method, *said, *ours, f"/{self._account}{path}", *asked])
        signature = base64.b64encode(hmac.digest(self._key, text.encode(), "sha256")).decode()
        return {"Authorization": f"SharedKey {self._account}:{signature}"}


class AnchorContainer:
    """Keeps heads. Every method may raise StoreUnavailable."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @classmethod
    def by_connection(cls, url: str, connection: str) -> AnchorContainer:
        """The container at that URL, with the account key of a connection string; for Azurite. Raises
        SettingsError."""
        return cls(Service(url, BlobKey(*key_of(connection))))

    @classmethod
    def by_identity(cls, url: str, credential: TokenCredential) -> AnchorContainer:
        """The container at that URL, with the app's own identity, or that of whoever is signed in."""
        return cls(Service(url, Identity(credential)))

    def keep(self, at: datetime, heads: Mapping[str, list[object]]) -> None:
        """Make a blob of number and hash of the newest record, by chain. It may be tried again."""
        body = json.dumps(heads, sort_keys=True).encode()
        name = f"{at.astimezone(UTC).strftime(_TIME)}-{hashlib.sha256(body).hexdigest()}.json"
        answer = self._service.send("PUT", f"/{name}", "", body, _NEW | {"Content-Length": str(len(body))})
        if answer.status != 201 and error_code(answer) not in _THERE:
            raise refused(answer)

    def read(self, since: datetime) -> Iterator[Anchor]:
        """The blobs that were made since then, oldest first. What has another name is none of ours."""
        for name in self._names():
            if (found := _NAME.fullmatch(name)) and (at := _time(found[1])) and at >= since:
                answer = self._service.send("GET", f"/{name}")
                if answer.status != 200:
                    raise refused(answer)
                yield Anchor(name, at, _heads(answer.body, found[2]))

    def has_policy(self) -> bool:
        """Whether the container has a policy that keeps what is in it; not whether that is locked."""
        answer = self._service.send("GET", "", "restype=container")
        if answer.status != 200:
            raise refused(answer)
        return answer.headers.get("x-ms-has-immutability-policy") == "true"

    def _names(self) -> Iterator[str]:
        marker = ""
        while True:
            query = f"comp=list&restype=container&marker={quote(marker, safe='')}"
            answer = self._service.send("GET", "", query)
            if answer.status != 200:
                raise refused(answer)
            try:
                page = ElementTree.fromstring(answer.body)
            except ElementTree.ParseError as error:
                raise StoreUnavailable from error
            yield from (blob.findtext("Name", "") for blob in page.iter("Blob"))
            marker = page.findtext("NextMarker") or ""
            if not marker:
                return


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


def _heads(body: bytes, digest: str) -> dict[str, tuple[int, str]] | None:
    if hashlib.sha256(body).hexdigest() != digest:
        return None
    try:
        return {chain: (int(number), str(hash)) for chain, (number, hash) in json.loads(body).items()}
    except (ValueError, TypeError, AttributeError):
        return None
