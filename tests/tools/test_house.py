"""The house: one wrong import in any room is found, and what is counted is counted rightly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tools import house

ROOT = Path(__file__).parents[2]
# A module of each package, and what it may not import.
PLANTED = [
    ("routes/chapter.py", "routes.about"),
    ("routes/about.py", "sandbox.tenant.world"),
    ("shared/health.py", "shared.services.process"),
    ("shared/services/once.py", "routes.chapter"),
    ("shared/answers/ews.py", "shared.health"),
    ("shared/agreement/terms.py", "shared.agreement.watch"),
    ("shared/languages/phrases.py", "shared.errors"),
    ("shared/web/pages.py", "shared.services.process"),
    ("shared/api/problem.py", "shared.web.callers"),
    ("shared/addin/policy.py", "shared.addin.files"),
    ("shared/account/ports.py", "shared.account.connection"),
    ("shared/audience/addresses.py", "shared.audience.walk"),
    ("shared/hooks/signing.py", "shared.settings"),
    ("shared/tracking/overview/facts.py", "shared.tracking.privacy.person"),
    ("shared/tracking/mail/tokens.py", "shared.tracking.recording.events"),
    ("shared/tracking/copies/run.py", "shared.tracking.recording.events"),
    ("shared/tracking/recording/events.py", "shared.tracking.reporting.verdicts"),
    ("shared/tracking/reporting/bursts.py", "shared.tracking.privacy.people"),
    ("shared/tracking/privacy/person.py", "shared.settings"),
    ("shared/adapters/keyvault.py", "shared.adapters.entra.client"),
    ("shared/adapters/entra/sign_in.py", "shared.adapters.entra.service_account"),
    ("shared/adapters/directories/http.py", "shared.adapters.directories.graph.wire"),
    ("shared/adapters/directories/graph/answers.py", "shared.adapters.directories.exchange.answers"),
    ("shared/adapters/directories/exchange/answers.py", "shared.adapters.directories.exchange.directory"),
    ("shared/adapters/directories/ews/connections.py", "shared.adapters.directories.ews.transport"),
    ("shared/api/openapi/prose.py", "shared.web.response"),
    ("shared/adapters/storage/wire.py", "shared.adapters.storage.rest"),
    ("shared/adapters/storage/tables/parts.py", "shared.adapters.storage.queues"),
    ("sandbox/tenant/faults.py", "sandbox.serving.serving"),
    ("sandbox/serving/cors.py", "sandbox.entra.tokens"),
    ("sandbox/mailboxes/markup.py", "sandbox.mailboxes.post_office"),
    ("sandbox/entra/aadsts.py", "sandbox.graph.calls"),
    ("sandbox/graph/odata.py", "sandbox.vault"),
    ("sandbox/exchange/soap.py", "sandbox.exchange.ews"),
    ("sandbox/host/timers.py", "sandbox.server.server"),
    ("sandbox/outlook/people.py", "sandbox.exchange.soap"),
    ("sandbox/server/home.py", "sandbox.stack.stack"),
    ("sandbox/stack/processes.py", "shared.errors"),
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code that is drawn, to plant wrong imports in."""
    folder = tmp_path_factory.mktemp("house")
    for name in (*house.PACKAGES, "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "dev.py", "function_app.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    """What `dev.py check` asks import-linter there."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [sys.executable, str(program), "--no-cache", "--no-logo"]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=checkout, env=environ, capture_output=True, text=True, timeout=100, check=False
    )


def test_as_it_is_every_import_is_where_it_may_be(checkout: Path) -> None:
    done = lint(checkout)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("module", "imported"), PLANTED, ids=[module for module, _ in PLANTED])
def test_one_wrong_import_in_any_room_is_found(checkout: Path, module: str, imported: str) -> None:
    path = checkout / module
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n\ndef planted() -> None:\n    import {imported}\n", encoding="utf-8")
    try:
        done = lint(checkout)
    finally:
        path.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    # A circle is told with the names of the modules alone.
    assert Path(module).stem in done.stdout
    assert imported.rpartition(".")[2] in done.stdout


def test_a_wrong_import_is_planted_in_every_package_that_is_drawn() -> None:
    packages = {
        path.parent.relative_to(ROOT).as_posix()
        for name in house.PACKAGES
        for path in (ROOT / name).rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    }
    assert packages - {Path(module).parent.as_posix() for module, _ in PLANTED} <= {"shared", "sandbox"}


def test_counts_see_an_arrow_that_points_up_and_a_circle() -> None:
    graph = grimp.ImportGraph()
    for module in ("house", "house.roof", "house.ground", "house.ground.cellar"):
        graph.add_module(module)
    graph.add_import(importer="house.roof", imported="house.ground.cellar")
    floors = {"house": {"house.roof": 0, "house.ground": 1}}
    assert house.count(graph, floors, "house") == (3, 1, 0, 0)
    graph.add_import(importer="house.ground", imported="house.roof")
    assert house.count(graph, floors, "house") == (3, 2, 1, 1)


def test_a_long_file_and_a_name_given_twice_are_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True, timeout=30)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "one.py").write_text("class Thing: ...\n" + "\n" * 299 + "#\n")
    (tmp_path / "shared" / "other.py").write_text("class Thing: ...\nclass _Own: ...\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text("#\n" * 301)
    assert list(house.find_long(tmp_path)) == [
        "shared/one.py has 301 lines, more than 300",
        "tests/test_one.py has 301 lines, more than 300",
    ]
    assert list(house.find_shared_names(tmp_path)) == [
        "Thing is a class in shared/one.py and in shared/other.py"
    ]
