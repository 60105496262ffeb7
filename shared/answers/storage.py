"""Table and Queue Storage's answers, by status and code."""

from __future__ import annotations

from shared.answers.meaning import Table, again, gone, lasting, ours
from shared.helpers import Helper

_OWNER = Helper.SUBSCRIPTION_OWNER
UNREACHABLE = again(
    "store_unavailable",
    "Rollcall's storage cannot be reached.",
    "Try again in a minute. If it lasts, your administrator should check the storage account.",
)
_BUSY = again("store_busy", "Rollcall's storage is busy.", "Try again in a minute.")
_BEING_DELETED = again(
    "store_being_deleted",
    "A table or queue of Rollcall's was deleted, and storage has not finished with that.",
    "Wait a few minutes: it is made anew as soon as storage allows. What it held is lost.",
)
_IDENTITY = lasting(
    "store_identity",
    "Storage does not accept Rollcall's identity.",
    "Switch on the function app's managed identity, and set AZURE_CLIENT_ID if it is user-assigned.",
    _OWNER,
)
NO_IDENTITY = _IDENTITY

ROLE = lasting(
    "store_role",
    "Rollcall's identity may not read and write its storage.",
    "Give the function app's managed identity the roles Storage Table Data Contributor and Storage Queue "
    "Data Contributor on the storage account; that takes up to ten minutes to work.",
    _OWNER,
)

TABLE = Table(
    "Storage",
    "learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes, /table-service-error-codes, "
    "/queue-service-error-codes",
    {
        "0": UNREACHABLE,
        "408, 429, 5xx, * ServerBusy, * OperationTimedOut, * InternalError, * TooManyRequests": _BUSY,
        "* AccountBeingCreated, * AccountMigrationInProgress, * SystemInUse": _BUSY,
        "* TableBeingDeleted, * QueueBeingDeleted": _BEING_DELETED,
        "401, * NoAuthenticationInformation, * InvalidAuthenticationInfo": _IDENTITY,
        "403, * AuthorizationPermissionMismatch, * InsufficientAccountPermissions": ROLE,
        "* AuthorizationFailure, * AuthorizationSourceIPMismatch, * PublicAccessNotPermitted": lasting(
            "store_firewall",
            "The storage account's network rules keep Rollcall out.",
            "Let the function app's network through the storage account's firewall, or give it private "
            "endpoints for tables and queues.",
            _OWNER,
        ),
        "* AuthenticationFailed": lasting(
            "store_clock",
            "Storage does not accept Rollcall's signature: its key is another, or the clock of the machine "
            "is more than a quarter of an hour off.",
            "Check ROLLCALL_STORAGE_CONNECTION, and the machine's clock.",
            _OWNER,
        ),
        "* KeyBasedAuthenticationNotPermitted": lasting(
            "store_no_keys",
            "The storage account does not allow account keys.",
            "Set ROLLCALL_TABLES_URL in place of ROLLCALL_STORAGE_CONNECTION, so that the app's identity is "
            "used.",
            _OWNER,
        ),
        "* AuthorizationProtocolMismatch, * AccountRequiresHttps": lasting(
            "store_https",
            "The storage account wants HTTPS.",
            "Let ROLLCALL_TABLES_URL and ROLLCALL_QUEUES_URL begin with https://.",
            Helper.ROLLCALL_ADMIN,
        ),
        "* AccountIsDisabled, * AccountNotFound, * ResourceNotAccessible": lasting(
            "store_disabled",
            "The storage account is disabled.",
            "Check the storage account and its Azure subscription.",
            _OWNER,
        ),
        "* TableNotFound, * QueueNotFound, * ResourceNotFound, * MessageNotFound, 404": gone(
            "store_gone",
            "Storage does not find what Rollcall wrote there, or where it was to write.",
            "Try again in a minute. If it lasts, check ROLLCALL_TABLES_URL and the storage account.",
            _OWNER,
        ),
        "* EntityAlreadyExists, * TableAlreadyExists, * QueueAlreadyExists": lasting(
            "store_conflict", "Somebody else wrote the same to storage first.", "Try again.", Helper.READER
        ),
        "412, * UpdateConditionNotSatisfied, * ConditionNotMet, * PopReceiptMismatch": lasting(
            "store_conflict", "Somebody else wrote the same to storage first.", "Try again.", Helper.READER
        ),
        "400, 405, 411, 413, 414, 415, * InvalidInput, * EntityTooLarge, * RequestBodyTooLarge": ours(
            "Storage"
        ),
    },
)
