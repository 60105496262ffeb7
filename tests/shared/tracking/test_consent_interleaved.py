"""No event of anybody without a yes, in whatever order things happen; `python -m tests.support.interleavings`
runs as many as one likes."""

from __future__ import annotations

import pytest

from shared.tracking.privacy.consents import Grants
from tests.support.interleavings import interleave


def test_nothing_is_kept_of_anybody_without_a_yes_and_nothing_during_an_outage() -> None:
    kept, wrong = interleave(range(2_000))
    assert wrong == []
    assert kept > 500


def test_a_gate_that_looks_nothing_up_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Grants, "admits", lambda self, person: True)
    assert interleave(range(300))[1]
