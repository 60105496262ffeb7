"""Key Vault's answers, by status and the most precise code."""

from __future__ import annotations

from shared.answers.meaning import Table, again, gone, lasting, ours
from shared.helpers import Helper

_OWNER = Helper.SUBSCRIPTION_OWNER
BUSY = again("busy", "Key Vault is busy.", "Try again in a minute.")
NO_IDENTITY = lasting(
    "no_identity",
    "Rollcall has no identity that Key Vault accepts.",
    "Switch on the function app's managed identity, and set AZURE_CLIENT_ID if it is user-assigned.",
    _OWNER,
)
NOT_A_VAULT = lasting(
    "not_a_vault",
    "What answers in Key Vault's place is not Rollcall's Key Vault.",
    "Check ROLLCALL_KEY_VAULT_URL.",
    Helper.ROLLCALL_ADMIN,
)
NO_SUCH_HOST = lasting(
    "no_such_host",
    "There is no Key Vault of that name.",
    "Check ROLLCALL_KEY_VAULT_URL and, with a private endpoint, the network's DNS.",
    _OWNER,
)
_ROLE = lasting(
    "vault_denied",
    "Key Vault refuses Rollcall's identity.",
    "Give the function app's managed identity the role Key Vault Secrets Officer on the vault.",
    _OWNER,
)

TABLE = Table(
    "Key Vault",
    "learn.microsoft.com/azure/key-vault/general/rest-error-codes, /general/common-error-codes",
    {
        "0, 5xx": again(
            "vault_unavailable",
            "Rollcall's Key Vault cannot be reached.",
            "Try again in a minute. If it lasts, your administrator should check the vault and its access.",
        ),
        "408, 429, * Throttled": BUSY,
        "* ObjectIsBeingDeleted, * ObjectIsBeingRecovered, 409, * Conflict": again(
            "being_changed",
            "A secret that Rollcall needs is being deleted or recovered in Key Vault.",
            "Try again in a minute.",
        ),
        "401, * Unauthorized": NO_IDENTITY,
        "403, * Forbidden, * ForbiddenByRbac, * ForbiddenByPolicy, * AccessDenied": _ROLE,
        "* ForbiddenByFirewall, * ForbiddenByNsp": lasting(
            "vault_firewall",
            "Key Vault's network rules keep Rollcall out.",
            "Let the function app's network through the vault's firewall, or give it a private endpoint.",
            _OWNER,
        ),
        "* ForbiddenByConnection": lasting(
            "vault_private",
            "Key Vault's public access is off, and Rollcall does not reach it over a private endpoint.",
            "Give the vault a private endpoint in the function app's network, with its DNS zone linked, or "
            "allow public access from selected networks.",
            _OWNER,
        ),
        "* SecretDisabled": lasting(
            "secret_disabled",
            "A secret that Rollcall needs is disabled in Key Vault.",
            "Enable the secret {name}, or write a new version of it.",
            _OWNER,
        ),
        "* SecretExpired, * SecretNotYetValid, * ForbiddenByExpiry": lasting(
            "secret_expired",
            "A secret that Rollcall needs is not valid at this time.",
            "Correct the dates of the secret {name}, or write a new version of it.",
            _OWNER,
        ),
        "* ObjectIsDeletedButRecoverable": lasting(
            "secret_deleted",
            "A secret that Rollcall needs was deleted from Key Vault.",
            "Recover the secret {name}: its name cannot be used before it is recovered or purged.",
            _OWNER,
        ),
        "* VaultNotFound, * VaultDisabled, * VaultSuspended": lasting(
            "vault_gone",
            "Rollcall's Key Vault is deleted or suspended.",
            "Recover the vault, or check the Azure subscription.",
            _OWNER,
        ),
        "* SecretNotFound": gone(
            "no_secret", "Key Vault holds no secret {name}.", "Write it.", Helper.ROLLCALL_ADMIN
        ),
        "200, 404, * NotFound": NOT_A_VAULT,
        "400, 405, 413, 415, * BadParameter": ours("Key Vault"),
    },
)
