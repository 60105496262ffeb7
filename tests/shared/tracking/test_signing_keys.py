"""The keyring: one for all processes, made once, rotated without losing a link."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.claims import ClaimTable
from shared.errors import BadToken, VaultUnavailable
from shared.tracking.mail.keys import ASK_AGAIN_AFTER, CLAIM_LASTS, LOOK_AGAIN_AFTER, SECRET, SigningKeys
from shared.tracking.mail.tokens import Keyring, Opening

OPENING = Opening("0123456789abcdef0123456789abcdef", 7)


class MemorySecrets:
    """A vault that may be down, and counts questions."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.versions: list[str] = []
        self.asked = 0
        self.down = False

    def get(self, name: str, *, fresh: bool = False) -> str | None:
        self.asked += 1
        if self.down:
            raise VaultUnavailable
        return self.values.get(name)

    def set(self, name: str, value: str) -> None:
        self.values[name] = value
        self.versions.append(value)


class MemoryClaims:
    """Grants each claim once; `lapse` frees them."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.lock = threading.Lock()

    def claim(self, name: str, seconds: float) -> bool:
        with self.lock:
            free = name not in self.taken
            self.taken.add(name)
            return free


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(secrets: MemorySecrets, clock: Clock) -> Callable[..., SigningKeys]:
    claims = MemoryClaims()

    def build(setting: str = "") -> SigningKeys:
        return SigningKeys(setting, lambda: secrets, lambda: claims, clock=clock, sleep=clock.sleep)

    return build


def test_many_processes_that_start_together_make_one_keyring(secrets: MemorySecrets) -> None:
    claims = MemoryClaims()
    with ThreadPoolExecutor(8) as pool:
        signers = list(pool.map(lambda _: SigningKeys("", lambda: secrets, lambda: claims).get(), range(8)))
    assert len(secrets.versions) == 1
    token = signers[0].sign_open(OPENING)
    assert all(signer.read_open(token) == OPENING for signer in signers)


def test_a_keyring_in_the_setting_is_ready_and_the_vault_is_never_asked(
    keys: Callable[..., SigningKeys], secrets: MemorySecrets
) -> None:
    found = keys(Keyring.new().text())
    assert found.ready is found.get() is found.find()
    assert secrets.asked == 0


def test_a_setting_that_holds_no_keyring_is_refused(keys: Callable[..., SigningKeys]) -> None:
    with pytest.raises(ValueError, match="anchor"):
        keys("@Microsoft.KeyVault(SecretUri=https://vault.example)")


def test_reading_makes_no_keyring(keys: Callable[..., SigningKeys], secrets: MemorySecrets) -> None:
    assert keys().find() is None
    assert secrets.versions == []


def test_a_rotation_reaches_a_process_that_meets_an_unknown_token(
    keys: Callable[..., SigningKeys], secrets: MemorySecrets, clock: Clock
) -> None:
    mine = keys()
    old = mine.get()
    secrets.set(SECRET, Keyring.parse(secrets.values[SECRET]).rotated().text())
    token = keys().get().sign_open(OPENING)
    with pytest.raises(BadToken):
        old.read_open(token)
    clock.time += ASK_AGAIN_AFTER
    new = mine.find()
    assert new is not None
    assert new.read_open(token) == new.read_open(old.sign_open(OPENING)) == OPENING


def test_a_rotation_reaches_a_process_that_only_signs(
    keys: Callable[..., SigningKeys], secrets: MemorySecrets, clock: Clock
) -> None:
    mine = keys()
    old = mine.get()
    secrets.set(SECRET, Keyring.parse(secrets.values[SECRET]).rotated().text())
    assert mine.get() is old
    clock.time += LOOK_AGAIN_AFTER
    assert mine.get() is not old


def test_forged_tokens_do_not_wear_the_vault_out(
    keys: Callable[..., SigningKeys], secrets: MemorySecrets, clock: Clock
) -> None:
    found = keys()
    for _ in range(1000):
        found.find()
        clock.time += 0.01
    assert secrets.asked <= 10 / ASK_AGAIN_AFTER + 1


def test_a_known_keyring_outlasts_the_vault(
    keys: Callable[..., SigningKeys], secrets: MemorySecrets, clock: Clock
) -> None:
    found = keys()
    signer = found.get()
    secrets.down = True
    clock.time += ASK_AGAIN_AFTER
    assert found.find() is signer


def test_a_vault_that_is_down_is_said_to_be(keys: Callable[..., SigningKeys], secrets: MemorySecrets) -> None:
    secrets.down = True
    found = keys()
    for look in (found.get, found.find, found.find):
        with pytest.raises(VaultUnavailable):
            look()


def test_a_damaged_secret_is_neither_used_nor_replaced(
    keys: Callable[..., SigningKeys], secrets: MemorySecrets
) -> None:
    secrets.values[SECRET] = "damaged"
    with pytest.raises(VaultUnavailable, match="holds no signing keys"):
        keys().get()
    assert secrets.versions == []


def test_a_claim_is_granted_once_until_it_lapses(azurite: str) -> None:
    ahead = timedelta()
    claims = ClaimTable(Tables.by_connection(azurite), lambda: datetime.now(UTC) + ahead)
    name = str(uuid.uuid4())
    assert [claims.claim(name, CLAIM_LASTS) for _ in range(3)] == [True, False, False]
    ahead = timedelta(seconds=CLAIM_LASTS + 1)
    assert [claims.claim(name, CLAIM_LASTS) for _ in range(2)] == [True, False]
