"""The settings that say how mails are tracked: which modes there are, how far they go, and what reports tell.

The second part of `settings.Settings`; nobody else needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shared import setting_kinds as kinds
from shared.setting_places import setting
from shared.setting_rules import AdminRules
from shared.tracking.mail.ceiling import Basis, Ceiling, Tracking
from shared.tracking.mail.modes import FORMER_MODES, Mode
from shared.tracking.mail.teams import Team, parse_teams


@dataclass(frozen=True, kw_only=True)
class MailSettings(AdminRules):
    """How mails are tracked."""

    modes: tuple[str, ...] = setting(
        "ROLLCALL_MODES",
        kinds.some_of(*Mode, former=FORMER_MODES),
        "Which tracking modes senders are offered: any of `counting,pseudonymous,individual`. They may "
        "choose those of them that are not above `ROLLCALL_TRACKING`.",
        "counting,pseudonymous",
    )
    tracking: Tracking = setting(  # noqa: RUF009 - as of every setting; ruff knows no enumeration here
        "ROLLCALL_TRACKING",
        kinds.member_of(Tracking),
        "The ceiling that no sender passes, whatever `ROLLCALL_MODES` offers: `off` (recipients are counted, "
        "nothing is tracked), `clicks` or `opens` (these alone, in the mode `counting`), `counting`, "
        "`pseudonymous`, `individual`. What is above it is not recorded either of mails delivered before.",
        "individual",
    )
    individual_basis: Basis | Literal[""] = setting(  # noqa: RUF009
        "ROLLCALL_INDIVIDUAL_BASIS",
        kinds.member_of(Basis),
        "What the mode `individual` rests on: `consent` (only who said yes is told apart, everybody else "
        "gets the mail of the mode `counting`) or `objection` (who objects is not). There is no default: "
        "without it the mode is off, whatever else is set.",
        "",
    )
    notice: str = setting(
        "ROLLCALL_NOTICE",
        kinds.word(line="line", none="none"),
        "Whether each tracked mail holds a small line that says that it is measured, and leads to a page "
        "about it: `line`, or `none` where you inform people otherwise. Without it machines are told from "
        "people less well, and reports give wider ranges.",
        "line",
    )
    smallest_group: int = setting(
        "ROLLCALL_SMALLEST_GROUP",
        kinds.count(1, 1000),
        "The smallest group of people that reports tell of in the modes `counting` and `pseudonymous`. A "
        "mail to fewer has a report without numbers; of others people are told in steps of 20 times as many "
        "for each time in `ROLLCALL_PUBLISHED_AFTER`. `1` lets all out at any time, and so "
        "single people's acts.",
        "5",
    )
    published_after: tuple[int, ...] = setting(
        "ROLLCALL_PUBLISHED_AFTER",
        kinds.seconds_each(5, 60, 7_776_000),
        "When numbers are published in these modes, in seconds after delivery: once, or up to five times. "
        "In between reports stay as they are.",
        "86400",
    )
    by_list: bool = setting(
        "ROLLCALL_BY_LIST",
        kinds.word(yes=True, no=False),
        "Whether reports tell how each typed list did, in the modes in which each recipient gets a copy of "
        "their own. With `yes` it is kept of each such recipient in which of the typed lists they are.",
        "no",
    )
    teams: tuple[Team, ...] = setting(
        "ROLLCALL_TEAMS",
        parse_teams,
        "Teams, which see and manage each other's mails: `name: member, member; name: member`. A member is "
        "the object id of a person, or of a group that is assigned to Rollcall's enterprise application. A "
        "mail belongs to the teams of its sender from its registration on; a team renamed is another one.",
        "",
    )
    privacy_contact: str = setting(
        "ROLLCALL_PRIVACY_CONTACT",
        kinds.address,
        "The address that the page behind that line names to whoever wants to see what is kept of them, to "
        "have it erased, or to be measured again after an objection. Without it, the page names the sender "
        "and the administrator.",
        "",
    )
    copies_limit: int = setting(
        "ROLLCALL_COPIES_LIMIT",
        kinds.count(1, 10_000),
        "To how many recipients a mail may go in the modes in which each gets a copy of their own, which the "
        "sender's Outlook sends. Exchange Online lets a mailbox send to 10,000 recipients in 24 hours, other "
        "mail included.",
        "10000",
    )
    copies_per_minute: int = setting(
        "ROLLCALL_COPIES_PER_MINUTE",
        kinds.count(1, 30),
        "How many such copies are sent in a minute; Exchange Online lets a mailbox send 30 messages.",
        "30",
    )
    copies_undo: int = setting(
        "ROLLCALL_COPIES_UNDO",
        kinds.count(0, 600),
        "For how many seconds a sender can take such copies back before the first leaves.",
        "60",
    )

    agreement: str = setting(
        "ROLLCALL_AGREEMENT",
        kinds.text,
        "The agreement that binds the administrator too, as the line that `dev.py agreement sign` made: "
        "[agreement.md](agreement.md). Where another setting exceeds it, or it is not in force or not as it "
        "was signed, recipients are counted and nothing is tracked. Without it and its key nothing is bound.",
        "",
        judged_later=True,
    )
    agreement_key: str = setting(
        "ROLLCALL_AGREEMENT_KEY",
        kinds.text,
        "The public half of the key that signed it; the other half stays with whoever signs.",
        "",
        judged_later=True,
    )

    @property
    def ceiling(self) -> Ceiling:
        """How far mails may be tracked."""
        return Ceiling(self.tracking, self.individual_basis or None)

    @property
    def allowed_modes(self) -> tuple[Mode, ...]:
        """The modes that a sender may choose."""
        return self.ceiling.among(map(Mode, self.modes))

    @property
    def lacks_basis(self) -> bool:
        """Whether the mode `individual` is offered and off, because nobody stated what it rests on."""
        return Mode.INDIVIDUAL in self.modes and not self.individual_basis
