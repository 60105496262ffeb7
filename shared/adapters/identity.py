"""The app's own identity in Azure: what it shows to Key Vault and to storage."""

from __future__ import annotations

from azure.core.credentials import TokenCredential
from azure.identity import DefaultAzureCredential

from shared import trace


def own_identity() -> TokenCredential:
    """The function app's managed identity in Azure, an administrator's `az login` elsewhere.

    The other ways in which DefaultAzureCredential looks for developers are left out: each costs seconds
    before the answer is no, and might be somebody else than who is meant.
    """
    return DefaultAzureCredential(
        exclude_shared_token_cache_credential=True,
        exclude_visual_studio_code_credential=True,
        exclude_powershell_credential=True,
        exclude_developer_cli_credential=True,
        exclude_interactive_browser_credential=True,
        exclude_broker_credential=True,
        retry_total=1,
        raw_request_hook=lambda request: trace.mark(request.http_request.headers),
        # Seconds; whoever waits for a secret waits for this as well.
        connection_timeout=3,
        read_timeout=4,
    )
