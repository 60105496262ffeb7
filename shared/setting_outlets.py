"""The settings that say who gets what Rollcall knows without a person who asks for it.

A part of `settings.Settings`; nobody else needs it.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared import setting_kinds as kinds
from shared.setting_mails import MailSettings
from shared.setting_places import setting


@dataclass(frozen=True, kw_only=True)
class OutletSettings(MailSettings):
    """What leaves by itself."""

    programs: str = setting(
        "ROLLCALL_PROGRAMS",
        kinds.one_of("off", "reports", "recipients"),
        "What programs that an admin gave a role in Entra may read without anybody signed in: `off` (no "
        "program is let in), `reports` (messages, the audit trail, and reports whose numbers are published "
        "in steps), `recipients` (also what single people did, in the mode `individual` and where "
        "`ROLLCALL_SMALLEST_GROUP` is 1; each look is recorded).",
        "off",
    )
    audit_log: bool = setting(
        "ROLLCALL_AUDIT_LOG",
        kinds.word(hashes=False, records=True),
        "What of the audit trail goes to the platform's log: `hashes`, by which a change of the trail is "
        "found, or `records` as well, a line of JSON each, for Application Insights and Microsoft Sentinel. "
        "They name people by object id, for as long as the log is kept.",
        "hashes",
    )
    audit_anchors_url: str = setting(
        "ROLLCALL_AUDIT_ANCHORS_URL",
        kinds.container,
        "A container of Blob Storage with a time-based policy. The newest hashes of the audit trail go there "
        "once a day, with the app's identity. Off when empty.",
        "",
    )
    webhook_url: str = setting(
        "ROLLCALL_WEBHOOK_URL",
        kinds.https,
        "An address on the internet that is told, signed, of a mail's report after a day and a week, of the "
        "service account lost and back, and of a change of the canary list. It needs the Key Vault secret "
        "`rollcall-webhook-secret`. Off when empty.",
        "",
    )
