"""The Bicep compiler: where it is, and what it says of infra/.

python -m tools.bicep         each template and environment compiles without a warning, in bicep's format
python -m tools.bicep write   infra/azuredeploy.json, which the button in docs/setup.md deploys, anew
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
INFRA = ROOT / "infra"
NAME = "bicep.exe" if os.name == "nt" else "bicep"
HANDED = ROOT.parent / "shared" / "tools" / "bicep"  # beside a checkout, for machines without a way out
MISSING = "There is no Bicep compiler. Get one by `az bicep install`, or name it in the variable BICEP."
# Values that azd would have; nothing is deployed with them.
PLACE = {"AZURE_LOCATION": "westeurope"}
SUBSCRIPTION = "00000000-0000-0000-0000-00000000abcd"
TENANT = "00000000-0000-0000-0000-00000000dcba"
COMPILED = INFRA / "azuredeploy.json"
LIMIT = 120.0  # seconds for one run of the compiler


class CompilerFailed(Exception):
    """The compiler refused something; the text is what it said, with file and line."""


def find_compiler() -> Path | None:
    """Where it is: named by BICEP, on the PATH, where `az bicep install` or azd put it, or handed over."""
    if named := os.environ.get("BICEP"):
        return Path(named)
    if on_path := shutil.which("bicep"):
        return Path(on_path)
    home = Path.home()
    places = [home / ".azure" / "bin" / NAME, home / ".azd" / "bin" / NAME, HANDED / NAME]
    return next((place for place in places if place.exists()), None)


@dataclass(frozen=True)
class Bicep:
    """The compiler, in a copy of infra/ of its own, so that nothing it writes stays."""

    program: Path
    folder: Path

    @classmethod
    def of(cls, program: Path, source: Path, folder: Path) -> Bicep:
        """With a copy of `source` in `folder`, which is made. Raises CompilerFailed."""
        shutil.copytree(source, folder)
        bicep = cls(program, folder)
        types = HANDED / "microsoft-graph-v1.0" / "index.json"
        if types.exists():  # otherwise the compiler fetches what bicepconfig.json names
            bicep.run("publish-extension", str(types), "--target", str(folder / "graph.tgz"))
            config = folder / "bicepconfig.json"
            local = re.sub(r'"br:[^"]*microsoftgraph[^"]*"', '"./graph.tgz"', config.read_text())
            cache = json.dumps(str(folder / "cache"))
            config.write_text(local.replace("{", f'{{\n  "cacheRootDirectory": {cache},', 1))
        bicep.run("restore", "entra/apps.bicep")  # before several look for it at once
        return bicep

    def copy(self, folder: Path) -> Bicep:
        """The same in another `folder`, with what was published and fetched already."""
        shutil.copytree(self.folder, folder)
        return Bicep(self.program, folder)

    def run(self, *arguments: str, **variables: str) -> str:
        """What it prints for these arguments. Raises CompilerFailed where it finds an error or a warning."""
        done = subprocess.run(
            [str(self.program), *arguments],
            cwd=self.folder,
            env=_environment() | variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )
        said = [line.replace(f"{self.folder}{os.sep}", "") for line in done.stderr.splitlines()]
        if done.returncode or any(" : Warning " in line for line in said):
            raise CompilerFailed("\n".join(said) or done.stdout)
        return done.stdout

    def build(self, template: str = "main.bicep") -> dict[str, Any]:
        """The template as JSON. Raises CompilerFailed."""
        built: dict[str, Any] = json.loads(self.run("build", template, "--stdout"))
        return built

    def snapshot(self, name: str, variables: dict[str, str]) -> dict[str, Any]:
        """What azd's environment `name` with these variables would make. Raises CompilerFailed."""
        at = self.folder / f"{name}.bicepparam"
        at.write_bytes((self.folder / "main.bicepparam").read_bytes())
        place = ["--subscription-id", SUBSCRIPTION, "--tenant-id", TENANT, "--location", "westeurope"]
        asked = PLACE | {"AZURE_ENV_NAME": name} | variables
        self.run("snapshot", at.name, "--mode", "overwrite", *place, **asked)
        made: dict[str, Any] = json.loads((self.folder / f"{name}.snapshot.json").read_text(encoding="utf-8"))
        return made

    def misformatted(self) -> list[Path]:
        """The files that `bicep format` would write otherwise, and did. Raises CompilerFailed."""
        before = {path: path.read_bytes() for path in sources(self.folder)}
        for pattern in ("**/*.bicep", "**/*.bicepparam"):
            self.run("format", "--pattern", pattern)
        return [path for path, text in before.items() if path.read_bytes() != text]


