"""Typed settings from the environment: complete, loud, secrets masked.

`docs/settings.md` and `local.settings.sample.json` list the same settings; a test keeps the three equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from shared import setting_kinds as kinds
from shared.audience.limits import Limits
from shared.audience.pace import Pace
from shared.audience.thresholds import Thresholds
from shared.errors import SettingsError
from shared.setting_outlets import OutletSettings
from shared.setting_places import setting
from shared.tracking.recording.batches import JournalPace

# Where the domain has a default, it is the only one.
_LIMITS, _PACE, _THRESHOLDS, _JOURNAL = Limits(), Pace(), Thresholds(), JournalPace()
# A Key Vault reference that the platform could not resolve leaves its own text in the variable.
_UNRESOLVED = "@microsoft.keyvault("


@dataclass(frozen=True, kw_only=True)
class Settings(OutletSettings):
    """What an admin may set. Durations are seconds."""

    send_from_pane: bool = setting(
        "ROLLCALL_SEND_FROM_PANE",
        kinds.word(yes=True, no=False),
        "Whether the pane may have Outlook send the mail. `yes` needs the add-in's permission for the whole "
        "mailbox, and a manifest that is deployed anew; with `no` people press Send themselves.",
        "no",
    )
    names: bool = setting(
        "ROLLCALL_NAMES",
        kinds.word(typed=False, subject=True),
        "Where the name of a mail comes from, under which its sender finds it again: `typed`, or `subject`, "
        "where the pane also reads the subject in Outlook and offers it. It is kept only where the sender "
        "takes it.",
        "typed",
    )
    mail_tips: bool = setting(
        "ROLLCALL_MAIL_TIPS",
        kinds.word(yes=True, no=False),
        "Whether the pane asks Exchange, as the sender, what it knows of the typed addresses and the lists "
        "below them: whether the sender may write to them, a moderator, a full mailbox, absence. `yes` needs "
        "the add-in's permission `MailTips.ReadBasic.Shared`, which reads no mail.",
        "no",
    )
    office_js_url: str = setting(
        "ROLLCALL_OFFICE_JS_URL",
        kinds.script,
        "Office.js, which the add-in's pages load from Microsoft; other in sovereign clouds.",
        "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
    )
    outlook_origins: tuple[str, ...] = setting(
        "ROLLCALL_OUTLOOK_ORIGINS",
        kinds.origins,
        "The origins of Outlook on the web, which alone may show the add-in in a frame; other in sovereign "
        "clouds and on premises.",
        "https://outlook.office.com https://outlook.office365.com https://outlook.cloud.microsoft",
    )
    flush_spacing: float = setting(
        "ROLLCALL_FLUSH_SPACING",
        kinds.number(0, 1),
        "How far apart events are stored under load, in seconds: 0.01 to 0.025 serves most requests. A quiet "
        "moment's event is stored at once, whatever is set here.",
        f"{_JOURNAL.spacing:g}",
    )
    reader_deadline: float = setting(
        "ROLLCALL_READER_DEADLINE",
        kinds.number(0.05, 10),
        "How long a pixel or a link waits for its event to be stored, in seconds.",
        f"{_JOURNAL.deadline:g}",
    )
    proxies: int = setting(
        "ROLLCALL_PROXIES",
        kinds.count(1, 10),
        "How many servers stand before the app and write their caller into X-Forwarded-For: 1 in Azure, "
        "2 behind Front Door.",
        "1",
    )
    people_networks: tuple[str, ...] = setting(
        "ROLLCALL_PEOPLE_NETWORKS",
        kinds.networks,
        "Networks (CIDR) from which your people come, such as your cloud desktops: never taken for scanners.",
        "",
    )
    scanner_networks: tuple[str, ...] = setting(
        "ROLLCALL_SCANNER_NETWORKS",
        kinds.networks,
        "Networks (CIDR) from which your mail security opens links, besides Microsoft's.",
        "",
    )
    events_kept: int = setting(
        "ROLLCALL_EVENTS_KEPT",
        kinds.count(1, 3650),
        "How many days a mail is measured, from its registration. Then its opens and clicks become sums that "
        "tell nobody from anybody; its links go on to work, and nothing more is recorded of them.",
        "90",
    )
    messages_kept: int = setting(
        "ROLLCALL_MESSAGES_KEPT",
        kinds.count(1, 3650),
        "How many days a message is kept, from its registration: its recipients, its sums, everything.",
        "400",
    )
    audit_kept: int = setting(
        "ROLLCALL_AUDIT_KEPT",
        kinds.count(30, 36_500),
        "How many days a record of the audit trail is kept. What is left can still be verified.",
        "3650",
    )
    max_addresses: int = setting(
        "ROLLCALL_MAX_ADDRESSES",
        kinds.count(1, 5000),
        "How many addresses one expansion may be given.",
        "500",
    )
    expansions_per_minute: int = setting(
        "ROLLCALL_EXPANSIONS_PER_MINUTE",
        kinds.count(1, 10_000),
        "How many expansions one person may ask for within a minute, on each instance of the app.",
        "60",
    )
    max_depth: int = setting(
        "ROLLCALL_MAX_DEPTH", kinds.count(1, 100), "How deep lists may be nested.", f"{_LIMITS.max_depth}"
    )
    max_lists: int = setting(
        "ROLLCALL_MAX_LISTS",
        kinds.count(1, 100_000),
        "How many lists one expansion reads.",
        f"{_LIMITS.max_lists}",
    )
    max_recipients: int = setting(
        "ROLLCALL_MAX_RECIPIENTS",
        kinds.count(1, 1_000_000),
        "How many recipients one expansion keeps.",
        f"{_LIMITS.max_recipients}",
    )
    large_list: int = setting(
        "ROLLCALL_LARGE_LIST",
        kinds.count(1, 1_000_000),
        "Senders are warned of a list with more recipients than this.",
        f"{_THRESHOLDS.large_list}",
    )
    daily_recipients: int = setting(
        "ROLLCALL_DAILY_RECIPIENTS",
        kinds.count(1, 1_000_000),
        "To how many recipients a mailbox may send within 24 hours; senders are warned of more. The default "
        "is Exchange Online's recipient rate limit.",
        f"{_THRESHOLDS.daily_recipients}",
    )
    concurrency: int = setting(
        "ROLLCALL_CONCURRENCY",
        kinds.count(1, 32),
        "How many directory requests one expansion has under way at once.",
        f"{_LIMITS.concurrency}",
    )
    request_timeout: float = setting(
        "ROLLCALL_REQUEST_TIMEOUT",
        kinds.number(1, 120),
        "Longest wait for one answer of an outside service, in seconds.",
        "30",
    )
    exchange_timeout: float = setting(
        "ROLLCALL_EXCHANGE_TIMEOUT",
        kinds.number(1, 300),
        "The same for Exchange, which takes its time over large lists, in seconds.",
        "90",
    )
    throttle_limit: float = setting(
        "ROLLCALL_THROTTLE_LIMIT",
        kinds.number(0, 600),
        "How long one expansion waits in all when a directory throttles, in seconds.",
        f"{_PACE.throttle_limit:g}",
    )
    expansion_limit: float = setting(
        "ROLLCALL_EXPANSION_LIMIT",
        kinds.number(5, 1800),
        "Longest an expansion may take, in seconds.",
        f"{_PACE.limit:g}",
    )
    expansion_lifetime: float = setting(
        "ROLLCALL_EXPANSION_LIFETIME",
        kinds.number(60, 86_400),
        "How long an unsent expansion is kept, in seconds.",
        f"{_PACE.lifetime:g}",
    )
    recheck_after: float = setting(
        "ROLLCALL_RECHECK_AFTER",
        kinds.number(1, 7200),
        "How long Rollcall goes by what Entra and Key Vault last said, in seconds: so soon, at the latest, a "
        "disabled account, a withdrawn consent or a closed vault stops expansions.",
        "300",
    )
    canary_list: str = setting(
        "ROLLCALL_CANARY_LIST",
        kinds.address,
        "A list whose members hardly change. It is expanded once a day, and an alert is raised when its "
        "count does change: so a change of Microsoft's is noticed before a sender is hurt. Off when empty.",
        "",
    )

    @property
    def fingerprint(self) -> str:
        """What tells these settings from others. Secrets are part of it only as set or not."""
        values = [(f.name, getattr(self, f.name)) for f in fields(self)]
        secret = {f.name for f in fields(self) if f.metadata["secret"]}
        shown = [(name, bool(value) if name in secret else value) for name, value in sorted(values)]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from `environ`. Raises SettingsError with every complaint at once."""
        values: dict[str, Any] = {}
        complaints = []
        for each in fields(cls):
            name, default = each.metadata["name"], each.metadata["default"]
            text = environ.get(name, "").strip() or default
            try:
                if text is None:
                    raise ValueError("is required")
                if text.lower().startswith(_UNRESOLVED) and not each.metadata["judged_later"]:
                    raise ValueError("is a Key Vault reference that could not be resolved")
                values[each.name] = (
                    each.metadata["parse"](text) if text or each.type.startswith("tuple") else ""
                )
            except ValueError as error:
                complaints.append(f"{name} {error}")
        if not complaints and not (values["tables_url"] or values["storage_connection"]):
            complaints.append("ROLLCALL_TABLES_URL or ROLLCALL_STORAGE_CONNECTION is required")
        if complaints:
            raise SettingsError(complaints)
        values["addin_client_ids"] = values["addin_client_ids"] or (values["client_id"],)
        values["tracking_url"] = values["tracking_url"] or values["public_url"]
        return cls(**values)
