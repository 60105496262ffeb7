"""Entra's error codes in plain words.

Source: "Microsoft Entra authentication and authorization error codes",
learn.microsoft.com/entra/identity-platform/reference-error-codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.errors import ServiceAccountError
from shared.helpers import Helper


class Refusal(NamedTuple):
    """What one refusal means. The fields are those of ServiceAccountError."""

    reason: str
    sentence: str
    remedy: str
    needs_sign_in: bool = False
    passing: bool = False
    helper: Helper | None = None

    def error(self) -> ServiceAccountError:
        """The error that says so."""
        return ServiceAccountError(
            self.reason,
            self.sentence,
            self.remedy,
            needs_sign_in=self.needs_sign_in,
            passing=self.passing,
            helper=self.helper or (Helper.ENTRA_ADMIN if self.reason in _FOR_ENTRA_ADMINS else None),
        )


# What is mended in Entra's admin centre, not in Rollcall.
_FOR_ENTRA_ADMINS = frozenset(
    (
        *("disabled", "locked", "password_expired", "mfa_not_registered", "sign_in_frequency"),
        *("conditional_access", "device_policy", "app_policy", "network_policy", "security_defaults", "risk"),
        *("consent_missing", "consent_declined", "not_assigned", "permission_not_registered"),
        *("app_unknown", "resource_disabled", "resource_unknown", "callback_is_spa"),
        *("callback_not_registered", "client_refused", "client_certificate", "federation"),
    )
)
_CONNECT = "An administrator must connect the service account again."
_OURS = "This is a mistake of Rollcall's, or of its settings: tell whoever looks after Rollcall."

_CONSENT_DECLINED = Refusal(
    "consent_declined",
    "The permissions Rollcall asks for were declined.",
    "Connect again and accept them, or ask a tenant administrator to.",
)
CONSENT_MISSING = Refusal(
    "consent_missing",
    "The permissions Rollcall needs have not all been granted.",
    "A tenant administrator must grant consent to Rollcall's permissions; then connect the account again.",
    needs_sign_in=True,
)
_APP_UNKNOWN = Refusal(
    "app_unknown",
    "Rollcall's app registration is disabled, or not in this tenant.",
    "Check ROLLCALL_CLIENT_ID and ROLLCALL_TENANT_ID, and enable the enterprise application.",
)
_WRONG_REQUEST = Refusal("wrong_request", "Rollcall asked Entra for something it does not give.", _OURS)
NO_ACCOUNT = Refusal(
    "no_account",
    "No service account is connected.",
    "An administrator must connect one.",
    needs_sign_in=True,
)
NETWORK = Refusal(
    "network", "Microsoft's sign-in service cannot be reached.", "Try again in a minute.", passing=True
)
UNREADABLE = Refusal(
    "unreadable_answer",
    "Microsoft's sign-in service gave an answer that makes no sense.",
    "Try again in a minute. If it lasts, check ROLLCALL_AUTHORITY and the network between.",
    passing=True,
)
WRONG_TENANT = Refusal(
    "wrong_tenant",
    "That account belongs to another organisation; nothing was kept.",
    "Connect an account of your own organisation.",
    needs_sign_in=True,
)
SIGN_IN_MISMATCH = Refusal(
    "sign_in_mismatch",
    "This answer does not belong to the sign-in that was started; nothing was kept.",
    "Start again, and keep to one browser tab.",
    needs_sign_in=True,
)
TENANT_UNKNOWN = Refusal("tenant_unknown", "There is no such tenant.", "Check ROLLCALL_TENANT_ID.")
BUSY = Refusal("busy", "Microsoft's sign-in service is busy.", "Try again in a minute.", passing=True)

# What is not known by its number is judged by its OAuth `error`; numbers may change, Microsoft says.
TOKEN_REFUSED = Refusal(
    "token_refused",
    "Microsoft no longer accepts the service account's sign-in.",
    _CONNECT,
    needs_sign_in=True,
)
_BY_ERROR = {
    "access_denied": _CONSENT_DECLINED,
    "consent_required": CONSENT_MISSING,
    "invalid_client": Refusal(
        "client_refused",
        "Entra does not accept Rollcall's own credential.",
        "Renew the client secret or certificate in Key Vault, or check the federated credential.",
    ),
    "unauthorized_client": _APP_UNKNOWN,
    "invalid_scope": _WRONG_REQUEST,
    "invalid_resource": _WRONG_REQUEST,
    "invalid_request": _WRONG_REQUEST,
    "temporarily_unavailable": BUSY,
    "server_error": BUSY,
    "invalid_grant": Refusal(
        "sign_in_needed", "Entra wants the service account to sign in again.", _CONNECT, needs_sign_in=True
    ),
}
_BY_ERROR["interaction_required"] = _BY_ERROR["login_required"] = _BY_ERROR["invalid_grant"]
_UNKNOWN = Refusal("unknown", "Entra refused the service account.", _CONNECT)

_BY_CODES: dict[tuple[int, ...], Refusal] = {
    (50057,): Refusal(
        "disabled", "The service account is disabled.", "Enable it in Entra, or connect another account."
    ),
    (50053,): Refusal(
        "locked",
        "The service account is locked: too many sign-ins failed, or one came from a suspicious address.",
        "Wait, or unlock it in Entra, or connect another account.",
    ),
    (50055, 50144): Refusal(
        "password_expired",
        "The service account's password has expired.",
        "Change the password, then connect the account again.",
        needs_sign_in=True,
    ),
    (50126,): Refusal("wrong_password", "User name or password were wrong.", "Connect the account again."),
    (50034, 51004, 50020): Refusal(
        "unknown_account", "This account does not exist in your organisation.", "Connect one that does."
    ),
    (50076, 50074, 50158): Refusal(
        "mfa_required",
        "Entra asks the service account for multi-factor sign-in again.",
        _CONNECT,
        needs_sign_in=True,
    ),
    (50079, 50072): Refusal(
        "mfa_not_registered",
        "The service account has no multi-factor sign-in set up.",
        "Set it up for the account, then connect it again.",
        needs_sign_in=True,
    ),
    (50078, 70043): Refusal(
        "sign_in_frequency",
        "A sign-in frequency policy ended the service account's session.",
        "Connect the account again, or exempt it from that Conditional Access policy.",
        needs_sign_in=True,
    ),
    (53003, 530032, 50131, 53004, 53010): Refusal(
        "conditional_access",
        "A Conditional Access policy blocks the service account.",
        "Change the policy so that the account may use Rollcall, or connect another account.",
    ),
    (53000, 53001, 530001, 530002, 530003, 530021, 50005, 50097, 50129, 50155): Refusal(
        "device_policy",
        "A Conditional Access policy wants the service account to use a managed device.",
        "Exempt the account from that policy, or connect another account.",
    ),
    (53002, 53009, 530034): Refusal(
        "app_policy",
        "A Conditional Access policy lets only approved or protected apps in, which a server cannot be.",
        "Exempt the service account from that policy (client app requirements), or connect another account.",
    ),
    (530027, 530029): Refusal(
        "network_policy",
        "A Conditional Access policy wants the service account to sign in from a compliant network.",
        "Exempt the service account from that policy, or name the function app's addresses as a location.",
    ),
    (530035, 530004): Refusal(
        "security_defaults",
        "The organisation's security defaults block the service account's sign-in.",
        "Connect it again with multi-factor sign-in, or use Conditional Access in place of the defaults.",
        needs_sign_in=True,
    ),
    (700024, 700023, 7000274, 50027): Refusal(
        "clock",
        "Entra finds Rollcall's proof of itself out of its time: the clock of the machine differs.",
        "Check the clock of the machine that Rollcall runs on; in Azure, restart the function app.",
        helper=Helper.SUBSCRIPTION_OWNER,
    ),
    (500014, 7000112, 7000114, 7000113): Refusal(
        "resource_disabled",
        "The enterprise application of Rollcall, or of what it reads (Graph, Exchange), is disabled.",
        "Enable users to sign in to it, in Entra's enterprise applications.",
    ),
    (500011, 650052, 650051): Refusal(
        "resource_unknown",
        "What Rollcall reads (Graph, Exchange) is not among the organisation's enterprise applications.",
        "Check that the organisation has a subscription with Exchange Online, then grant consent again.",
    ),
    (70021, 700211, 700212, 700213, 700222, 700223, 7002131): Refusal(
        "federation",
        "Entra knows no federated credential that fits Rollcall's managed identity.",
        "Compare issuer, subject and audience of the app registration's federated credential.",
    ),
    (53011,): Refusal(
        "risk",
        "Entra holds the service account for compromised and blocks it.",
        "Clear the account's risk in Entra, or connect another account.",
    ),
    (50105,): Refusal(
        "not_assigned",
        "The service account is not assigned to Rollcall.",
        "Assign it to Rollcall in Entra's enterprise applications, or connect another account.",
    ),
    (65001, 90094, 90093, 90095, 90097, 900971): CONSENT_MISSING,
    (65004,): _CONSENT_DECLINED,
    (650056, 650057): Refusal(
        "permission_not_registered",
        "Rollcall's app registration lacks a permission that Rollcall asks for.",
        "Add the permissions of the enabled directories to the app registration and grant consent.",
    ),
    (70008, 700082): Refusal(
        "sign_in_expired",
        "The service account's sign-in expired because it was not used for 90 days.",
        _CONNECT,
        needs_sign_in=True,
    ),
    (50173, 50132, 50133, 70000): Refusal(
        "sign_in_revoked", "The service account's sign-in was revoked.", _CONNECT, needs_sign_in=True
    ),
    (700084,): Refusal(
        "callback_is_spa",
        "Rollcall's callback is registered as a single-page app, so its sign-ins end after 24 hours.",
        "Register the callback as a Web redirect URI, then connect the account again.",
        needs_sign_in=True,
    ),
    (7000215,): Refusal(
        "client_secret_wrong",
        "The client secret in Key Vault is wrong.",
        "Store the secret's value in Key Vault; its ID looks similar.",
    ),
    (7000222,): Refusal(
        "client_secret_expired",
        "Rollcall's client secret has expired.",
        "Create a new one in the app registration and store it in Key Vault.",
    ),
    (700027, 50012): Refusal(
        "client_certificate",
        "The certificate in Key Vault is not one that the app registration knows.",
        "Upload its public part to the app registration, or store the right one in Key Vault.",
    ),
    (700016, 70001): _APP_UNKNOWN,
    (50011,): Refusal(
        "callback_not_registered",
        "Rollcall's callback address is not registered.",
        "Add it to the app registration as a Web redirect URI.",
    ),
    (90002, 900023): TENANT_UNKNOWN,
    (501481, 54005): Refusal(
        "sign_in_reused", "This sign-in was already used.", "Start again, and keep to one browser tab."
    ),
    (28000, 28002, 70011): _WRONG_REQUEST,
    (90055, 50196, 90006, 90024, 90033, 90036): BUSY,
}
REFUSALS = {code: refusal for codes, refusal in _BY_CODES.items() for code in codes}


# Numbers of one beginning are of one kind: what a new one means more exactly, nobody has told us yet.
_FAMILIES = (
    (r"530\d{2,3}|53\d{3}", REFUSALS[53003]),
    (r"7000\d{2,3}|7002\d{2,3}|70002", _BY_ERROR["invalid_client"]),
    (r"9009\d{1,3}|6500\d{1,2}", CONSENT_MISSING),
)


def refusal(answer: Mapping[str, Any]) -> ServiceAccountError:
    """The error for an OAuth error answer of Entra's, from the token endpoint or the callback.

    Nothing of its text is passed on but the number of an error that is not known here.
    """
    described = re.findall(r"AADSTS(\d{4,8})\b", str(answer.get("error_description", "")))
    codes = re.findall(r"\d{4,8}", str(answer.get("error_codes", ""))) or described
    for code in codes:
        if int(code) in REFUSALS:
            return REFUSALS[int(code)].error()
    families = (row for code in codes for family, row in _FAMILIES if re.fullmatch(family, code))
    found = next(families, None) or _BY_ERROR.get(str(answer.get("error")), _UNKNOWN)
    if codes:
        found = found._replace(sentence=f"{found.sentence[:-1]} (AADSTS{codes[0]}).")
    return found.error()
