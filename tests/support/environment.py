"""Settings as a complete deployment has them."""

from __future__ import annotations

from shared.settings import Settings

TENANT, CLIENT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


COMPLETE = {
    "ROLLCALL_TENANT_ID": TENANT,
    "ROLLCALL_CLIENT_ID": CLIENT,
    "ROLLCALL_KEY_VAULT_URL": "https://vault.example",
    "ROLLCALL_STORAGE_CONNECTION": "AccountKey=canary-secret",
    "ROLLCALL_PUBLIC_URL": "https://rollcall.example/",
}


def settings(**more: str) -> Settings:
    return Settings.from_env(COMPLETE | {"ROLLCALL_ADDIN_CLIENT_IDS": ADDIN} | more)


ADDIN = "33333333-3333-4333-8333-333333333333"
