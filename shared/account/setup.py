"""Whether what a set-up needs is there, as far as the service account's own sign-in shows it.

It shows less than somebody sees who registers apps, and of some things more: Entra judged the sign-in a
moment ago. What it does not show is never taken for well or for missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.account.answers import GrantAnswer, NeedAnswer
from shared.account.grants import Granted
from shared.account.needs import LOOK, MISSING, SIGN_IN, WELL, Need
from shared.account.ports import DirectoryProfile
from shared.errors import AccessRefused, RollcallError

# What Entra refuses the sign-in for, and what is then not as it should be.
_REFUSED_FOR = {
    reason: name
    for name, reasons in {
        "account": "no_account unknown_account wrong_tenant password_expired wrong_password sign_in_expired "
        "sign_in_revoked sign_in_needed",
        "account_enabled": "disabled locked",
        "backend": "app_unknown permission_not_registered",
        "backend_principal": "resource_disabled",
        "proof": "client_refused client_secret_wrong client_secret_expired client_certificate federation",
        "callback": "callback_not_registered callback_is_spa",
        "policies": "conditional_access device_policy app_policy network_policy security_defaults risk "
        "sign_in_frequency mfa_required mfa_not_registered",
    }.items()
    for reason in reasons.split()
}
# What Entra looks at before it renews a sign-in: all of it let this one pass.
_JUDGED = {"account", "account_enabled", "backend", "proof", "backend_principal"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the connection found. `renewed`: Entra renewed the sign-in just now; `failures` are by
    API; `refused` is why a directory refused what it was asked last; `profile` is what Graph says of the
    account, None where it did not say; `by_addin`: who looks came by the add-in's own registration."""

    renewed: bool
    failures: Mapping[str, RollcallError]
    granted: Mapping[str, Granted]
    beyond: Iterable[GrantAnswer]
    refused: Mapping[str, RollcallError | None]
    profile: DirectoryProfile | None
    by_addin: bool


def look_at_setup(asked: Iterable[Need], seen: Seen) -> list[NeedAnswer]:
    """How each need stands."""
    return [_answer(need, *_stand(need, seen)) for need in asked]


def _stand(need: Need, seen: Seen) -> tuple[str, RollcallError | None]:
    """The state, and what was said of it."""
    if refusal := _refusal(need, seen):
        return MISSING, refusal
    match need.name:
        case name if name in _JUDGED:
            return (WELL if seen.renewed else LOOK), None
        case "policies":
            return (WELL if seen.renewed and not seen.failures else LOOK), None
        case "role":
            # Only an admin gets to see this.
            return (WELL if need.of == "admin" else LOOK), None
        case "consent":
            return _consent(need.of, seen)
        case "account_member":
            return _known(None if seen.profile is None else not seen.profile.is_guest)
        case "account_roles":
            return _known(_has_no_role(seen.profile))
        case "ews_mailbox":
            # The allow-list beside it cannot be seen.
            return (MISSING if seen.profile and not seen.profile.has_mailbox else LOOK), None
        case "addin" | "addin_principal":
            return (WELL if seen.by_addin else LOOK), None
        case "beyond":
            # What others, and the add-in, are granted cannot be seen.
            return (MISSING if any(one.beyond for one in seen.beyond) else LOOK), None
    return LOOK, None


def _refusal(need: Need, seen: Seen) -> RollcallError | None:
    """What was refused for want of it."""
    if need.name in ("exchange_role", "ews_mailbox"):
        refusal = seen.refused.get("exchange" if need.name == "exchange_role" else "ews")
        return refusal if isinstance(refusal, AccessRefused) else None
    for error in seen.failures.values():
        if _REFUSED_FOR.get(error.reason) == need.name:
            return error
        if error.reason == "not_assigned" and need == Need("role", "serviceAccount"):
            return error
    return None


def _consent(permission: str, seen: Seen) -> tuple[str, RollcallError | None]:
    if permission in SIGN_IN:
        return (WELL if seen.renewed else LOOK), None
    of_exchange = permission in ("Exchange.ManageV2", "EWS.AccessAsUser.All")
    granted = seen.granted.get("exchange" if of_exchange else "graph")
    if granted is None or granted.refusal:
        return LOOK, granted.refusal if granted else None
    return (WELL if granted.has(permission) else MISSING), None


def _has_no_role(profile: DirectoryProfile | None) -> bool | None:
    return None if profile is None or profile.roles is None else not profile.roles


def _known(is_well: bool | None) -> tuple[str, RollcallError | None]:
    if is_well is None:
        return LOOK, None
    return (WELL if is_well else MISSING), None


def _answer(need: Need, state: str, said: RollcallError | None) -> NeedAnswer:
    return NeedAnswer(need.name, need.of, state, said.sentence if said else "", said.remedy if said else "")
