"""Where the keyring comes from: an app setting, or Key Vault, where it is made on first use."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from shared.errors import BadToken, Conflict, VaultUnavailable
from shared.tracking.mail.tokens import Keyring, Signer

SECRET = "rollcall-signing-keys"
# Seconds between two questions to Key Vault, however many tokens we cannot read.
ASK_AGAIN_AFTER = 5.0
# Seconds after which whoever signs looks for a newer key.
LOOK_AGAIN_AFTER = 300.0
# Seconds. A process that began to make the keyring and died leaves the making to another after these.
CLAIM_LASTS = 60.0
_NOTHING_TRACKED = (
    "Rollcall tracks no mail in your organisation, and never did, so there is nothing to object to.",
    "Come back if that changes.",
)


class Secrets(Protocol):
    """Key Vault. Both methods raise VaultUnavailable."""

    def get(self, name: str, *, fresh: bool = False) -> str | None:
        """The secret's value, None when there is no such secret."""

    def set(self, name: str, value: str) -> None:
        """Write a new version of the secret."""


class Claims(Protocol):
    """Settles which of several processes does a thing. Raises StoreUnavailable."""

    def claim(self, name: str, seconds: float) -> bool:
        """Whether `name` is ours for `seconds`: it was nobody's, or somebody's who let it lapse."""


class SigningKeys:
    """The deployment's signer. Thread-safe.

    A keyring in an app setting costs a cold start nothing, and is read again when the platform restarts
    the app. One in Key Vault is asked for on first use, and again when a token cannot be read, so that
    a rotation reaches every process.
    """

    def __init__(
        self,
        setting: str,
        secrets: Callable[[], Secrets],
        claims: Callable[[], Claims],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        makes: bool = True,
    ) -> None:
        """Unless it `makes` a keyring, nothing is ever signed where there is none. Raises ValueError when
        `setting` is neither empty nor a keyring."""
        self.ready: Signer | None = Signer(Keyring.parse(setting)) if setting else None
        """The signer, if it can be had without waiting."""
        self._is_fixed = bool(setting)
        self._passing = None if makes else Signer(Keyring.new())
        self._secrets = secrets
        self._claims = claims
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._text = ""
        self._asked_at = float("-inf")
        self._trouble: VaultUnavailable | None = None

    @property
    def may_have_changed(self) -> bool:
        """Whether `find` would ask Key Vault."""
        return not self._is_fixed and self._clock() - self._asked_at >= ASK_AGAIN_AFTER

    def unreadable(self) -> BadToken | VaultUnavailable:
        """What to say of a token that none of the keys has signed: unless Key Vault has told of all there
        are, it may be signed with a newer one."""
        return self._trouble or BadToken()

    def find(self) -> Signer | None:
        """The signer as it is now; None where nothing was ever signed. Blocks while Key Vault is asked.

        Raises VaultUnavailable where no keyring is known and none can be had.
        """
        with self._lock:
            if self.may_have_changed:
                self._ask()
            if self.ready is None and self._trouble:
                raise self._trouble
            return self.ready

    def get(self) -> Signer:
        """The signer; the keyring is made where there is none. Blocks. Where none may be made it is one that
        nobody else ever has: what it stands for is looked for, and found nowhere.

        Raises VaultUnavailable, and StoreUnavailable where one has to be made.
        """
        if self.ready and (self._is_fixed or self._clock() - self._asked_at < LOOK_AGAIN_AFTER):
            return self.ready
        until = self._clock() + CLAIM_LASTS * 2
        while self._clock() < until:
            with self._lock:
                self._ask()
                if self.ready:
                    return self.ready
                if self._trouble:
                    raise self._trouble
                if self._passing:
                    return self._passing
                # Two processes that each made a keyring would each sign what the other cannot read.
                if self._claims().claim(SECRET, CLAIM_LASTS):
                    self._secrets().set(SECRET, Keyring.new().text())
                    continue
            self._sleep(0.5)
        raise VaultUnavailable

    def check_lasting(self) -> None:
        """Raises Conflict where nothing was ever signed, nor may be: what were kept now would stand for
        nobody. Raises VaultUnavailable where that cannot be known."""
        if self._passing and self.find() is None:
            raise Conflict(*_NOTHING_TRACKED)

    def _ask(self) -> None:
        self._asked_at = self._clock()
        self._trouble = None
        try:
            text = self._secrets().get(SECRET, fresh=True)
            if text and text != self._text:
                self.ready, self._text = Signer(Keyring.parse(text)), text
        except VaultUnavailable as error:
            self._trouble = error
        except ValueError:
            self._trouble = VaultUnavailable(
                f"The secret {SECRET} in Key Vault holds no signing keys.",
                "Restore the version of the secret before the last change.",
            )
