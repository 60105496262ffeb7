"""Entra ID, for the service account: a person signs in once, access tokens come silently ever after.

service_account   sign in, hand out access tokens, notice what other processes did
sign_in           what is kept of a sign-in, and in which form
client            `msal`, the app's own credential, and HTTP
refusals          Entra's error codes in plain words
"""

from shared.adapters.entra.service_account import ServiceAccount
from shared.adapters.entra.sign_in import Account

__all__ = ["Account", "ServiceAccount"]
