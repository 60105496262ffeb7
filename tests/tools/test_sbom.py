"""The bill of materials in the package: valid, whole, and the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import cyclonedx
import jsonschema_rs

from tests.support.pins import locked, plain
from tools.sbom import ROOT, bill_of_materials

SCHEMAS = Path(cyclonedx.__file__).parent / "schema" / "_res"


def said() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bill_of_materials())
    return found


def others(uri: str) -> Any:
    """The schemas to which CycloneDX's refers, by the last part of their address."""
    name = uri.rpartition("/")[2]
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def validator() -> Any:
    schema = json.loads((SCHEMAS / "bom-1.6.SNAPSHOT.schema.json").read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(schema, retriever=others)


def test_it_is_what_cyclonedx_says_that_it_is() -> None:
    assert [error.message for error in validator().iter_errors(said())] == []


def test_what_is_no_such_document_is_refused() -> None:
    wrong = said()
    wrong["components"][0].pop("name")
    wrong["components"][1]["type"] = "thing"
    assert len([*validator().iter_errors(wrong)]) == 2


def test_it_names_everything_that_is_installed_and_nothing_else() -> None:
    names = {(plain(one["name"]), one["version"]) for one in said()["components"] if "pypi" in one["purl"]}
    assert names == {(plain(one.name), str(one.specifier).removeprefix("==")) for one, _ in locked().values()}


def test_it_names_everything_that_the_pages_are_built_of() -> None:
    names = {one["name"] for one in said()["components"] if one["purl"].startswith("pkg:npm/")}
    wanted = json.loads((ROOT / "addin" / "package.json").read_text(encoding="utf-8"))
    assert set(wanted["dependencies"]) <= names
    assert not set(wanted["devDependencies"]) & names


def test_it_is_the_same_each_time_and_tells_of_no_time() -> None:
    assert bill_of_materials() == bill_of_materials()
    assert not re.search(r"timestamp|20\d\d-\d\d-\d\dT", bill_of_materials().decode())
