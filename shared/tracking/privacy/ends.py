"""The end of everything that is kept: one row for each place, from which docs/privacy.md is made, and which a
test holds against the code, the template and the storage account.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class End:
    """`place` is a table, a queue, a secret or a log; `holds` is what is in it, `until` when that ends, `by`
    whatever ends it, of which `BY_ROLLCALL` are Rollcall's own."""

    place: str
    holds: str
    until: str
    by: str


AT_ONCE, SWEEP, HOURLY, SERVICE = "at once", "every five minutes", "every hour", "the service itself"
ADMIN, NOBODY = "whoever administers the place", "nobody"
BY_ROLLCALL = (AT_ONCE, SWEEP, HOURLY)

_MESSAGE = "with its message: `ROLLCALL_MESSAGES_KEPT` after its registration, or when it is deleted"
_EVENTS = "`ROLLCALL_EVENTS_KEPT` after the registration of their mail"
_WALK = "`ROLLCALL_EXPANSION_LIFETIME` after the list was counted"

ENDS = (
    End(
        "table `Messages`",
        "what a mail is: its sender, its readers, its mode; its name, campaign, tags and purpose, and its "
        "links' names, as its sender typed them; the lists that were typed; its teams",
        _MESSAGE,
        HOURLY,
    ),
    End("table `MessageList`", "who finds which message, by time and by these words", _MESSAGE, HOURLY),
    End(
        "table `Months`",
        "for whoever sees a message: its sender and its words as above, and the numbers that its report told",
        _MESSAGE,
        HOURLY,
    ),
    End(
        "table `MessageParts`",
        "its recipients and its links; which typed lists they are in, where that is told; of copies, how far "
        "they are",
        _MESSAGE,
        HOURLY,
    ),
    End(
        "table `Amendments`",
        "which links were withdrawn or corrected: a message's id, a number, an address on the web",
        "when it is taken back; never by itself, since links in delivered mails never end",
        NOBODY,
    ),
    End("table `MessageReaders`", "whose reports a reader may see", f"{_MESSAGE}, or taken back", HOURLY),
    End(
        "table `Journal`",
        "opens and clicks",
        f"{_EVENTS}, and an hour; what came behind the purge, eight days later",
        HOURLY,
    ),
    End("table `Summaries`", "which sums are current", _MESSAGE, HOURLY),
    End(
        "table `SummaryParts`",
        "sums; until the events end also a bit for each recipient and kind of deed",
        f"the bits with the events, the sums {_MESSAGE}",
        HOURLY,
    ),
    End(
        "table `Calendar`",
        "when something of a message ends, and when it was sent: its id and its owner's",
        "with what it is about; of a deletion, eight days later; that a message is gone, for programs that "
        "copied its numbers, 30 days later",
        HOURLY,
    ),
    End(
        "table `OptOuts`",
        "objections of addresses, as digests; of single mails, by number; which messages, and which weeks, "
        "are measured no more",
        "of an address: when it is withdrawn. Of a single mail, and the word for a message: once all mails "
        "of its week, or of that in which it was said, are measured no more. The last such week stays",
        HOURLY,
    ),
    End(
        "table `Consents`",
        "who said yes to being measured by name, as digests; what they answered, with the text that they "
        "were shown",
        "a yes: when it is taken back, or the person is erased. An answer: `ROLLCALL_AUDIT_KEPT` after it "
        "was given, but for the last one, on which a yes rests; all, when the person erases themselves",
        HOURLY,
    ),
    End(
        "table `Notifications`",
        "what the webhook's address is told: ids of messages, and what their reports told in steps",
        "30 days after it was told, or given up, which is four days after it came up at the latest",
        HOURLY,
    ),
    End("table `Expansions`", "that a list was counted, for whom", _WALK, SWEEP),
    End(
        "table `ExpansionParts`",
        "its members: address, name in the directory, which of the lists",
        _WALK,
        SWEEP,
    ),
    End(
        "table `SignIns`",
        "a sign-in of the service account under way",
        "ten minutes, or when it is done",
        SWEEP,
    ),
    End(
        "table `Claims`",
        "which process does a thing that only one may do",
        "a minute after it was taken",
        HOURLY,
    ),
    End(
        "table `Agreement`",
        "how the agreement stood at its last change: in force or not, and what it and its key are called; "
        "how far mails could be tracked since when",
        "with the next change; never by itself, since a later one is told by it",
        NOBODY,
    ),
    End(
        "table `Canary`",
        "the canary list and its last count",
        "with the next look; a week after the last one",
        HOURLY,
    ),
    End(
        "table `Audit`",
        "who did what, by object ids",
        "`ROLLCALL_AUDIT_KEPT`; the last hash of each chain that goes is recorded first",
        HOURLY,
    ),
    End(
        "queue `rollcall-overflow`",
        "opens and clicks that Table Storage did not take in time",
        "when they are brought home, within minutes of its return; a week",
        SERVICE,
    ),
    End(
        "log",
        "the same, as a line each, where the queue did not take them either; records of the audit trail, "
        "with people's object ids, where `ROLLCALL_AUDIT_LOG` is `records`",
        "the workspace's retention (`ROLLCALL_LOG_RETENTION`, 30 days)",
        SERVICE,
    ),
    End(
        "secret `rollcall-token-cache`",
        "the service account's sign-in",
        "when it is disconnected; earlier versions stay in the vault until they are purged there",
        AT_ONCE,
    ),
    End(
        "secret `rollcall-signing-keys`",
        "the keys behind links and objections",
        "never, as long as links in delivered mails shall lead anywhere",
        NOBODY,
    ),
    End("secret `rollcall-webhook-secret`", "what webhooks are signed with", "when it is replaced", ADMIN),
    End("secret `rollcall-client-secret`", "the app's own secret", "when it is replaced", ADMIN),
    End("secret `rollcall-client-certificate`", "the app's own certificate", "when it is replaced", ADMIN),
    End(
        "secret `rollcall-ews-credentials`", "a user name and password on premises", "when they change", ADMIN
    ),
)
