"""Why a count may be short: one `Problem` for each reason, in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from shared.audience.addresses import shown
from shared.errors import RollcallError, Truncated
from shared.helpers import Helper, Words, sender_words


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a count may be short. `list` is the address it concerns, None where it is the
    whole expansion. `text` and `remedy` are for the sender, `forward` is what to send to whoever can help;
    `admin` what an administrator is told instead, None where that is the same."""

    code: str
    list: str | None
    text: str
    remedy: str
    forward: str | None = None
    admin: Words | None = None

    def told_to_admin(self) -> Problem:
        """The same in the words for an administrator."""
        if self.admin is None:
            return self
        return Problem(self.code, self.list, self.admin.sentence, self.admin.remedy)


def from_error(error: RollcallError, address: str | None) -> Problem:
    """The problem that `error` is for the list or person at `address`."""
    told, admin = error.for_sender(), Words(error.sentence, error.remedy)
    return Problem(
        error.code, address, told.sentence, told.remedy, told.forward, admin if told != admin else None
    )


def _of(code: str, address: str | None, text: str, remedy: str, helper: Helper) -> Problem:
    """A problem whose `remedy` is for `helper`."""
    told = sender_words(text, text, remedy, helper, code)
    return Problem(code, address, text, told.remedy, told.forward, Words(text, remedy))


def not_found(address: str, domain: str | None, *, exchange: bool) -> Problem:
    """Nothing stands behind `address`; `domain` is None where the organisation's domains are unknown, and
    `exchange` whether Exchange was asked too."""
    if domain:
        text = (
            f"{shown(domain)} is one of your organisation's domains, but the directory knows nobody and no "
            "list of this address."
        )
    else:
        text = "It may be external, but the directory knows nobody and no list of this address."
    return Problem(
        "not_found",
        address,
        text,
        "Check the spelling."
        if exchange
        else "Check the spelling. A dynamic distribution list is only seen once Exchange is connected.",
    )


def without_address(address: str) -> Problem:
    """The typed address belongs to somebody who has no mailbox."""
    return Problem(
        "without_address",
        address,
        "This person has no mailbox, so mail to this address does not arrive.",
        "Remove the address, or ask your administrator to give the person a mailbox.",
    )


_TO_SHOW_MEMBERS = {
    "graph": ("Grant User.Read.All (and OrgContact.Read.All for contacts).", Helper.ENTRA_ADMIN),
    "ews": (
        "Some members have an X.500 address alone, or are somebody's own list: give them an SMTP address in "
        "Exchange, or take them out of the list.",
        Helper.EXCHANGE_ADMIN,
    ),
    "exchange": (
        "Exchange names some members without an address: look at the list's members in the Exchange admin "
        "centre, and at the role View-Only Recipients of the service account.",
        Helper.EXCHANGE_ADMIN,
    ),
}


def members_not_shown(address: str, directory: str) -> Problem:
    """Some members of the list were listed by `directory` without what tells who they are."""
    remedy, helper = _TO_SHOW_MEMBERS.get(directory, _TO_SHOW_MEMBERS["graph"])
    return _of(
        "no_permission",
        address,
        "The directory does not show the service account who some members of this list are.",
        remedy,
        helper,
    )


def dynamic_not_visible(address: str | None, failure: RollcallError | None) -> Problem:
    """Only Graph read the list (None: all of them), which does not show dynamic lists nested in it;
    `failure` is why Exchange did not, None where it is not connected."""
    if failure is None:
        return _of(
            "dynamic_not_visible",
            address,
            "Only Microsoft Graph is connected. It does not show dynamic distribution lists and public "
            "folders that are inside other lists, so there may be more recipients.",
            "Connect Exchange, or state that there are none (ROLLCALL_DYNAMIC_LISTS).",
            Helper.ROLLCALL_ADMIN,
        )
    text = "Exchange could not be asked, so dynamic distribution lists inside other lists were not seen."
    told = failure.for_sender()
    admin = Words(f"{text} {failure.sentence}", failure.remedy)
    seen = text if failure.plainly else admin.sentence
    return Problem("dynamic_not_visible", address, seen, told.remedy, told.forward, admin)


def not_an_address(typed: str) -> Problem:
    """What was typed is nothing that mail can be sent to."""
    return Problem(
        "not_an_address",
        typed,
        "This is not an e-mail address, so it was left out of the count.",
        "Correct it or remove it. Open a personal contact group in Outlook, so that its people stand here.",
    )


def being_worked_out(address: str) -> Problem:
    """Exchange knows a dynamic list and shows nobody in it."""
    return Problem(
        "being_worked_out",
        address,
        "Exchange works out anew who is in this list and shows no member meanwhile, which may take hours.",
        "Count again later. If the list stays empty, ask your administrator to look at its rule.",
    )


def empty_or_hidden(address: str) -> Problem:
    """Graph shows nobody in a distribution list, and does not tell whether it hides its members."""
    return Problem(
        "empty_or_hidden",
        address,
        "Microsoft Graph shows no member of this list: it has none, or it hides them.",
        "Your administrator can connect Exchange, which tells the one from the other.",
    )


def shown_empty(address: str) -> Problem:
    """Exchange knows the list, a dynamic one, and showed nobody in it."""
    return Problem(
        "truncated",
        address,
        "Exchange showed no member of this list, which may mean that it could not work them out.",
        "If the list has members, count again later, or ask your administrator to look into it.",
    )


def truncated(address: str) -> Problem:
    """The directory cut the list short."""
    return from_error(Truncated(), address)


def list_not_allowed(address: str) -> Problem:
    """An admin's rules keep the list from being read."""
    return Problem(
        "list_not_allowed",
        address,
        "Your organisation does not let Rollcall read this list.",
        "Mail still reaches its members. Your administrator can allow it (ROLLCALL_ALLOW_LISTS, "
        "ROLLCALL_DENY_LISTS).",
    )


def too_deep(address: str, limit: int) -> Problem:
    """The list is nested more than `limit` levels down."""
    return Problem(
        "too_deep",
        address,
        f"This list is nested more than {limit} levels deep and was not read.",
        "Address it directly, or ask your administrator to raise ROLLCALL_MAX_DEPTH.",
    )


def too_many_lists(unread: int, limit: int) -> Problem:
    """More lists turned up than one expansion reads; `unread` of them were left."""
    return Problem(
        "too_large",
        None,
        f"More than {limit:,} lists are involved; {unread:,} of them were not read.",
        "Send to fewer lists at once, or ask your administrator to raise ROLLCALL_MAX_LISTS.",
    )


def too_many_recipients(limit: int) -> Problem:
    """The count reached `limit` and stopped there."""
    return Problem(
        "too_large",
        None,
        f"There are more than {limit:,} recipients; counting stopped there.",
        "Send to fewer lists at once, or ask your administrator to raise ROLLCALL_MAX_RECIPIENTS.",
    )
