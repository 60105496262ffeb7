"""What tests of several directories need."""

from __future__ import annotations

import pytest

from tests.support.fake_graph import QuickPatience


@pytest.fixture
def patience() -> QuickPatience:
    return QuickPatience()
