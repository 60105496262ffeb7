"""One more key for tracking links, which signs from now on; links that were sent go on working.

    python3 dev.py rotate-keys --vault https://NAME.vault.azure.net

It writes a new version of the secret as whoever is signed in (`az login`, role Key Vault Secrets Officer);
the vault's own log has who that was. Every instance takes the new key within five minutes, and at once where
it meets a link that it cannot read; an app with ROLLCALL_SIGNING_KEYS has to be restarted.
"""

from __future__ import annotations

import argparse
import os
import sys

from shared.adapters.identity import own_identity
from shared.adapters.keyvault import Vault
from shared.errors import VaultUnavailable
from shared.tracking.mail.keys import SECRET
from shared.tracking.mail.tokens import Keyring


def main() -> int:
    """Rotate the keys of the vault that the command line names; the exit code."""
    parser = argparse.ArgumentParser(prog="rotate-keys", description="Adds a key for tracking links.")
    parser.add_argument("--vault", default=os.environ.get("ROLLCALL_KEY_VAULT_URL"), help="the vault's URL")
    arguments = parser.parse_args()
    if not arguments.vault:
        parser.error("give --vault, or set ROLLCALL_KEY_VAULT_URL")
    vault = Vault(arguments.vault, own_identity())
    try:
        text = vault.get(SECRET, fresh=True)
        if text is None:
            print("There are no keys yet: the first tracked message makes them.", file=sys.stderr)
            return 1
        rotated = Keyring.parse(text).rotated()
        vault.set(SECRET, rotated.text())
    except ValueError:
        print(f"The secret {SECRET} holds no signing keys; nothing was changed.", file=sys.stderr)
        return 1
    except VaultUnavailable as error:
        print(f"{error.sentence} {error.remedy}", file=sys.stderr)
        return 2
    print(f"There are {len(rotated.keys)} keys now. The newest signs, all are read.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
