"""Exchange Web Services' answers, by status and response code."""

from __future__ import annotations

from shared.answers.meaning import Table, again, gone, lasting, ours
from shared.helpers import Helper

_BUSY = again("busy", "Exchange is busy.", "Try again in a few minutes.")
_NO_MAILBOX = lasting(
    "no_mailbox",
    "The service account has no mailbox, and without one Exchange Web Services show nobody.",
    "Give the service account a mailbox (a licence with Exchange Online), or connect another account.",
    Helper.EXCHANGE_ADMIN,
)
_DISABLED = lasting(
    "disabled",
    "Exchange does not let the service account sign in: it is disabled, or its password has expired.",
    "Enable it, or change its password, then connect it again.",
    Helper.ENTRA_ADMIN,
    anew=True,
)
PASSWORD_REFUSED = lasting(
    "password_refused",
    "Exchange Server no longer accepts the user name and password that Rollcall was given.",
    "Correct the secret rollcall-ews-credentials in Key Vault.",
    Helper.ROLLCALL_ADMIN,
)

TABLE = Table(
    "Exchange Web Services",
    "learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode",
    {
        "0": again("unreachable", "Exchange cannot be reached.", "Try again in a few minutes."),
        "408, 409, 423, 429, 5xx": _BUSY,
        "* ErrorADOperation, * ErrorADUnavailable, * ErrorConnectionFailed, * ErrorServerBusy": _BUSY,
        "* ErrorExceededConnectionCount, * ErrorInternalServerError, * ErrorTimeoutExpired": _BUSY,
        "* ErrorInternalServerTransientError, * ErrorMailboxStoreUnavailable": _BUSY,
        "* ErrorTooManyObjectsOpened, * ErrorMailboxMoveInProgress, * ErrorMailboxFailover": _BUSY,
        "* ErrorNoRespondingCASInDestinationSite, * ErrorProxyRequestProcessingFailed": _BUSY,
        "* ErrorNotEnoughMemory, * ErrorInsufficientResources": _BUSY,
        "401": again(
            "token_refused",
            "Exchange Web Services do not accept the sign-in.",
            "Connect the service account again.",
            Helper.ROLLCALL_ADMIN,
        ),
        "403": lasting(
            "not_allowed",
            "Exchange Web Services do not let Rollcall in.",
            "In Exchange Online, set EwsEnabled to true and add Rollcall's client ID to EwsAllowedAppIDs, "
            "and grant EWS.AccessAsUser.All; Microsoft ends EWS there on 1 April 2027.",
            Helper.EXCHANGE_ADMIN,
        ),
        "404": lasting(
            "not_enabled",
            "There are no Exchange Web Services at the address that Rollcall was given.",
            "Correct ROLLCALL_EWS_URL.",
            Helper.ROLLCALL_ADMIN,
        ),
        "* ErrorNonExistentMailbox, * ErrorNameResolutionNoMailbox, * ErrorMissingEmailAddress": _NO_MAILBOX,
        "* ErrorInvalidLicense, * ErrorMailboxConfiguration": _NO_MAILBOX,
        "* ErrorAccountDisabled, * ErrorPasswordExpired, * ErrorPasswordChangeRequired": _DISABLED,
        "* ErrorLogonAsNetworkServiceFailed, * ErrorTokenSerializationDenied": _DISABLED,
        "* ErrorAccessDenied, * ErrorImpersonateUserDenied, * ErrorImpersonationDenied": lasting(
            "no_permission",
            "Exchange does not let the service account read this list.",
            "Grant EWS.AccessAsUser.All, and let the account see the address lists that hold this list.",
            Helper.EXCHANGE_ADMIN,
        ),
        "* ErrorNameResolutionMultipleResults": lasting(
            "ambiguous",
            "Two entries of the directory share this address.",
            "Give one of them another address, or remove the one that is not needed.",
            Helper.EXCHANGE_ADMIN,
        ),
        "* ErrorNameResolutionNoResults, * ErrorMailRecipientNotFound, * ErrorInvalidSmtpAddress": gone(
            "not_found",
            "The directory knew this list a moment ago and does not find it now.",
            "Count again in a few minutes: it may be new, or renamed or deleted.",
        ),
        "* ErrorInvalidRequest, * ErrorSchemaValidation, * ErrorInvalidServerVersion": ours("Exchange"),
        "* ErrorInvalidOperation, * ErrorUnsupportedTypeForConversion, 405, 411, 413, 415": ours("Exchange"),
    },
)
