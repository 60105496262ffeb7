"""What azd's gallery asks for is there, and the check can fail."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools.bicep import COMPILED
from tools.gallery import FILES, HEADINGS, ROOT, lacks

HERE = ROOT / "docs" / "setup.md"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (*FILES, ".github/workflows/security.yml", ".github/workflows/ci.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_nothing_that_the_gallery_asks_for_is_missing(copy: Path) -> None:
    assert [*lacks(ROOT)] == []
    assert [*lacks(copy)] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert any(name in sentence for sentence in lacks(copy))


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_section_that_is_missing_is_named(copy: Path, heading: str) -> None:
    readme = copy / "README.md"
    readme.write_text(readme.read_text().replace(f"## {heading}\n", f"## Other than {heading}\n"))
    assert f"README.md has no section {heading}." in lacks(copy)


def test_a_repository_that_nobody_scans_is_named(copy: Path) -> None:
    (copy / ".github/workflows/security.yml").unlink()
    assert "No workflow scans the templates." in lacks(copy)


def test_the_button_deploys_the_template_that_the_repository_has() -> None:
    [link] = re.findall(r"\]\((https://portal\.azure\.com/#create/\S+)\)", HERE.read_text(encoding="utf-8"))
    assert unquote(link).endswith(f"/main/{COMPILED.relative_to(ROOT).as_posix()}")


def test_the_compiled_template_holds_no_value_of_somebodys() -> None:
    template = json.loads(COMPILED.read_text(encoding="utf-8"))
    assert "_generator" not in COMPILED.read_text(encoding="utf-8")
    required = {name for name, one in template["parameters"].items() if "defaultValue" not in one}
    assert required == {"environmentName", "location"}
