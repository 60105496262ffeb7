"""Microsoft Graph's answers, by status and `error.code`."""

from __future__ import annotations

from shared.answers.meaning import Table, again, anew, gone, lasting, ours
from shared.helpers import Helper

_BUSY = again("busy", "Microsoft Graph is busy.", "Try again in a few minutes.")
_ANEW = anew(
    "page_expired",
    "Microsoft Graph lost the place in this list while it was being read.",
    "Count again. A list that is read from its first page each time and still fails can be split.",
)
_DENIED = lasting(
    "no_permission",
    "Microsoft Graph does not let the service account read this.",
    "Grant consent to the permissions that Connection names; for mail contacts, OrgContact.Read.All, and "
    "the account may need the role Directory Readers as well.",
    Helper.ENTRA_ADMIN,
)

TABLE = Table(
    "Microsoft Graph",
    "learn.microsoft.com/graph/errors, /graph/throttling, /graph/paging, /graph/resolve-auth-errors",
    {
        "0": again("unreachable", "Microsoft Graph cannot be reached.", "Try again in a few minutes."),
        "408, 409, 423, 424, 429, 5xx, 509": _BUSY,
        "* Request_ThrottledTemporarily, * TooManyRequests, * tooManyRequests, * activityLimitReached": _BUSY,
        "* Directory_ReplicaUnavailable, * Directory_BindingRedirection, * serviceNotAvailable": _BUSY,
        "* Service_InternalServerError, * generalException, * Directory_ConcurrencyViolation": _BUSY,
        "* Directory_ExpiredPageToken, * Directory_InvalidPageToken, * InvalidPageToken": _ANEW,
        "* resyncRequired, * syncStateNotFound, * SyncStateNotFound, 410": _ANEW,
        "401": again(
            "token_refused",
            "Microsoft Graph does not accept the access token.",
            "Connect the service account again.",
            Helper.ROLLCALL_ADMIN,
        ),
        "403, * Authorization_RequestDenied, * accessDenied": _DENIED,
        "* Authorization_IdentityNotFound, * Directory_CompanyNotFound": lasting(
            "app_unknown",
            "Microsoft Graph does not know Rollcall's enterprise application, or the organisation.",
            "Check ROLLCALL_CLIENT_ID and ROLLCALL_TENANT_ID, and enable the enterprise application.",
            Helper.ENTRA_ADMIN,
        ),
        "402, * Authentication_RequestFromNonPremiumTenantOrB2CTenant": lasting(
            "no_licence",
            "Microsoft Graph wants a licence for this that the organisation does not have.",
            "Ask Microsoft's support which licence; the answer's id stands in the log.",
            Helper.SUBSCRIPTION_OWNER,
        ),
        "404, * Request_ResourceNotFound, * itemNotFound, * ResourceNotFound": gone(
            "not_found",
            "The directory knew this list a moment ago and does not find it now.",
            "Count again in a few minutes: it may be new, or renamed or deleted.",
        ),
        "405, 406, 411, 412, 413, 414, 415, 416, 422, 431": ours("Microsoft Graph"),
        "* Request_BadRequest, * Request_UnsupportedQuery, * Request_InvalidRequestUrl": ours(
            "Microsoft Graph"
        ),
        "* invalidRequest, * BadRequest, * Request_InvalidDataContractVersion": ours("Microsoft Graph"),
    },
)
