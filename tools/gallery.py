"""Whether this repository has what azd's gallery asks of a template, as far as that can be seen offline.

Source: "Definition of Done" of Azure-Samples/azd-template-artifacts, which the action
microsoft/template-validation-action checks. No file can show what it also asks: `azd up` and `azd down` in a
subscription, and the repository's topics.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = (
    "README.md",
    "LICENSE",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    ".github/ISSUE_TEMPLATE/bug.yml",
    ".github/workflows/azure-dev.yml",
    ".devcontainer/devcontainer.json",
    "azure.yaml",
    "infra/main.bicep",
    "infra/azuredeploy.json",
)
HEADINGS = ("Features", "Getting Started", "Guidance", "Resources")
SCANNER = "microsoft/security-devops-action@"


def lacks(root: Path) -> Iterator[str]:
    """What is missing, each as a sentence."""
    for name in FILES:
        path = root / name
        if not path.exists() or not path.read_text(encoding="utf-8").strip():
            yield f"{name} is not there, or empty."
    readme = _read(root / "README.md")
    for heading in HEADINGS:
        if f"\n## {heading}\n" not in readme:
            yield f"README.md has no section {heading}."
    if "metadata" in _read(root / "azure.yaml") and "template:" not in _read(root / "azure.yaml"):
        yield "azure.yaml has metadata without a template."
    workflows = [_read(path) for path in sorted((root / ".github/workflows").glob("*.yml"))]
    if not any(SCANNER in text for text in workflows):
        yield "No workflow scans the templates."
    deploying = _read(root / ".github/workflows/azure-dev.yml")
    for command in ("azd provision", "azd deploy"):
        if command not in deploying:
            yield f"azure-dev.yml does not run {command}."
    yield from _container(_read(root / ".devcontainer/devcontainer.json"))


def _container(text: str) -> Iterator[str]:
    features = json.loads(text or "{}").get("features", {})
    for tool in ("azure-cli", "azd"):
        if not any(f"/{tool}:" in name for name in features):
            yield f"The dev container has no {tool}."


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Say what is missing; the exit code."""
    found = [*lacks(ROOT)]
    for sentence in found:
        print(sentence)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
