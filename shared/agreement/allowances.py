"""What an agreement may allow beyond counting: a closed set. What it does not name, it does not allow."""

from __future__ import annotations

from enum import StrEnum


class Allowance(StrEnum):
    """One thing that somebody may do. Where there is no agreement, an administrator decides."""

    ADMINS_SEE_REPORTS = "admins_see_reports"
    ADMINS_SEE_INDIVIDUALS = "admins_see_individuals"
    ADMINS_SEE_PEOPLE = "admins_see_people"
    SHARE_REPORTS = "share_reports"
    TEAMS_SEE_REPORTS = "teams_see_reports"
    EXPORT_REPORTS = "export_reports"
    PROGRAMS_READ_REPORTS = "programs_read_reports"
    PROGRAMS_READ_RECIPIENTS = "programs_read_recipients"
    WEBHOOKS_TELL = "webhooks_tell"
    TELL_BY_LIST = "tell_by_list"
    READ_SUBJECTS = "read_subjects"
    READ_MAIL_TIPS = "read_mail_tips"


MEANINGS = {
    Allowance.ADMINS_SEE_REPORTS: "Administrators see reports of mails that others sent.",
    Allowance.ADMINS_SEE_INDIVIDUALS: "They see such reports also where recipients are told apart by name.",
    Allowance.ADMINS_SEE_PEOPLE: "Administrators see, on a person's behalf, what is kept of that person.",
    Allowance.SHARE_REPORTS: "Senders share the report of a mail with people whom they name.",
    Allowance.TEAMS_SEE_REPORTS: "Members of a team see and manage each other's mails and their reports.",
    Allowance.EXPORT_REPORTS: "Reports leave Rollcall as files.",
    Allowance.PROGRAMS_READ_REPORTS: "Programs read reports and the audit trail, with nobody signed in.",
    Allowance.PROGRAMS_READ_RECIPIENTS: "They read also what single people did.",
    Allowance.WEBHOOKS_TELL: "An address that an administrator chose is told when reports have numbers.",
    Allowance.TELL_BY_LIST: "Reports tell how each typed list did; for that it is kept who is in which.",
    Allowance.READ_SUBJECTS: "The add-in reads a mail's subject, to offer it as the mail's name.",
    Allowance.READ_MAIL_TIPS: "The add-in asks Exchange who is absent or has a full mailbox.",
}


def needed_to_see(
    viewer: str, owner: str, *, is_admin: bool, is_reader: bool, by_name: bool
) -> tuple[Allowance, ...]:
    """What must be allowed for a viewer to see what became of an owner's mail, `by_name` where it may tell
    single people's acts: nothing of one's own. Teams and programs are settings, which an agreement binds."""
    if viewer == owner:
        return ()
    if is_admin:
        individuals = (Allowance.ADMINS_SEE_INDIVIDUALS,) if by_name else ()
        return (Allowance.ADMINS_SEE_REPORTS, *individuals)
    return (Allowance.SHARE_REPORTS,) if is_reader else ()
