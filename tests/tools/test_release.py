"""The release package, the hashes of what it installs, and the licences of that."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.addin.files import NAMED
from tests.support.pins import LINUX, locked, plain
from tools import release
from tools.bytecode import place_of

ROOT = Path(__file__).parents[2]
# As it was before other tests led it into the sandbox.
ENVIRONMENT = dict(os.environ)

# What may be linked into an MIT-licensed program and passed on with it, as distributions name it.
PROBE = """
import json, azure.functions as func, function_app
functions = {one.get_function_name(): one for one in function_app.app.get_functions()}
request = func.HttpRequest("GET", "https://rollcall.example.org/api/openapi.json", headers={}, body=b"")
answer = functions["openapi"].get_user_function()(request)
print(json.dumps({"functions": sorted(functions), "status": answer.status_code,
                  "title": json.loads(answer.get_body())["info"]["title"]}))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / "public" / "pane.html").exists():
        pytest.skip("the add-in is not built: `python3 dev.py test` does that")
    target = tmp_path_factory.mktemp("package") / "rollcall.zip"
    release.build_package(target)
    return target


def test_the_package_holds_what_is_deployed_and_nothing_else(package: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        names = set(opened.namelist())
    assert {name.partition("/")[0] for name in names} == {
        *(
            "LICENSE",
            "__pycache__",
            "constraints.txt",
            "function_app.py",
            "host.json",
            "public",
            "requirements.txt",
            "routes",
            "sbom.cdx.json",
            "shared",
        )
    }
    for folder in ("routes", "shared"):
        code = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py")}
        read = [one for kind in ("po", "css", "json") for one in (ROOT / folder).rglob(f"*.{kind}")]
        words = {path.relative_to(ROOT).as_posix() for path in read}
        found = {name for name in names if name.startswith(f"{folder}/")}
        assert found == code | set(map(place_of, code)) | words


def test_the_package_holds_the_whole_add_in_as_it_was_built(package: Path) -> None:
    built = [path for path in (ROOT / "public").rglob("*") if path.is_file()]
    with zipfile.ZipFile(package) as opened:
        packed = {name for name in opened.namelist() if name.startswith("public/")}
        assert packed == {path.relative_to(ROOT).as_posix() for path in built}
        assert all(opened.read(path.relative_to(ROOT).as_posix()) == path.read_bytes() for path in built)
    assert set(NAMED) <= {name.removeprefix("public/") for name in packed}


def test_without_the_add_in_there_is_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "ROOT", tmp_path)
    with pytest.raises(release.CannotRelease, match=r"dev\.py build"):
        release.build_package(tmp_path / "rollcall.zip")


def test_the_package_is_small(package: Path) -> None:
    # Most is the add-in, once as it is and once compressed, in four languages, and bytecode.
    assert package.stat().st_size < 3_200_000


