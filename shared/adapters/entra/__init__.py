"""Entra ID, for the service account: a person signs in once, access tokens come silently ever after.

service_account   signs in, hands out access tokens
connections       the sign-in as Key Vault has it, shared by all processes
sign_in           what is kept of a sign-in, and in which form
standing          how a sign-in stands, and the access token that it gave
scopes            what is asked for, and what an answer says is granted
client            `msal`, the app's own credential, and HTTP
refusals          Entra's error codes in plain words
"""

from shared.adapters.entra.service_account import ServiceAccount
from shared.adapters.entra.sign_in import AccountIdentity

__all__ = ["AccountIdentity", "ServiceAccount"]
