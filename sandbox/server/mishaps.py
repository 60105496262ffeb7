"""What people and Microsoft do to a tenant, in words: one for each switch of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping

ADMINS, SUBSCRIPTION, MICROSOFT = (
    "An administrator of the tenant",
    "Whoever has the subscription",
    "Microsoft",
)

WORDS: Mapping[str, tuple[str, str]] = {
    "mfa_required": (ADMINS, "asks the account for a second factor, which nobody gives (50076)"),
    "password_expired": (ADMINS, "lets the account's password run out (50055)"),
    "sign_in_frequency": (ADMINS, "ends every sign-in after some hours, by Conditional Access (70043)"),
    "sessions_revoked": (ADMINS, "revokes the account's sessions, or resets its password (50173)"),
    "refresh_token_unused": (ADMINS, "leaves the sign-in unused for too long (700082)"),
    "account_disabled": (ADMINS, "disables the account (50057)"),
    "account_locked": (ADMINS, "has the account locked, by too many wrong passwords (50053)"),
    "conditional_access": (ADMINS, "keeps the account out by a policy of Conditional Access (53003)"),
    "user_not_assigned": (ADMINS, "takes the account's assignment to the application away (50105)"),
    "client_secret_expired": (ADMINS, "lets the application's secret run out (7000222)"),
    "client_secret_wrong": (SUBSCRIPTION, "puts a wrong secret into the vault (7000215)"),
    "app_disabled": (ADMINS, "disables or deletes the application (700016)"),
    "busy": (MICROSOFT, "is busy at the sign-in (90055)"),
    "access_tokens_revoked": (ADMINS, "has Graph and Exchange refuse the access tokens given out before"),
    "vault_denied": (SUBSCRIPTION, "takes the app's access to the vault away"),
    "ews_disabled": (MICROSOFT, "switches Exchange Web Services off"),
    "exchange_api_disabled": (MICROSOFT, "takes the preview of Exchange's Admin API away"),
    "hidden_membership_empty": (MICROSOFT, "shows a list's hidden members as none, and does not refuse"),
    "sending_limited": (MICROSOFT, "lets a mailbox send 30 mails a minute, and refuses more"),
    "empty_pages": (MICROSOFT, "puts an empty page before each page of members"),
}
"""Who does it, and what. The numbers are Entra's AADSTS codes."""

FURTHER: Mapping[str, str] = {
    "account": "of which account the switches about one speak",
    "consent_missing": "which permissions nobody consented to, or took back",
    "consent_beyond": "which permissions are granted though nobody asked",
    "mail_tips": "whether Exchange gives mail tips: off, silent, partial",
}
"""What takes more than yes or no, by /_sandbox/switches."""
