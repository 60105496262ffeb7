"""Everything that can go wrong.

RollcallError
├─ InvalidRequest           the caller sent something we cannot use; names the field
├─ NotAuthenticated         no access token, or not one of ours
├─ NotAllowed               a good access token without the right to do this
├─ BadToken                 a tracking token is forged, damaged, or not ours
├─ NotFound                 nothing of that name that this caller may see
├─ Conflict                 the request contradicts what is already there
├─ Cancelled                the work was called off: deleted, or taken over by another process
├─ StoreUnavailable         Table Storage did not answer
├─ TooManyRequests          the caller asks more often than an admin allows
├─ VaultUnavailable         Key Vault did not answer
│  └─ VaultDenied           Key Vault answered that we may not: somebody closed it to us
├─ SignInUnavailable        Entra's signing keys cannot be had, so nobody can be recognised
├─ ServiceAccountError      the service account cannot be used; says what an admin must do
└─ DirectoryError           a directory did not answer the question
   ├─ ListNotFound          no such list, or it is gone since it was found
   ├─ AmbiguousAddress      two directory objects share one address
   ├─ HiddenMembership      the list exists, its members are hidden from us
   ├─ AccessRefused         the directory refused us; a permission is missing
   │  └─ DirectoryClosed    it refuses us whatever the list: not enabled, a role is missing, retired
   │     └─ EwsBlocked      Exchange Web Services do not let this app in
   ├─ Truncated             the directory did not show the list whole
   ├─ Throttled             the directory asked us to wait longer than we may
   ├─ DirectoryDown         the directory is unreachable or failing
   └─ UnreadableAnswer      the directory's answer made no sense
SettingsError               a setting is missing or malformed; outside the tree, a deployment is broken
"""

from __future__ import annotations

from math import ceil

from shared.helpers import Helper, Words, sender_words


class RollcallError(Exception):
    """Base of all that can go wrong at run time.

    `sentence` says what is wrong and `remedy` what helps, to whom `helper` names; a sender who is not that
    reads `for_sender`. `reason` is the most precise word for programs. None of them ever holds another
    system's text, an access token or a secret.
    """

    code = "internal"
    sentence = "Something went wrong on our side."
    remedy = "Try again. If it happens again, tell your administrator."
    helper = Helper.READER
    plainly = ""  # how it looks to a sender, where that is not `sentence`

    def __init__(
        self,
        sentence: str | None = None,
        remedy: str | None = None,
        *,
        helper: Helper | None = None,
        reason: str = "",
    ) -> None:
        self.sentence = sentence or type(self).sentence
        self.remedy = remedy or type(self).remedy
        self.helper = helper or type(self).helper
        self.reason = reason or type(self).code
        super().__init__(self.sentence)

    def for_sender(self) -> Words:
        """What a sender is told."""
        return sender_words(
            self.plainly or self.sentence, self.sentence, self.remedy, self.helper, self.reason
        )


class InvalidRequest(RollcallError):
    """The caller sent something we cannot use. `field` is a JSON path (`$.addresses[3]`), a query
    parameter, a header or `body`; `status` is the 4xx that fits."""

    code = "invalid_request"
    sentence = "The request cannot be used."
    remedy = "Correct the named field and send it again."

    def __init__(self, field: str, sentence: str, remedy: str | None = None, *, status: int = 400) -> None:
        super().__init__(sentence, remedy)
        self.field = field
        self.status = status


class NotAuthenticated(RollcallError):
    """There is no access token, or it is not one that this deployment accepts."""

    code = "not_authenticated"
    sentence = "You are not signed in to Rollcall."
    remedy = "Sign in and try again."


class NotAllowed(RollcallError):
    """The access token is good, but its bearer may not do this."""

    code = "not_allowed"
    sentence = "Your account may not do this."
    remedy = "Ask your administrator for the Rollcall role you need."


class BadToken(RollcallError):
    """A tracking token is forged, damaged, or another deployment's."""

    code = "bad_token"
    sentence = "This link is damaged."
    remedy = "Ask the sender for it, or copy it again as a whole."


class NotFound(RollcallError):
    """Nothing of that name is there, or it belongs to somebody else: the two look the same."""

    code = "not_found"
    sentence = "There is nothing here under that name, or it has expired."
    remedy = "Count the recipients again."


class Conflict(RollcallError):
    """The request contradicts what is already there."""

    code = "conflict"
    sentence = "This id already stands for another request."
    remedy = "Use a new id."


class Cancelled(RollcallError):
    """The work was called off: its expansion was deleted, or another process took it over."""

    code = "cancelled"
    sentence = "This expansion was cancelled."
    remedy = "Count the recipients again if you still need them."


class StoreUnavailable(RollcallError):
    """The storage account did not answer, or refused us."""

    code = "store_unavailable"
    sentence = "Rollcall's storage cannot be reached."
    remedy = "Try again in a minute. If it lasts, your administrator should check the storage account."


