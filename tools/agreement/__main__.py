"""dev.py agreement: an agreement that binds the administrator too, from its making to its verification.

    python3 dev.py agreement new agreement.json
    python3 dev.py agreement sign agreement.json --key FILE     makes the key where there is none
    python3 dev.py agreement verify [agreement.signed --public-key KEY] [--settings FILE]

`verify` without a file takes ROLLCALL_AGREEMENT and ROLLCALL_AGREEMENT_KEY of the settings, which are those
of this shell, or of FILE as `azd env get-values` prints them. docs/agreement.md tells the whole way.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra.entra.registration.wanted import Incomplete, read_values
from shared.agreement.signed import Signed, Unreadable, code_of, read_agreement, write_key
from shared.agreement.standing import EMPTY, Agreed, AgreementState, agree
from shared.errors import SettingsError
from shared.settings import Settings
from tools.agreement.keys import NoKey, load_key, make_key, public_of
from tools.agreement.telling import tell
from tools.agreement.walk import walk

AGREEMENT, KEY = "ROLLCALL_AGREEMENT", "ROLLCALL_AGREEMENT_KEY"
_NOWHERE = "https://rollcall.invalid"
_ELSEWHERE = {
    "ROLLCALL_TENANT_ID": "00000000-0000-4000-8000-000000000000",
    "ROLLCALL_CLIENT_ID": "00000000-0000-4000-8000-000000000000",
    "ROLLCALL_KEY_VAULT_URL": _NOWHERE,
    "ROLLCALL_PUBLIC_URL": _NOWHERE,
    "ROLLCALL_TABLES_URL": _NOWHERE,
}
"""Settings that an agreement does not limit, and without which none are read."""
_CODES = {
    AgreementState.IN_FORCE: 0,
    AgreementState.NOT_YET: 0,
    AgreementState.EXPIRED: 3,
}
"""Exit codes; 1 where something is wrong."""


class Given(Exception):
    """What was given cannot be used; the text says why."""


def new(arguments: argparse.Namespace) -> int:
    """Ask for everything, and write the agreement."""
    file: Path = arguments.file
    if file.exists():
        raise Given(f"{file} is there already, and is not overwritten.")
    print("Press Enter to take what stands in brackets: it is strict. Ctrl-C stops and writes nothing.\n")
    file.write_bytes(walk(input, print, datetime.now(UTC)))
    print(f"\n{file} is written. Read it, change what you like, and have it signed:")
    print(f"  python3 dev.py agreement sign {file} --key FILE")
    return 0


def sign(arguments: argparse.Namespace) -> int:
    """Show the agreement, and sign it where that is wanted."""
    file: Path = arguments.file
    data = _read(file)
    terms = read_agreement(data)
    print(*tell(terms), sep="\n")
    print(f"\nThis text is called {code_of(data)}. It is signed as it is, to the letter.")
    if input("Sign it? (yes/no) ").strip().lower() != "yes":
        print("Nothing was signed.")
        return 1
    key = _key(arguments.key)
    public = public_of(key)
    signed = Signed(data, key.sign(data))
    target = file.with_suffix(".signed")
    target.write_text(signed.line() + "\n", encoding="ascii")
    print(f"\n{target} is for the administrator, who sets both:\n")
    print(f'  azd env set {AGREEMENT} "{signed.line()}"')
    print(f'  azd env set {KEY} "{write_key(public)}"\n')
    print(f"Write down what everybody will compare: agreement {code_of(data)}, key {code_of(public)}.")
    print(f"Keep {arguments.key} and its passphrase to yourself. They belong into no deployment.")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Say how an agreement stands, and whether settings are within it."""
    values: dict[str, str] = dict(os.environ)
    if arguments.settings:
        values = read_values(_read(arguments.settings).decode("utf-8", "replace"))
    if arguments.file:
        values[AGREEMENT] = _read(arguments.file).decode("ascii", "replace").strip()
    if arguments.public_key:
        values[KEY] = arguments.public_key
    found, now = agree(_settings(values)), datetime.now(UTC)
    if found.terms and not arguments.brief:
        print(*tell(found.terms), "", sep="\n")
    print(*_judged(found, now), sep="\n")
    return _CODES.get(found.state(now), 1)


def _judged(found: Agreed, now: datetime) -> Iterator[str]:
    state = found.state(now)
    if state is AgreementState.NONE:
        yield f"There is no agreement: neither {AGREEMENT} nor {KEY} is set."
        return
    if found.code:
        yield f"Agreement {found.code}, key {found.key_code}."
    for each in found.excess:
        yield f"{each.setting} exceeds it: {each.agreed or EMPTY} was agreed."
    trouble = found.trouble(now)
    fine = "It is genuine and in force, and the settings are within it."
    yield f"{trouble.sentence} {trouble.remedy}" if trouble else fine
    if found.why:
        yield f"It is not readable: {found.why}."


def _settings(values: Mapping[str, str]) -> Settings:
    ours = {each.metadata["name"] for each in fields(Settings)}
    given = {name: value for name, value in values.items() if name in ours and name not in _ELSEWHERE}
    return Settings.from_env(_ELSEWHERE | given)


def _key(file: Path) -> Ed25519PrivateKey:
    if file.exists():
        return load_key(file, getpass("The key's passphrase: "))
    print(f"{file} is not there, so a new key is made. Choose a passphrase: without it the key is lost.")
    passphrase = getpass("Passphrase: ")
    if getpass("Once more: ") != passphrase:
        raise NoKey("The two passphrases are not the same. Nothing was made.")
    return make_key(file, passphrase)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Given(f"{file} cannot be read: {error.strerror}.") from None


def main(arguments: Sequence[str]) -> int | str:
    """Do what the command line says; the exit code, or what went wrong."""
    parser = argparse.ArgumentParser(
        prog="dev.py agreement", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (new, sign, verify):
        one = commands.add_parser(command.__name__, help=command.__doc__)
        one.set_defaults(command=command)
        one.add_argument("file", type=Path, nargs="?" if command is verify else None)
        if command is sign:
            one.add_argument("--key", type=Path, required=True, help="the file of the key that signs")
        if command is verify:
            one.add_argument("--public-key", help="what ROLLCALL_AGREEMENT_KEY is set to")
            one.add_argument("--brief", action="store_true", help="without what was agreed")
            one.add_argument("--settings", type=Path, help="what azd env get-values printed")
    given = parser.parse_args(arguments)
    try:
        return int(given.command(given))
    except Unreadable as trouble:
        return f"The agreement cannot be read: {trouble}."
    except (Given, NoKey, Incomplete) as trouble:
        return str(trouble)
    except SettingsError as trouble:
        return "These settings are no settings:\n" + "\n".join(f"- {each}" for each in trouble.complaints)
    except (KeyboardInterrupt, EOFError):
        return "\nStopped. Nothing more was written."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
