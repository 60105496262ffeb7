"""Both manifests, as the build makes them and a deployment fills them in, and Microsoft's package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.addin.fields import fill
from shared.settings import Settings
from tests.support.environment import settings
from tests.support.manifests import ORIGIN
from tests.support.node import Node

MANIFESTS = """
export { xml } from "../manifest-xml.mjs";
export { json } from "../manifest-unified.mjs";
"""
# The package requires fs-extra without bringing it along; of it, this is what it reads its own schemas with.
VALIDATOR = """
import fs from "node:fs";
import Module, { createRequire } from "node:module";
const load = Module._load;
const files = { ...fs.promises, pathExists: async (path) => fs.existsSync(path) };
Module._load = (name, ...rest) => (name === "fs-extra" ? files : load(name, ...rest));
const manifests = createRequire(import.meta.url)("@microsoft/app-manifest");
globalThis.fetch = () => {
  throw new Error("it asks somebody");
};
export const validate = (manifest) => manifests.AppManifestUtils.validateAgainstSchema(manifest);
const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv-draft-04");
const schema = (name) =>
  require(`@microsoft/app-manifest/build/json-schemas/teams/v1.23/MicrosoftTeams.${name}.schema.json`);
export const validateLanguage = (file) => {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true });
  ajv.validate(schema("Localization"), file);
  return (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};
"""


@pytest.fixture(scope="module")
def deployment() -> Settings:
    return replace(settings(), public_url=ORIGIN)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Both manifests as the build makes them."""
    with Node(MANIFESTS) as node:
        return {f"manifest.{kind}": node.call(kind) for kind in ("xml", "json")}


@pytest.fixture(scope="module")
def manifest(made: dict[str, str], deployment: Settings) -> str:
    return fill(made["manifest.xml"], "manifest.xml", deployment)


@pytest.fixture(scope="module")
def unified(made: dict[str, str], deployment: Settings) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fill(made["manifest.json"], "manifest.json", deployment))
    return found


@pytest.fixture(scope="module")
def microsoft() -> Iterator[Node]:
    """Microsoft's own package, which must ask nobody: where it would, it gets no answer."""
    with Node(VALIDATOR, "--platform=node") as node:
        yield node
