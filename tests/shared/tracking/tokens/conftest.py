"""A signer of tokens."""

from __future__ import annotations

import pytest

from shared.tracking.mail.tokens import (
    Keyring,
    Signer,
)


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer(Keyring.new())
