"""A token that none of the keys we know has signed: damaged, or signed with a key that is newer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from shared.errors import BadToken, VaultUnavailable
from shared.services.trail import TrailWriter
from shared.tracking.mail.amendments import Amendments
from shared.tracking.mail.ceiling import Ceiling
from shared.tracking.mail.hosts import EVERY_HOST
from shared.tracking.mail.keys import ASK_AGAIN_AFTER, SECRET, SigningKeys
from shared.tracking.mail.tokens import Click, Keyring, Opening, Signer
from shared.tracking.privacy.objections import Objections
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.recording.gate import Gate
from shared.tracking.recording.leads import Leads
from shared.tracking.recording.networks import Networks
from shared.tracking.recording.tracker import Tracker
from tests.shared.tracking.test_signing_keys import Clock, MemoryClaims, MemorySecrets
from tests.support.memory_amendments import MemoryAmendments
from tests.support.memory_opt_outs import MemoryOptOuts

MESSAGE = "0123456789abcdef0123456789abcdef"


OPEN_GATE = Gate(Ceiling(), lambda person: True, 1.0)


class SilentJournal:
    """A journal that keeps nothing."""

    async def add(self, *_: object) -> None:
        return


def follow(keys: SigningKeys, signer: Signer) -> None:
    leads, silent = Leads(Amendments(MemoryAmendments), EVERY_HOST), SilentJournal()
    tracker = Tracker(keys, silent, Networks((), ()), leads, OPEN_GATE, deadline=1, proxies=1)  # type: ignore[arg-type]
    token = signer.sign_click(Click(MESSAGE, 1, 0, "https://a.example/"))
    assert asyncio.run(tracker.clicked(token, "GET", {})) == "https://a.example/"


def object_to(keys: SigningKeys, signer: Signer) -> None:
    kept = MemoryOptOuts()
    objections = Objections(
        keys, lambda: OptOuts(lambda: kept), TrailWriter(lambda *_, **__: None), lambda _: None
    )
    assert objections.what_by_link(signer.sign_objection(Opening(MESSAGE, 1)))


@pytest.mark.parametrize("use", [follow, object_to])
def test_a_token_of_a_newer_key_is_not_called_damaged_while_the_vault_is_down(
    use: Callable[[SigningKeys, Signer], None],
) -> None:
    secrets, clock, claims = MemorySecrets(), Clock(), MemoryClaims()
    keys = SigningKeys("", lambda: secrets, lambda: claims, clock=clock)
    keys.get()
    rotated = Keyring.parse(secrets.values[SECRET]).rotated()
    secrets.values[SECRET], secrets.down = rotated.text(), True
    for _ in range(2):  # asked, and remembered
        clock.time += ASK_AGAIN_AFTER / 2
        with pytest.raises(VaultUnavailable if clock.time >= ASK_AGAIN_AFTER else BadToken):
            use(keys, Signer(rotated))
    with pytest.raises(VaultUnavailable):
        use(keys, Signer(rotated))
    secrets.down = False
    clock.time += ASK_AGAIN_AFTER
    use(keys, Signer(rotated))
    with pytest.raises(BadToken):
        use(keys, Signer(Keyring.new()))
