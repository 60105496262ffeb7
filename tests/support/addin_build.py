"""A small build of the add-in, and what is asked of its files."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.addin.files import TEMPLATES, Files, Served
from tests.support.environment import settings

OFFICE, CDN = (
    "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
    "https://appsforoffice.microsoft.com",
)
PAGE = (
    '<!doctype html><script type="application/json" id="config">{{config}}</script>'
    '<script src="{{office_js}}"></script>'
)
XML = "<a id='{{addin_id}}' host='{{host}}'><b>{{origin}}/addin/pane.html</b><c>{{support_url}}</c></a>"
JSON = '{"id": "{{addin_id}}", "v": "{{version}}", "client": "{{client_id}}", "resource": "{{api_resource}}"}'
SCRIPT = "console.log(1);" * 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small build, in a folder whose neighbour is a secret."""
    built = tmp_path_factory.mktemp("build") / "public"
    texts = {name: PAGE for name in TEMPLATES if name.endswith(".html")}
    texts |= {"manifest.xml": XML, "manifest.json": JSON, "events.js": "1", "assets/pane-AB12.js": SCRIPT}
    texts |= {"icons/icon-16.png": "png", "notes.sh": "#!/bin/sh"}
    for name, text in texts.items():
        path = built / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if name.endswith((".html", ".js")):
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode()))
    (built.parent / "secret.js").write_text("canary")
    (built / "link.js").symlink_to(built.parent / "secret.js")
    return built


@pytest.fixture
def built(folder: Path) -> Files:
    return Files(settings(), folder)


def get(built: Files, name: str, **headers: str) -> Served:
    found = built.find(name, **headers)
    assert found is not None, name
    return found


def rules(served: Served) -> Mapping[str, list[str]]:
    """A policy's directives."""
    words = [rule.split() for rule in served.headers["Content-Security-Policy"].split("; ")]
    return {name: sources for name, *sources in words}
