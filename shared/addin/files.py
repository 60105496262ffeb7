"""What may be asked for below /addin, and what a browser may do with it.

The folder is listed once; a request's path is looked up in that list and never becomes a path, so there is
nothing that a cleverly written one could reach.

The Functions host compresses nothing: the build leaves a compressed twin (`.gz`) beside each text file.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.addin.fields import fill
from shared.addin.policy import policy_for
from shared.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent.parent / "public"
TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}
# What a whole build has at least; without them the folder is none.
TEMPLATES = ("dialog.html", "events.html", "manifest.json", "manifest.xml", "pages.html", "pane.html")
NAMED = (*TEMPLATES, "events.js")

_ALWAYS_ASK = "no-cache"
_DAY = "public, max-age=86400"
_FOR_EVER = "public, max-age=31536000, immutable"
_NO_GZIP = re.compile(r"q=0(\.0*)?\Z")


class NotBuilt(Exception):
    """There is no add-in to serve; `python3 dev.py build` makes it."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is sent. `packed` is the same, compressed; None where that would gain nothing."""

    plain: bytes
    packed: bytes | None
    tag: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Served:
    """An answer: 200, or 304 where the browser has it already."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Files:
    """The files of one build, for one deployment. Thread-safe."""

    def __init__(self, settings: Settings, folder: Path = FOLDER) -> None:
        self.settings = settings
        self.paths, self.twins = _list_files(folder)
        self.lock = threading.Lock()
        self.contents: dict[str, Content] = {}

    def find(self, name: str, accept_encoding: str = "", if_none_match: str = "") -> Served | None:
        """The file `name`, None where there is no such. The headers are the request's. Raises NotBuilt."""
        if name not in self.paths:
            if name in NAMED:
                raise NotBuilt
            return None
        content = self._content(name)
        headers = {**content.headers, "ETag": content.tag}
        if content.packed is not None:
            headers["Vary"] = "Accept-Encoding"
        if _has(if_none_match, content.tag):
            return Served(304, b"", headers)
        if content.packed is not None and _takes_gzip(accept_encoding):
            return Served(200, content.packed, {**headers, "Content-Encoding": "gzip"})
        return Served(200, content.plain, headers)

    def _content(self, name: str) -> Content:
        with self.lock:
            if name not in self.contents:
                self.contents[name] = self._read(name)
            return self.contents[name]

    def _read(self, name: str) -> Content:
        plain = self.paths[name].read_bytes()
        twin = self.twins.get(name)
        packed = twin.read_bytes() if twin else None
        if name in TEMPLATES:
            plain = fill(plain.decode(), name, self.settings).encode()
            packed = gzip.compress(plain, mtime=0)
        # Weak, since the compressed twin has the same: it is for asking whether anything changed.
        tag = f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"'
        return Content(plain, packed, tag, _headers(name, self.settings))


def _list_files(folder: Path) -> tuple[Mapping[str, Path], Mapping[str, Path]]:
    """What the folder holds, by what it is called in a URL: the files, and their compressed twins."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    files = {name: path for name, path in named.items() if name.rpartition(".")[2] in TYPES}
    return files, {name: named[f"{name}.gz"] for name in files if f"{name}.gz" in named}


def _headers(name: str, settings: Settings) -> Mapping[str, str]:
    suffix = name.rpartition(".")[2]
    headers = {
        "Content-Type": TYPES[suffix],
        "Cache-Control": _lifetime(name),
    }
    if suffix == "html":
        # No X-Frame-Options, which knows no list: frame-ancestors says who may.
        return headers | {"Content-Security-Policy": policy_for(name, settings)}
    if name.startswith("icons/"):
        # Outlook's own page shows them.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return headers


def _lifetime(name: str) -> str:
    if name.startswith("assets/"):
        return _FOR_EVER  # its name holds a hash of its content
    if name.startswith("icons/") or name == "events.js":
        return _DAY  # Office refuses icons that may not be cached
    return _ALWAYS_ASK


def _has(if_none_match: str, tag: str) -> bool:
    opaque = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in (opaque, "*") for one in if_none_match.split(","))


def _takes_gzip(accept_encoding: str) -> bool:
    for one in accept_encoding.lower().split(","):
        name, _, weight = one.replace(" ", "").partition(";")
        if name in ("gzip", "x-gzip", "*"):
            return not _NO_GZIP.match(weight)
    return False
