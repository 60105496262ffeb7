"""What others would say of an event, from what they publish; for comparison in docs/verdicts.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.adapters.crawlers import is_crawler
from shared.tracking.recording.events import NOTICE, Flag, Network
from shared.tracking.reporting.judge import Judge
from tests.support.traffic import GMAIL_PREFETCH, MACHINE, PERSON, SENT_AT, Labelled

Answers = list[str]


def ours(traffic: Sequence[Labelled], links: int) -> Answers:
    """Rollcall: a verdict, or `not counted`."""
    events = [labelled.event for labelled in traffic]
    control = any(event.link == NOTICE for event in events)
    found = Judge(SENT_AT, links, is_crawler, control=control).judge(events)
    return [judgement.verdict.value if judgement.verdict else "not counted" for judgement in found]


def keila(traffic: Sequence[Labelled], links: int) -> Answers:
    """Keila: one exact user agent, on opens (lib/keila/tracking/tracking.ex)."""
    return [
        MACHINE if hit.agent == GMAIL_PREFETCH and not hit.event.flags & Flag.CLICKED else PERSON
        for hit in traffic
    ]


def mautic(traffic: Sequence[Labelled], links: int) -> Answers:
    """Mautic 7.1: two of three of: within 2 s of sending, a listed address, a listed user agent (issue
    16263). Its lists are the admin's; here they are as good as ours."""
    return [
        MACHINE
        if (hit.event.at - SENT_AT < 2000) + (hit.event.network != Network.UNKNOWN) + is_crawler(hit.agent)
        >= 2
        else PERSON
        for hit in traffic
    ]


def agents(traffic: Sequence[Labelled], links: int) -> Answers:
    """A plain list of user agents (crawler-user-agents)."""
    return [MACHINE if is_crawler(hit.agent) else PERSON for hit in traffic]


RULES: dict[str, Callable[[Sequence[Labelled], int], Answers]] = {
    "Rollcall": ours,
    "Keila": keila,
    "Mautic 7.1": mautic,
    "user agents only": agents,
}


def precision(traffic: Sequence[Labelled], answers: Answers, kind: str) -> float:
    """How many of those called `kind` are."""
    called = [hit.truth == kind for hit, answer in zip(traffic, answers, strict=True) if answer == kind]
    return sum(called) / len(called) if called else 1.0


def recall(traffic: Sequence[Labelled], answers: Answers, kind: str) -> float:
    """How many of those that are `kind` are called so."""
    called = [answer == kind for hit, answer in zip(traffic, answers, strict=True) if hit.truth == kind]
    return sum(called) / len(called) if called else 1.0
