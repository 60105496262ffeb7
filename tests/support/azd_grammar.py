"""The Azure Developer CLI's grammar, as far as the documentation of this project uses it.

Source: "Azure Developer CLI reference", learn.microsoft.com/azure/developer/azure-developer-cli/reference,
and the help that azd prints, kept in its tests: Azure/azure-dev, cli/azd/cmd/testdata/TestUsage-azd-*.snap.
"""

from __future__ import annotations

import argparse
from typing import NoReturn


class Unknown(Exception):
    """Not a command line of azd's."""


class Grammar(argparse.ArgumentParser):
    """A parser that takes no abbreviation, and raises instead of ending the process."""

    def __init__(self, **options: object) -> None:
        super().__init__(prog=str(options.get("prog", "azd")), add_help=False, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise Unknown(message)


# Each command's flags with a value, those without, and its positional arguments: how many at least, at most.
COMMANDS: dict[str, tuple[list[str], list[str], tuple[int, int]]] = {
    "auth login": (
        ["--tenant-id", "--client-id", "--federated-credential-provider"],
        ["--use-device-code"],
        (0, 0),
    ),
    "deploy": (["--from-package", "--timeout"], ["--all"], (0, 1)),
    "down": ([], ["--force", "--purge"], (0, 0)),
    "env get-value": ([], [], (1, 1)),
    "env get-values": ([], ["--export"], (0, 0)),
    "env list": ([], [], (0, 0)),
    "env new": (["--location", "--subscription"], [], (1, 1)),
    "env select": ([], [], (1, 1)),
    "env set": (["--file"], [], (0, 2)),
    "provision": (["--location", "--subscription"], ["--preview", "--no-state"], (0, 0)),
    "up": (["--location", "--subscription"], [], (0, 0)),
    "version": ([], [], (0, 0)),
}
# Those that act on an environment have it; the others choose or make one, or need none.
WITHOUT_ENVIRONMENT = ("auth login", "env list", "env new", "env select", "version")


def parse(line: list[str]) -> None:
    """Raises Unknown where azd would not take this command line, given without the `azd`."""
    words = [word for word in line if not word.startswith("-")]
    name = next((one for one in (" ".join(words[:2]), " ".join(words[:1])) if one in COMMANDS), None)
    if name is None:
        raise Unknown(f"no such command: azd {' '.join(line)}")
    valued, plain, (least, most) = COMMANDS[name]
    grammar = Grammar(prog=f"azd {name}")
    for flag in ["--output", "--cwd", *valued, *([] if name in WITHOUT_ENVIRONMENT else ["--environment"])]:
        grammar.add_argument(flag)
    for flag in ["--no-prompt", "--debug", *plain]:
        grammar.add_argument(flag, action="store_true")
    grammar.add_argument("words", nargs="*")
    given = grammar.parse_args(line[len(name.split()) :])
    count = len(given.words)
    if (
        name == "env set"
        and not given.file
        and count < 2
        and not all("=" in word for word in given.words or [""])
    ):
        raise Unknown("azd env set wants a name and a value, or --file")
    if not least <= count <= most:
        raise Unknown(f"azd {name} takes {least} to {most} words, not {count}")
