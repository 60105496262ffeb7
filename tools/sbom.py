"""What the package is made of, as a CycloneDX document: the same bytes from the same pins.

It names what Azure installs by requirements.lock, whose hashes are in the package too, and what the pages are
built of. Source: CycloneDX 1.6, cyclonedx.org/docs/1.6/json.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
NAME = "sbom.cdx.json"
_SPACE = uuid.UUID("0f5a2f0e-7b3e-4c38-9a54-5a3f1f7d8f10")
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<when>[^\\]+?))?(?: \\)?\n", re.MULTILINE)


def bill_of_materials() -> bytes:
    """The document."""
    parts = sorted([*_python(), *_scripts()], key=lambda part: str(part["bom-ref"]))
    about = {"type": "application", "bom-ref": "rollcall", "name": "rollcall", "licenses": _licences("MIT")}
    dependencies = [
        {"ref": "rollcall", "dependsOn": [part["bom-ref"] for part in parts]},
        *({"ref": part["bom-ref"]} for part in parts),
    ]
    said = {"metadata": {"component": about}, "components": parts, "dependencies": dependencies}
    serial = uuid.uuid5(_SPACE, json.dumps(said, sort_keys=True))
    kind = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return json.dumps({**kind, **said}, indent=1, ensure_ascii=False).encode() + b"\n"


def _python() -> Iterator[dict[str, Any]]:
    """One version may be for one Python and another for the next: both are named, with when."""
    for pin in _PIN.finditer((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        url = f"pkg:pypi/{pin['name'].lower()}@{pin['version']}"
        part = {
            "type": "library",
            "bom-ref": url,
            "name": pin["name"],
            "version": pin["version"],
            "purl": url,
        }
        when = [{"name": "rollcall:installed-where", "value": pin["when"]}] if pin["when"] else []
        yield part | ({"properties": when} if when else {})


def _scripts() -> Iterator[dict[str, Any]]:
    lock = json.loads((ROOT / "addin" / "package-lock.json").read_text(encoding="utf-8"))
    for place, package in lock["packages"].items():
        if not place or package.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        url = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
        kind, _, digest = package["integrity"].partition("-")
        yield {
            "type": "library",
            "bom-ref": url,
            "name": name,
            "version": package["version"],
            "hashes": [{"alg": f"SHA-{kind.removeprefix('sha')}", "content": base64.b64decode(digest).hex()}],
            "licenses": _licences(package["license"]),
            "purl": url,
        }


def _licences(expression: str) -> list[dict[str, Any]]:
    return [{"expression": expression}]
