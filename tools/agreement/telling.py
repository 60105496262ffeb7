"""An agreement in plain sentences, for whoever signs it, and for whoever checks settings against it."""

from __future__ import annotations

from collections.abc import Iterator

from shared.agreement.allowances import MEANINGS, Allowance
from shared.agreement.terms import Agreement
from shared.tracking.mail.ceiling import Basis, Tracking

REACH = {
    Tracking.OFF: "Nothing is tracked; recipients are counted before a mail is sent.",
    Tracking.CLICKS: "That links are followed may be counted; opens may not, and nobody is told from others.",
    Tracking.OPENS: "That mails are opened may be counted; links may not, and nobody is told from others.",
    Tracking.COUNTING: "Opens and followed links may be counted; all recipients get the same mail.",
    Tracking.PSEUDONYMOUS: "Each recipient may get a mail of their own, which leads to nobody's name.",
    Tracking.INDIVIDUAL: "Who opened a mail and followed its links may be told by name.",
}
BASES = {
    Basis.CONSENT: "only of people who said yes",
    Basis.OBJECTION: "of people who did not object",
}


def tell(terms: Agreement) -> Iterator[str]:
    """What was agreed, line by line."""
    yield f"{terms.title}, between {' and '.join(terms.parties)} ({terms.reference})"
    yield f"In force from {terms.valid_from.isoformat()} until before {terms.valid_until.isoformat()}."
    yield REACH[terms.tracking]
    if terms.individual_basis:
        yield f"That is {' or '.join(BASES[basis] for basis in terms.individual_basis)}."
    if terms.notice == "line":
        yield "Each tracked mail says that it is measured."
    else:
        yield "Mails need not say that they are measured: people are informed otherwise."
    yield f"Where nobody is told apart, nothing is told of fewer than {terms.smallest_group} people."
    soonest, times = terms.published_after, terms.published_times
    yield f"Numbers appear {soonest:,} seconds after delivery at the soonest, {times} time(s) at most."
    yield f"Opens and clicks are kept for {terms.events_kept} days at most, mails for {terms.messages_kept}."
    yield f"The audit trail is kept for {terms.audit_kept} days at most."
    for allowance in Allowance:
        verb = "ALLOWED    " if allowance in terms.allowed else "not allowed"
        yield f"{verb}  {MEANINGS[allowance]}"
