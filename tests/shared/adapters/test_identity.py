"""Who the app is in Azure."""

from __future__ import annotations

import pytest
from azure.identity import AzureCliCredential, DefaultAzureCredential, ManagedIdentityCredential

from shared.adapters.identity import own_identity


def test_in_azure_it_is_the_function_apps_own_and_no_developers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://localhost:42/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "the-header")
    credential = own_identity()
    assert isinstance(credential, DefaultAzureCredential)
    kinds = [type(one) for one in credential.credentials]
    assert ManagedIdentityCredential in kinds
    assert kinds[-1] is AzureCliCredential
    assert len(kinds) <= 4
