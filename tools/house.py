"""The house as counts, and the rules that no other tool holds. `dev.py check` runs it.

python -m tools.house          the counts; fails where an import points up or in a circle, or a rule is broken
python -m tools.house FOLDER   the counts of another checkout

A room is a module or a package beside others in one package. An arrow says that something in one room imports
something in another. It points up when `pyproject.toml` puts the other on a higher floor.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import grimp

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("routes", "shared", "sandbox")
LONGEST = 300  # lines of a source file
SOURCES = (".py", ".ts", ".tsx", ".css", ".js", ".mjs", ".cjs", ".bicep", ".html")


class Counts(NamedTuple):
    """Rooms and arrows of some packages."""

    rooms: int
    arrows: int
    upward: int
    circles: int


def count(graph: grimp.ImportGraph, floors: Mapping[str, Mapping[str, int]], package: str) -> Counts:
    """Those of `package` and of every package in it. `floors` are those of rooms by their package; 0 is the
    highest."""
    rooms = arrows = upward = circles = 0
    inside = [package, *sorted(graph.find_descendants(package))]
    for parent in (module for module in inside if graph.find_children(module)):
        children = graph.find_children(parent)
        imports = _between(graph, parent, children)
        floor = floors.get(parent, {})
        rooms += len(children)
        arrows += len(imports)
        upward += sum(1 for one, other in imports if floor.get(other, 0) < floor.get(one, 0))
        circles += _circles(imports)
    return Counts(rooms, arrows, upward, circles)


def _between(graph: grimp.ImportGraph, parent: str, children: Iterable[str]) -> set[tuple[str, str]]:
    depth = parent.count(".") + 2
    found = set()
    for child in children:
        for module in {child, *graph.find_descendants(child)}:
            for other in graph.find_modules_directly_imported_by(module):
                room = ".".join(other.split(".")[:depth])
                if room.startswith(f"{parent}.") and room != child:
                    found.add((child, room))
    return found


def _circles(imports: set[tuple[str, str]]) -> int:
    """How many groups of rooms reach one another."""
    after = defaultdict(set)
    for one, other in imports:
        after[one].add(other)
    reach = {room: _reachable(room, after) for room in after}
    groups = {frozenset(o for o in reach[room] if room in reach.get(o, ())) for room in reach}
    return sum(1 for group in groups if group)


def _reachable(room: str, after: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = [room]
    while ahead:
        for other in after.get(ahead.pop(), set()) - seen:
            seen.add(other)
            ahead.append(other)
    return seen


def read_floors(config: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """What the layers of import-linter's contracts say, by container."""
    floors: dict[str, dict[str, int]] = {}
    for contract in config["tool"]["importlinter"]["contracts"]:
        for container in contract.get("containers", ()) if contract["type"] == "layers" else ():
            of = floors.setdefault(container, {})
            for number, layer in enumerate(contract["layers"]):
                for name in layer.replace(":", "|").split("|"):
                    of[f"{container}.{name.strip()}"] = number
    return floors


def find_long(root: Path) -> Iterator[str]:
    """Source files that are too long, tests included."""
    for name in sorted(set(_tracked(root))):
        path = root / name
        if path.suffix in SOURCES and path.exists():
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                yield f"{name} has {lines} lines, more than {LONGEST}"


def find_shared_names(root: Path) -> Iterator[str]:
    """Public classes of what is deployed, or of the sandbox, that are called like another one there."""
    for places in (("routes", "shared"), ("sandbox",)):
        homes = defaultdict(list)
        for path in sorted(file for place in places for file in (root / place).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes[node.name].append(path.relative_to(root).as_posix())
        for name, files in homes.items():
            if len(files) > 1:
                yield f"{name} is a class in {' and in '.join(files)}"


def _tracked(root: Path) -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return listed.stdout.splitlines()
    skipped = {".dev", "node_modules", "public", ".git", "generated"}
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not skipped & set(path.relative_to(root).parts)
    ]


def main(arguments: list[str]) -> int:
    """Print the counts and what breaks a rule; the exit code."""
    root = Path(arguments[0]).resolve() if arguments else ROOT
    sys.path.insert(0, str(root))
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    floors = read_floors(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")))
    broken = [*find_long(root), *find_shared_names(root)]
    for package in PACKAGES:
        counts = count(graph, floors, package)
        print(f"{package}: " + ", ".join(f"{number} {name}" for name, number in counts._asdict().items()))
        broken += [f"{package}: an import points up"] * bool(counts.upward)
        broken += [f"{package}: rooms import one another in a circle"] * bool(counts.circles)
    print(*broken, sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
