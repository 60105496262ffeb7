"""What tests of the audience share."""

from __future__ import annotations

import pytest

from tests.support.two_directories import Tenant


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()
