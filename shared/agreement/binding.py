"""Settings under an agreement: what of them exceeds it, and what is left of them within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from shared.agreement.allowances import Allowance
from shared.agreement.terms import Agreement
from shared.settings import Settings
from shared.tracking.mail.ceiling import Basis, Tracking

_WITHIN: dict[Tracking, frozenset[Tracking]] = {
    Tracking.OFF: frozenset({Tracking.OFF}),
    Tracking.CLICKS: frozenset({Tracking.OFF, Tracking.CLICKS}),
    Tracking.OPENS: frozenset({Tracking.OFF, Tracking.OPENS}),
    Tracking.COUNTING: frozenset(Tracking) - {Tracking.PSEUDONYMOUS, Tracking.INDIVIDUAL},
    Tracking.PSEUDONYMOUS: frozenset(Tracking) - {Tracking.INDIVIDUAL},
    Tracking.INDIVIDUAL: frozenset(Tracking),
}
"""For each ceiling those that are not above it; clicks alone and opens alone are beside one another."""

NAMES = {each.name: each.metadata["name"] for each in fields(Settings)}
"""The variables of the settings."""


@dataclass(frozen=True, slots=True)
class Excess:
    """A setting that exceeds the agreement: its variable, and what was agreed, as the setting would say."""

    setting: str
    agreed: str


def reach_of(settings: Settings) -> Tracking:
    """How far the settings let mails be tracked: by name only where a basis is stated."""
    if settings.tracking is Tracking.INDIVIDUAL and not settings.individual_basis:
        return Tracking.PSEUDONYMOUS
    return settings.tracking


def exceeded(settings: Settings, terms: Agreement) -> list[Excess]:
    """Every setting that exceeds what was agreed."""
    return [Excess(NAMES[field], agreed) for field, agreed in _find(settings, terms)]


def _find(settings: Settings, terms: Agreement) -> Iterator[tuple[str, str]]:
    reach, times = reach_of(settings), settings.published_after
    if reach not in _WITHIN[terms.tracking]:
        yield "tracking", terms.tracking.value
    elif reach is Tracking.INDIVIDUAL and settings.individual_basis not in terms.individual_basis:
        yield "individual_basis", _either(terms.individual_basis)
    if settings.notice == "none" and terms.notice == "line":
        yield "notice", terms.notice
    if settings.smallest_group < terms.smallest_group:
        yield "smallest_group", str(terms.smallest_group)
    if times[0] < terms.published_after or len(times) > terms.published_times:
        yield "published_after", ",".join(map(str, _within(times, terms)))
    for field in ("events_kept", "messages_kept", "audit_kept"):
        if getattr(settings, field) > getattr(terms, field):
            yield field, str(getattr(terms, field))
    if settings.teams and Allowance.TEAMS_SEE_REPORTS not in terms.allowed:
        yield "teams", ""
    if settings.webhook_url and Allowance.WEBHOOKS_TELL not in terms.allowed:
        yield "webhook_url", ""
    if settings.programs != (programs := _programs(settings, terms)):
        yield "programs", programs
    if settings.by_list and Allowance.TELL_BY_LIST not in terms.allowed:
        yield "by_list", "no"
    if settings.names and Allowance.READ_SUBJECTS not in terms.allowed:
        yield "names", "typed"
    if settings.mail_tips and Allowance.READ_MAIL_TIPS not in terms.allowed:
        yield "mail_tips", "no"


def bound(settings: Settings, terms: Agreement) -> Settings:
    """The settings with every limit of the agreement in them. Where one exceeds it, nothing is tracked."""
    return replace(
        settings,
        tracking=Tracking.OFF if exceeded(settings, terms) else settings.tracking,
        notice="line" if terms.notice == "line" else settings.notice,
        smallest_group=max(settings.smallest_group, terms.smallest_group),
        published_after=_within(settings.published_after, terms),
        events_kept=min(settings.events_kept, terms.events_kept),
        messages_kept=min(settings.messages_kept, terms.messages_kept),
        audit_kept=min(settings.audit_kept, terms.audit_kept),
        teams=settings.teams if Allowance.TEAMS_SEE_REPORTS in terms.allowed else (),
        webhook_url=settings.webhook_url if Allowance.WEBHOOKS_TELL in terms.allowed else "",
        programs=_programs(settings, terms),
        by_list=settings.by_list and Allowance.TELL_BY_LIST in terms.allowed,
        names=settings.names and Allowance.READ_SUBJECTS in terms.allowed,
        mail_tips=settings.mail_tips and Allowance.READ_MAIL_TIPS in terms.allowed,
    )


def _within(times: tuple[int, ...], terms: Agreement) -> tuple[int, ...]:
    """The last of these times, as many as were agreed and none too soon."""
    late = tuple(time for time in times if time >= terms.published_after)
    return late[-terms.published_times :] or (terms.published_after,)


def _programs(settings: Settings, terms: Agreement) -> str:
    """What programs may read of what they are let, as the setting says it."""
    if Allowance.PROGRAMS_READ_REPORTS not in terms.allowed:
        return "off"
    is_less = settings.programs == "recipients" and Allowance.PROGRAMS_READ_RECIPIENTS not in terms.allowed
    return "reports" if is_less else settings.programs


def _either(bases: tuple[Basis, ...]) -> str:
    return " or ".join(basis.value for basis in bases)
