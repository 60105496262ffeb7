"""The Exchange Online Admin API's answers, by status and the type of the cmdlet's exception."""

from __future__ import annotations

from shared.answers.meaning import Table, again, anew, gone, lasting, ours
from shared.helpers import Helper

_BUSY = again("busy", "Exchange is busy.", "Try again in a few minutes.")
_AMBIGUOUS = lasting(
    "ambiguous",
    "Two entries of the directory share this address.",
    "Give one of them another address, or remove the one that is not needed.",
    Helper.EXCHANGE_ADMIN,
)
ROLE_MISSING = lasting(
    "role_missing",
    "Exchange does not let the service account read lists.",
    "Grant Exchange.ManageV2 and give the service account the Exchange role View-Only Recipients; the role "
    "group Recipient Management does as well.",
    Helper.EXCHANGE_ADMIN,
)
NOT_ENABLED = lasting(
    "not_enabled",
    "The Exchange Online Admin API is not available in this organisation.",
    "It is a preview that Microsoft has not enabled everywhere. Until it is, leave `exchange` out of "
    "ROLLCALL_DIRECTORIES.",
    Helper.EXCHANGE_ADMIN,
)

TABLE = Table(
    "Exchange",
    "learn.microsoft.com/exchange/reference/admin-api-overview; .NET types of Exchange's management shell",
    {
        "0": again("unreachable", "Exchange cannot be reached.", "Try again in a few minutes."),
        "408, 409, 423, 429, 5xx": _BUSY,
        "* ADTransientException, * TransientException, * DataSourceTransientException": _BUSY,
        "* ADServerSettingsChangedException, * TenantTransientException, * StorageTransientException": _BUSY,
        "* OverBudgetException, * ServerBusyException, * CmdletProxyException, * ADOperationException": _BUSY,
        "* BackEndLocatorException, * RemotePowerShellProxyException, * TimeoutException": _BUSY,
        "* DomainControllerUnavailableException, * NoSuitableServerFoundException": _BUSY,
        "* SuitabilityDirectoryException, * ADInvalidServiceCredentialException": _BUSY,
        "* PagingTokenExpiredException, * InvalidSkipTokenException, 410": anew(
            "page_expired",
            "Exchange lost the place in this list while it was being read.",
            "Count again. A list that is read from its first page each time and still fails can be split.",
        ),
        "401": again(
            "token_refused",
            "Exchange does not accept the access token.",
            "Connect the service account again.",
            Helper.ROLLCALL_ADMIN,
        ),
        "403, * CmdletAccessDeniedException, * UnauthorizedAccessException": ROLE_MISSING,
        "* TenantAccessBlockedException, * TenantOrgContainerNotFoundException": lasting(
            "blocked",
            "Exchange Online is blocked for this organisation, or not set up in it.",
            "Check the organisation's Exchange Online subscription.",
            Helper.SUBSCRIPTION_OWNER,
        ),
        "* ManagementObjectAmbiguousException, * NonUniqueRecipientException": _AMBIGUOUS,
        "* matches multiple entries": _AMBIGUOUS,
        "* ManagementObjectNotFoundException": gone(
            "not_found",
            "The directory knew this list a moment ago and does not find it now.",
            "Count again in a few minutes: it may be new, or renamed or deleted.",
        ),
        "400, 404": NOT_ENABLED,
        "405, 406, 411, 413, 414, 415, 422": ours("Exchange"),
        "* ParameterBindingException, * ArgumentException, * ParsingException": ours("Exchange"),
    },
)