def test_the_same_files_make_the_same_package(package: Path, tmp_path: Path) -> None:
    release.build_package(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == package.read_bytes()


@pytest.mark.slow
def test_two_checkouts_make_the_same_package(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists() or not (ROOT / "addin" / "node_modules").exists():
        pytest.skip("this is no checkout, or the add-in is not built: `python3 dev.py test` does that")
    made = []
    for place in ("one", "another/of/a/longer/name"):
        checkout = tmp_path / place
        subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, checkout], check=True)
        shutil.copytree(ROOT / "addin/node_modules", checkout / "addin/node_modules", copy_function=os.link)
        (checkout / ".dev/addin").mkdir(parents=True)
        shutil.copy(ROOT / ".dev/addin/installed", checkout / ".dev/addin/installed")
        packing = [sys.executable, "-m", "tools.release", "package"]
        subprocess.run(packing, cwd=checkout, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        made.append((checkout / ".dev/package/rollcall.zip").read_bytes())
    assert made[0] == made[1]


def test_python_takes_the_bytecode_of_the_package_as_long_as_it_is_of_the_code(
    package: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(package) as opened:
        opened.extractall(tmp_path)
    loaded = imported(tmp_path)
    assert "matches" in loaded["shared/errors.py"]
    assert all("matches" in line for line in loaded.values()), loaded
    with (tmp_path / "shared/errors.py").open("a") as changed:
        changed.write("MARK = 1\n")
    assert "matches" not in imported(tmp_path)["shared/errors.py"]
    code = "from shared.errors import MARK"
    subprocess.run([sys.executable, "-B", "-c", code], cwd=tmp_path, check=True)


def imported(folder: Path) -> dict[str, str]:
    """What Python says of the bytecode of each module of ours that the app in `folder` loads."""
    command = [sys.executable, "-B", "-v", "-c", "import function_app"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    told: dict[str, str] = {}
    for line in done.stderr.splitlines():
        for name in re.findall(rf"{re.escape(str(folder))}/((?:shared|routes)/\S+?\.py)(?!c)", line):
            told[name] = f"{told.get(name, '')}{line}\n"
    return told


def test_the_package_installs_by_hash(package: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        assert opened.read("requirements.txt") == release.LOCK.read_bytes()


def test_the_ignored_are_left_out_wherever_they_are(tmp_path: Path) -> None:
    (tmp_path / ".funcignore").write_text("# these\n\n.*\n/tests\n*.md\n")
    for name in (
        "app.py",
        "README.md",
        ".env",
        "shared/tests/kept.py",
        "shared/notes.md",
        "tests/test_app.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    kept = {path.relative_to(tmp_path).as_posix() for path in release.deployed(tmp_path)}
    assert kept == {"app.py", "shared/tests/kept.py"}


@pytest.mark.parametrize("pattern", ["!keep.py", "a/b", "**/x"])
def test_a_pattern_that_is_not_understood_is_no_guess(pattern: str) -> None:
    with pytest.raises(release.UnknownPattern):
        list(release.read_patterns(f".*\n{pattern}\n"))


def test_the_workflow_trusts_no_name_that_can_be_moved() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        workflow = yaml.safe_load(path.read_text())
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            used = [step["uses"] for step in job["steps"] if "uses" in step]
            assert [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []
            assert set(job.get("permissions", {}).values()) <= {"read", "write"}


def test_no_workflow_gives_a_strangers_change_more_than_reading() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text()
        workflow = yaml.safe_load(text)
        triggers = workflow[True]  # YAML takes `on` for a truth
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & {*triggers}
        # What somebody else writes, as a title or a branch's name, is never put into a script.
        assert not re.search(r"\$\{\{\s*github\.(event\.(?!_name)|head_ref)", text)
        for job in workflow["jobs"].values():
            checkouts = [one for one in job["steps"] if one.get("uses", "").startswith("actions/checkout@")]
            assert all(one["with"]["persist-credentials"] is False for one in checkouts)


def test_npm_takes_nothing_without_its_hash() -> None:
    locks = [path for path in ROOT.glob("*/**/package-lock.json") if "node_modules" not in path.parts]
    ours = [path for path in [*locks, ROOT / "addin/package-lock.json"] if ".dev" not in path.parts]
    assert len({*ours}) == 5
    for path in ours:
        packages = json.loads(path.read_text())["packages"]
        assert [name for name, one in packages.items() if name and not one.get("integrity")] == []


def test_no_program_is_kept_in_binary() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and b"\0" in path.read_bytes()[:8000]:
            assert path.suffix in (".png", ".ico", ".xlsx"), name


@pytest.mark.slow
def test_the_package_runs_with_nothing_but_its_requirements(package: Path, tmp_path: Path) -> None:
    app, environment = tmp_path / "app", tmp_path / "venv"
    with zipfile.ZipFile(package) as opened:
        opened.extractall(app)
    venv.create(environment, symlinks=os.name != "nt")
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-compile"]
    installed = subprocess.run(
        [*pip, "--no-input", "--require-hashes", "--only-binary=:all:", "-r", str(app / "requirements.txt")],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "NewConnectionError" in installed.stderr or "name resolution" in installed.stderr:
        pytest.skip("no package index can be reached")
    assert installed.returncode == 0, installed.stderr
    answer = probe(app, python)
    assert answer == probe(ROOT, Path(sys.executable))
    assert "expansions_create" in answer["functions"]
    assert (answer["status"], answer["title"]) == (200, "Rollcall")


@pytest.mark.slow
def test_what_is_vendored_may_be_for_any_python_that_the_template_lets_an_app_run_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = re.search(r"param pythonVersion \((.*)\)", (ROOT / "infra/main.bicep").read_text())
    assert allowed
    assert tuple(re.findall(r"'([\d.]+)'", allowed[1])) == release.PYTHONS
    monkeypatch.setenv("ROLLCALL_PYTHON_VERSION", "3.9")
    with pytest.raises(release.CannotRelease, match=r"it may be 3\.11, 3\.12, 3\.13"):
        release.vendor(tmp_path)


def test_the_vendored_package_runs_with_nothing_but_itself(tmp_path: Path) -> None:
    if importlib.util.find_spec("uv") is None:
        pytest.skip("uv is not installed: `python3 dev.py test` does that")
    try:
        release.vendor(tmp_path / "vendored")
    except release.CannotRelease as failure:
        if "dns error" not in str(failure) and "onnect" not in str(failure):
            raise
        pytest.skip("no package index can be reached")
    release.build_package(tmp_path / "rollcall.zip", tmp_path / "vendored")
    app = tmp_path / "app"
    with zipfile.ZipFile(tmp_path / "rollcall.zip") as opened:
        opened.extractall(app)
        names = opened.namelist()
    packages = app / release.SITE_PACKAGES
    pins = {
        plain(one.name) for one, _ in locked().values() if one.marker is None or one.marker.evaluate(LINUX)
    }
    brought = {plain(path.name.partition("-")[0]) for path in packages.glob("*.dist-info")}
    assert brought == pins
    brought_along = [name for name in names if name.startswith(release.SITE_PACKAGES)]
    assert [name for name in brought_along if name.endswith(".pyc") or "/bin/" in name] == []
    if sys.version_info[:2] != (3, 11) or (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return  # what it holds is for the function app's platform
    venv.create(tmp_path / "venv", symlinks=True)
    answer = probe(app, tmp_path / "venv" / "bin" / "python", release.SITE_PACKAGES)
    assert answer == probe(ROOT, Path(sys.executable))


def probe(folder: Path, python: Path, *packages: str) -> dict[str, Any]:
    """What PROBE prints of the app in `folder`, with nothing in the environment."""
    code = f"import sys; sys.path[:0] = {['', *packages]}\n{PROBE}"
    done = subprocess.run(
        [python, "-I", "-c", code],
        cwd=folder,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
