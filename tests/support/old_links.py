"""Old links against a tombstone: genuine ones of every generation of keys lead on, and no forged one does.

    python tests/support/old_links.py                     100,000 genuine, 1,000,000 forged: some minutes
    python tests/support/old_links.py FOLDER COUNT        so many genuine and ten times as many forged

FOLDER is an unpacked package of `dev.py tombstone`; without one it is packed first. Nothing but what is in
the package is imported: it is run by itself, as the platform would.
"""

from __future__ import annotations

import base64
import hmac
import importlib
import os
import random
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GENERATIONS = 4
WHOLE = 100_000


def check(folder: Path, count: int) -> str:
    """What came of it, in words. Raises AssertionError."""
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    from shared.tracking.mail import tokens

    ring = tokens.Keyring.new()
    for _ in range(GENERATIONS - 1):
        ring = ring.rotated()
    os.environ["ROLLCALL_SIGNING_KEYS"] = ring.text()
    function_app: Any = importlib.import_module("function_app")

    assert Path(str(function_app.__file__)).parent.samefile(folder)
    assert Path(str(tokens.__file__)).is_relative_to(folder)
    genuine = forged = 0
    chance = random.Random(count)
    for token, target in old_links(tokens, ring, count):
        answer = function_app.lead(token)
        assert (answer.status_code, answer.headers["Location"]) == (302, target)
        genuine += 1
        for spoilt in forge(token, chance):
            answer = function_app.lead(spoilt)
            assert answer.status_code == 404, spoilt
            assert "Location" not in answer.headers
            forged += 1
    return f"{genuine:,} genuine of {GENERATIONS} generations led on, none of {forged:,} forged"


def old_links(tokens: Any, ring: Any, count: int) -> Iterator[tuple[str, str]]:
    """Tokens and where they lead: of every generation of keys, and of every version that a mail may hold."""
    signers = [tokens.Signer(tokens.Keyring(ring.anchor, ring.keys[: n + 1])) for n in range(len(ring.keys))]
    for number in range(count):
        key, message = ring.keys[number % len(ring.keys)], f"{number:032x}"
        target = f"https://company.com/{number}?a=b#c"
        if number % 3:
            click = tokens.Click(message, number % 5000, number % 500, target, bytes(8), number % 3 and 400)
            yield signers[number % len(signers)].sign_click(click), target
        else:
            yield _first_version(key, message, number % 5000, number % 500, target), target


def _first_version(key: bytes, message: str, recipient: int, link: int, target: str) -> str:
    """A token of version 1, written here by its description."""
    derived = hmac.digest(key, b"rollcall token: click", "sha256")
    body = struct.pack(">B16sI8sH", 1, bytes.fromhex(message), recipient, bytes(8), link) + target.encode()
    signed = body + hmac.digest(derived, body, "sha256")[:16]
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()


def forge(token: str, chance: random.Random) -> Iterator[str]:
    """Ten that look like the token: damaged, cut, glued, and signed with nobody's key."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for _ in range(5):
        place = chance.randrange(len(token) - 1)
        other = chance.choice([letter for letter in letters if letter != token[place]])
        yield token[:place] + other + token[place + 1 :]
    yield token[: chance.randrange(1, len(token) - 1)]
    yield token + chance.choice(letters)
    yield "".join(chance.choice(letters) for _ in token)
    place = chance.randrange(len(token) - 3)
    yield token[:place] + token[place + 2 :]
    yield _first_version(chance.randbytes(32), "0" * 32, 1, 0, "https://evil.example/")


def _packed(folder: Path) -> Path:
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-m", "tools.tombstone"], cwd=root, check=True)
    with zipfile.ZipFile(root / ".dev" / "package" / "tombstone.zip") as package:
        package.extractall(folder)
    return folder


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(sys.argv[1]) if sys.argv[1:] else _packed(Path(temporary).resolve())
        print(check(place, int(sys.argv[2]) if sys.argv[2:] else WHOLE))
        os.chdir("/")
