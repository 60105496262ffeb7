"""Why the service account gets no access token, for tests that ask."""

from __future__ import annotations

import pytest

from shared.adapters.entra import ServiceAccount
from shared.errors import ServiceAccountError
from tests.support.access_tokens import another


def error_of(account: ServiceAccount) -> ServiceAccountError:
    """Why no new access token is to be had."""
    with pytest.raises(ServiceAccountError) as caught:
        another(account)
    return caught.value