class TooManyRequests(RollcallError):
    """The caller asks more often than an admin allows. `retry_after` is in seconds."""

    code = "too_many_requests"
    sentence = "You have asked for this very often within the last minute."

    def __init__(self, retry_after: float) -> None:
        super().__init__(remedy=_wait(retry_after))
        self.retry_after = retry_after


class VaultUnavailable(RollcallError):
    """Key Vault did not answer."""

    code = "vault_unavailable"
    sentence = "Rollcall's Key Vault cannot be reached."
    remedy = "Try again in a minute. If it lasts, your administrator should check the vault and its access."


class VaultDenied(VaultUnavailable):
    """Key Vault answered that we may not read: somebody closed it to us, so we stop."""

    code = "vault_denied"
    helper = Helper.SUBSCRIPTION_OWNER
    sentence = "Key Vault refuses Rollcall's identity."
    remedy = "Give the function app's managed identity the role Key Vault Secrets Officer on the vault."


class SignInUnavailable(RollcallError):
    """Entra's signing keys cannot be had, so no access token can be judged, good or bad."""

    code = "sign_in_unavailable"
    sentence = "Microsoft's sign-in service cannot be reached, so nobody can be recognised."
    remedy = "Try again in a minute."


class ServiceAccountError(RollcallError):
    """The service account cannot be used. `needs_sign_in`: a sign-in mends it; `passing`: waiting does."""

    code = "service_account"
    helper = Helper.ROLLCALL_ADMIN
    plainly = "Rollcall cannot read your organisation's lists at the moment."
    sentence = "The service account that reads the directory cannot be used."
    remedy = "An administrator must connect a service account."

    def __init__(
        self,
        reason: str,
        sentence: str | None = None,
        remedy: str | None = None,
        *,
        needs_sign_in: bool = False,
        passing: bool = False,
        helper: Helper | None = None,
    ) -> None:
        super().__init__(sentence, remedy, helper=Helper.READER if passing else helper, reason=reason)
        self.needs_sign_in = needs_sign_in
        self.passing = passing


class DirectoryError(RollcallError):
    """A directory (`graph`, `exchange`, `ews`) did not answer the question."""

    code = "directory_down"
    sentence = "The directory did not answer."
    remedy = "Try again in a few minutes."


class ListNotFound(DirectoryError):
    """No such list, or it is gone since it was found."""

    code = "not_found"
    sentence = "The directory knew this list a moment ago and does not find it now."
    remedy = "Count again in a few minutes: it may be new, or renamed or deleted."


class AmbiguousAddress(DirectoryError):
    """Two or more directory objects share one address, so neither is picked."""

    code = "ambiguous"
    sentence = "Two entries of the directory share this address."
    remedy = "Give one of them another address, or remove the one that is not needed."
    helper = Helper.EXCHANGE_ADMIN


class HiddenMembership(DirectoryError):
    """The list exists, its members are hidden from the service account."""

    code = "hidden_membership"
    sentence = "The members of this list are hidden."
    remedy = "Ask the list's owner for its size, or your administrator to make its membership readable."


class AccessRefused(DirectoryError):
    """The directory refused the service account; a permission or a role is missing."""

    code = "no_permission"
    sentence = "The service account may not read this list."
    remedy = "Grant the service account the missing permission or role."
    helper = Helper.ENTRA_ADMIN


class DirectoryClosed(AccessRefused):
    """The directory refuses us whatever the list."""

    helper = Helper.EXCHANGE_ADMIN


class EwsBlocked(DirectoryClosed):
    """Exchange Web Services do not let this app in."""

    code = "ews_blocked"
    sentence = "Exchange Web Services do not let Rollcall in."
    remedy = "Let Rollcall in, or leave `ews` out of ROLLCALL_DIRECTORIES."


class Truncated(DirectoryError):
    """The directory did not show the list whole: it cut it short, or did not tell which members are lists."""

    code = "truncated"
    sentence = "The directory did not show this list whole, so there may be more recipients."
    remedy = "Count again. If it stays so, split the list, or ask your administrator to look into it."


class Throttled(DirectoryError):
    """The directory asked us to wait longer than we may. `retry_after` is in seconds."""

    code = "throttled"
    sentence = "Microsoft is busy and asked us to wait."

    def __init__(self, retry_after: float) -> None:
        super().__init__(remedy=_wait(retry_after))
        self.retry_after = retry_after


class DirectoryDown(DirectoryError):
    """The directory is unreachable, too slow, or answers with server errors."""

    sentence = "The directory cannot be reached."


class UnreadableAnswer(DirectoryError):
    """The directory's answer made no sense: not JSON, or not of the documented shape."""

    sentence = "The directory gave an answer that makes no sense."


def _wait(seconds: float) -> str:
    whole = max(1, ceil(seconds))
    return "Try again in 1 second." if whole == 1 else f"Try again in {whole} seconds."


class SettingsError(Exception):
    """Settings are missing or malformed. `complaints` names every one of them at once."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = complaints
        super().__init__("Rollcall cannot start:\n" + "\n".join(f"- {c}" for c in complaints))
