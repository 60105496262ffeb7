"""One throw-away certificate authority, and the server certificate for loopback it vouches for."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.exceptions import InvalidSignature

HOSTS = ("localhost", "127.0.0.1", "::1")
_CERTIFICATE = re.compile(b"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n", re.DOTALL)
_MARGIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files: `ca` for those who connect, `server` (key, certificate, authority) for the server."""

    ca: Path
    server: Path


def issue(folder: Path) -> Certificates:
    """The certificates in `folder`, made if they are missing, spoilt or about to expire.

    Everything is on loopback, so the one authority is a whole REQUESTS_CA_BUNDLE.
    """
    folder.mkdir(parents=True, exist_ok=True)
    certificates = Certificates(folder / "ca.pem", folder / "server.pem")
    if not _lasts(certificates.server):
        certificates.server.unlink(missing_ok=True)
        _write_first(certificates.server, _make())
    # server.pem is the one truth: of two processes that start at once, both serve the first one's.
    authority = _CERTIFICATE.findall(certificates.server.read_bytes())[-1]
    if not certificates.ca.exists() or certificates.ca.read_bytes() != authority:
        _replace(certificates.ca, authority)
    return certificates


def _make() -> bytes:
    authority = trustme.CA(organization_name="Rollcall sandbox")
    server = authority.issue_cert(*HOSTS, organization_name="Rollcall sandbox")
    return server.private_key_and_cert_chain_pem.bytes() + authority.cert_pem.bytes()


def _lasts(path: Path) -> bool:
    """Whether `path` holds a certificate for every host and its authority, good for another day."""
    if not path.exists():
        return False
    try:
        server, authority = map(x509.load_pem_x509_certificate, _CERTIFICATE.findall(path.read_bytes()))
        server.verify_directly_issued_by(authority)
        names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    covered = {str(name.value) for name in names}
    ends_at = min(server.not_valid_after_utc, authority.not_valid_after_utc)
    return covered >= set(HOSTS) and ends_at > datetime.now(UTC) + _MARGIN


def _write_first(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, unless somebody else was first."""
    draft = _draft(path, content)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _replace(path: Path, content: bytes) -> None:
    _draft(path, content).replace(path)


def _draft(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return Path(name)