def environments(folder: Path = INFRA) -> dict[str, dict[str, str]]:
    """The variables of each environment in examples/, by its name, and one that sets nothing."""
    # The longest name, with every letter that azd takes, shows whether the names made of it fit.
    found: dict[str, dict[str, str]] = {"bare": {"AZURE_ENV_NAME": "Bare.environment_20c"}}
    for path in sorted((folder / "examples").glob("*.env")):
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
        found[path.stem] = {name: value for name, _, value in pairs}
    return found


def sources(folder: Path = INFRA) -> list[Path]:
    """Every file that the compiler reads as a program."""
    return sorted([*folder.rglob("*.bicep"), *folder.rglob("*.bicepparam")])


def complaints(bicep: Bicep) -> Iterator[str]:
    """What is wrong with the copy, by file and line: each root is compiled once, two at a time."""
    reached = _reached(bicep.folder)
    # A module that no root leads to would be judged by nobody.
    alone = [path for path in sources(bicep.folder) if path.suffix == ".bicep" and path not in reached]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(bicep.build, str(path.relative_to(bicep.folder))) for path in alone]
        jobs += [pool.submit(bicep.snapshot, *one) for one in environments(bicep.folder).items()]
    said = set[str]()
    for job in jobs:
        if isinstance(failure := job.exception(), CompilerFailed):
            said |= set(str(failure).splitlines())
        elif failure:
            raise failure
    yield from sorted(said)
    ours = [path for path in bicep.misformatted() if path.name.partition(".")[0] not in environments()]
    yield from (f"{path.relative_to(bicep.folder)}(1,1) : not as bicep format writes it" for path in ours)


def portal_template(bicep: Bicep) -> str:
    """What `main.bicep` is as JSON, without what differs from run to run. Raises CompilerFailed."""
    return json.dumps(settled(bicep.build()), indent=1) + "\n"


def settled(part: Any) -> Any:
    """The same part of a template, however often it is compiled: what a resource waits for has no order, and
    comes in any."""
    if isinstance(part, dict):
        found = {name: settled(value) for name, value in part.items() if name != "_generator"}
        return found | ({"dependsOn": sorted(found["dependsOn"])} if "dependsOn" in found else {})
    return [settled(one) for one in part] if isinstance(part, list) else part


def _reached(folder: Path) -> set[Path]:
    """The templates that main.bicep leads to, itself included."""
    found, ahead = set[Path](), [folder / "main.bicep"]
    while ahead:
        path = ahead.pop()
        if path in found or not path.exists():
            continue
        found.add(path)
        named = re.findall(r"'([\w./-]+\.bicep)'", path.read_text(encoding="utf-8"))
        ahead += [(path.parent / name).resolve() for name in named]
    return found


def _environment() -> dict[str, str]:
    """Ours without anything that main.bicepparam reads; no ICU library is asked for."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("ROLLCALL_", "AZURE_"))}
    return ours | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}


def main() -> int:
    """Check infra/; the exit code."""
    program = find_compiler()
    if program is None:
        print(f"Skipped. {MISSING}")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        bicep = Bicep.of(program, INFRA, Path(temporary).resolve() / "infra")
        if sys.argv[1:] == ["write"]:
            COMPILED.write_text(portal_template(bicep), encoding="utf-8", newline="\n")
            return 0
        found = list(complaints(bicep))
        if not found and COMPILED.read_text(encoding="utf-8") != portal_template(bicep):
            found = ["azuredeploy.json(1,1) : not what main.bicep makes: python -m tools.bicep write"]
    for complaint in found:
        print(f"infra/{complaint}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
