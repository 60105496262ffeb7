"""The settings that are an admin's rules: which lists are read, and where tracked links lead.

A part of `settings.Settings`; nobody else needs it.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared import setting_kinds as kinds
from shared.setting_places import Deployment, setting


@dataclass(frozen=True, kw_only=True)
class AdminRules(Deployment):
    """What is allowed, and what is denied all the same."""

    allow_lists: tuple[str, ...] = setting(
        "ROLLCALL_ALLOW_LISTS",
        kinds.lists,
        "Which lists may be read, nested ones included: primary addresses, patterns (`news-*@company.com`), "
        "and kinds (`kind:microsoft_365_group`), separated by commas. All when empty.",
        "",
    )
    deny_lists: tuple[str, ...] = setting(
        "ROLLCALL_DENY_LISTS",
        kinds.lists,
        "Which lists are never read, nested ones included, though allowed; written like those.",
        "",
    )
    allow_hosts: tuple[str, ...] = setting(
        "ROLLCALL_ALLOW_HOSTS",
        kinds.hosts,
        "Where tracked links may lead, by host: `company.com` stands for `intranet.company.com`, too. Other "
        "links stay in the mail as they are, and are not tracked. All when empty.",
        "",
    )
    purposes: tuple[str, ...] = setting(
        "ROLLCALL_PURPOSES",
        kinds.phrases(50, 60),
        "What mails may be for, for senders to choose from: up to 50 texts, separated by semicolons "
        "(`Newsletter; Event; Safety`). Senders are not asked when empty.",
        "",
    )
    deny_hosts: tuple[str, ...] = setting(
        "ROLLCALL_DENY_HOSTS",
        kinds.hosts,
        "Where no tracked link leads, though allowed; written like those. It holds for links in delivered "
        "mails as well.",
        "",
    )
