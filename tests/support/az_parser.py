"""Parses commands with the Azure CLI's own parser, and runs none.

For the Python that azure-cli is installed for. Reads a JSON list of command lines without the `az`; prints a
list of what is wrong with each, or null. It opens no connection: only the tables of commands are loaded.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from typing import Any

from azure.cli.core import get_default_cli
from azure.cli.core.azclierror import AzCLIError


def parse(line: list[str]) -> str | None:
    """What the parser has against a command line."""
    cli: Any = get_default_cli()
    parts = ("parser_cls", "commands_loader_cls", "help_cls")
    invocation = cli.invocation_cls(cli_ctx=cli, **{name: getattr(cli, name) for name in parts})
    cli.invocation = invocation
    loader, said = invocation.commands_loader, io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            loader.load_command_table(line)
            name = invocation._rudimentary_get_command(line)
            invocation.data["command_string"] = loader.command_name = name
            loader.load_arguments(name)
            invocation.parser.load_command_table(loader)
            invocation.parser.parse_args(line)
    except (SystemExit, AzCLIError) as failure:
        return said.getvalue().strip() or str(failure)
    return find_abbreviation(loader.command_table[name], line)


def find_abbreviation(command: Any, line: list[str]) -> str | None:
    """The first option that the parser takes for the beginning of another's name."""
    full = {"--output", "--query", "--only-show-errors", "--subscription"}
    for argument in command.arguments.values():
        full |= {str(getattr(one, "target", one)) for one in argument.options_list}
    short = [word for word in line if word.startswith("--") and word.partition("=")[0] not in full]
    return f"{short[0]} is not the whole name of an option." if short else None


if __name__ == "__main__":
    print(json.dumps([parse(line) for line in json.load(sys.stdin)]))
