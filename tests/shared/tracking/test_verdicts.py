"""Verdicts: every rule by example, and all of them against labelled traffic."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.verdicts import verdicts_page
from shared.adapters.crawlers import is_crawler
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag, Network
from shared.tracking.recording.hits import reduce_agent
from shared.tracking.reporting.arrival import SCAN_TIME, SCANS_END, SOON
from shared.tracking.reporting.judge import Judge, Judgement
from shared.tracking.reporting.verdicts import RULES, Verdict
from tests.support import peers, traffic
from tests.support.peers import precision, recall
from tests.support.traffic import MACHINE, PERSON, SENT_AT, Mail

BROWSER = reduce_agent(traffic.CHROME.format("130.0.0.0"))
MICROSOFT = Network.MICROSOFT
ROOT = Path(__file__).parents[3]


def opened(after: float, agent: str = BROWSER, **more: int) -> Event:
    """An open, seconds after sending."""
    whole = {"flags": 0, "recipient": 1, "link": 0, "source": 0, "network": 0} | more
    return Event(at=SENT_AT + round(after * 1000), agent=agent, **whole)


def clicked(after: float, link: int = 0, agent: str = BROWSER, **more: int) -> Event:
    """A click, seconds after sending."""
    flags = Flag.CLICKED | more.pop("flags", 0)
    return opened(after, agent, **{"flags": int(flags), "link": link} | more)


def judge(
    *events: Event, links: int = 6, sent_at: int | None = SENT_AT, deliver_at: int | None = None
) -> list[Judgement]:
    control = any(event.link == NOTICE for event in events)
    judged = Judge(sent_at, links, is_crawler, control=control, deliver_at=deliver_at)
    return judged.judge(events)[: len(events) - control]


HOUR, MINUTES = 3600.0, 120.0
JAVA = "Java/1"
EXAMPLES: dict[str, list[Event]] = {
    "before_send": [opened(-1), clicked(-0.1)],
    "head_request": [opened(HOUR, flags=Flag.HEAD), clicked(HOUR, flags=Flag.HEAD)],
    "before_delivery": [opened(HOUR), clicked(HOUR + 30)],
    "prefetch_header": [opened(HOUR, flags=Flag.PREFETCH), clicked(HOUR, flags=Flag.PREFETCH)],
    "gmail_prefetch": [opened(HOUR, reduce_agent(traffic.GMAIL_PREFETCH))],
    "notice_followed": [clicked(HOUR, 1), clicked(HOUR + 1, 2), opened(HOUR - 9)],
    "no_browser_click": [clicked(HOUR, agent=JAVA), opened(1)],
    "no_browser_open": [opened(HOUR, JAVA)],
    "microsoft_click": [clicked(HOUR, network=MICROSOFT)],
    "hurry": [opened(HOUR), clicked(HOUR + 2)],
    "image_proxy": [opened(HOUR, reduce_agent(traffic.GMAIL)), opened(5, reduce_agent(traffic.YAHOO))],
    "burst": [clicked(HOUR, 0), clicked(HOUR + 1, 1), clicked(HOUR + 2, 2), opened(HOUR - 20)],
    "scanner_network": [clicked(MINUTES, network=MICROSOFT), opened(HOUR, network=Network.SCANNER)],
    "scanner_agent": [opened(HOUR, "Barracuda Sentinel"), clicked(HOUR, agent=reduce_agent(traffic.BOTS[1]))],
    "no_agent_click": [clicked(HOUR, agent="")],
    "apple_prefetch": [opened(HOUR, reduce_agent(traffic.APPLE))],
    "no_agent_open": [opened(HOUR, "")],
    "scan_time_click": [opened(1), clicked(30)],
    "scan_time_open": [opened(9, network=MICROSOFT)],
    "sweep": [opened(HOUR - 99)] + [clicked(HOUR + 40 * link, link) for link in range(5)],
    "unopened_click": [clicked(MINUTES)],
    "no_sign_of_a_machine": [opened(HOUR), clicked(HOUR + 30), opened(20, network=0), opened(MINUTES)],
}


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_rule_has_an_example(rule: object) -> None:
    assert rule in RULES
    name = getattr(rule, "name", "")
    verdict = getattr(rule, "verdict", "")
    notice = clicked(HOUR + 2, NOTICE)
    found = [
        (judgement.verdict, judgement.reasons[0])
        for judgement in judge(
            *EXAMPLES[name],
            *([notice] if name == "notice_followed" else []),
            deliver_at=SENT_AT + 8 * 3_600_000 if name == "before_delivery" else None,
        )
        if judgement.reasons[0] != "no_sign_of_a_machine" or name == "no_sign_of_a_machine"
    ]
    assert found
    assert set(found) == {(verdict, name)}


def test_the_table_names_each_rule_once_and_a_source_for_each() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names) == len(EXAMPLES)
    assert all(rule.source for rule in RULES[:-1])
    assert all(rule.text.endswith(".") for rule in RULES)


@pytest.mark.parametrize(
    ("what", "events", "links"),
    [
        ("reading on", [clicked(HOUR, 0), clicked(HOUR + 20, 1), clicked(HOUR + 60, 2)], 6),
        ("the same link thrice", [clicked(HOUR), clicked(HOUR + 0.5), clicked(HOUR + 1)], 6),
        ("two of many links at once", [clicked(HOUR, 0), clicked(HOUR + 1, 1)], 6),
        ("three people at once", [clicked(HOUR, link, recipient=link + 1) for link in range(3)], 6),
        ("the mail's only link", [clicked(HOUR), clicked(HOUR + 1)], 1),
        ("Outlook on the web", [opened(HOUR, network=MICROSOFT)], 6),
        ("classic Outlook", [opened(HOUR, reduce_agent(traffic.CLASSIC))], 6),
        ("Outlook mobile", [opened(HOUR, "Outlook-iOS/711")], 6),
        ("a click soon after an open", [opened(90), clicked(MINUTES)], 6),
    ],
)  # fmt: skip
def test_people_are_left_alone(what: str, events: list[Event], links: int) -> None:
    assert {judgement.verdict for judgement in judge(*events, links=links)} == {Verdict.PERSON}, what


def test_two_links_at_once_are_a_hurry_and_no_proof_of_a_machine() -> None:
    assert {j.verdict for j in judge(clicked(HOUR, 0), clicked(HOUR + 1, 1), links=2)} == {Verdict.UNSURE}


def test_a_click_two_seconds_after_the_first_look_may_be_a_machines() -> None:
    found = judge(opened(199), clicked(201), links=1)
    assert {judgement.verdict for judgement in found} == {Verdict.UNSURE}


def test_links_at_a_scanners_pace_are_no_persons_whenever_the_mail_was_delivered() -> None:
    delivered = 8 * HOUR + 30
    found = judge(*(clicked(delivered + 3 * link, link) for link in range(4)))
    assert Verdict.PERSON not in {judgement.verdict for judgement in found}


def test_whoever_leaves_the_notice_out_follows_not_all_links() -> None:
    links = [clicked(HOUR + link / 4, link) for link in range(4)]
    somebody_else = clicked(2 * HOUR, NOTICE, recipient=2)
    assert {judgement.verdict for judgement in judge(*links, somebody_else)} == {Verdict.UNSURE}


@pytest.mark.parametrize(
    ("after", "agent", "verdict"),
    [
        (20, BROWSER, Verdict.MACHINE),  # the same client, at once
        (120, BROWSER, Verdict.UNSURE),  # a curious person, perhaps
        (20, reduce_agent(traffic.IPHONE), Verdict.UNSURE),  # somebody beside it
        (120, reduce_agent(traffic.IPHONE), Verdict.PERSON),
        (900, BROWSER, Verdict.PERSON),
    ],
)
def test_what_was_done_near_the_notice_is_judged_by_whose_client_it_was(
    after: float, agent: str, verdict: Verdict
) -> None:
    [judgement, _] = [*judge(clicked(HOUR, 1, agent), clicked(HOUR + after, NOTICE)), None]
    assert judgement is not None
    assert judgement.verdict is verdict


def test_where_all_share_their_links_a_burst_is_a_sources() -> None:
    one = [clicked(HOUR + link / 2, link, source=5, recipient=EVERYBODY) for link in range(3)]
    several = [clicked(HOUR + link / 2, link, source=link, recipient=EVERYBODY) for link in range(3)]
    assert {judgement.verdict for judgement in judge(*one)} == {Verdict.MACHINE}
    assert {judgement.verdict for judgement in judge(*several)} == {Verdict.PERSON}


def test_the_clock_starts_at_sending() -> None:
    ends = SCANS_END / 1000
    assert [judge(clicked(s))[0].reasons[0] for s in (0, SCAN_TIME / 1000, SOON / 1000, ends, ends + 1)] == [
        "scan_time_click",
        "scan_time_click",
        "unopened_click",
        "unopened_click",
        "no_sign_of_a_machine",
    ]


def test_a_mail_that_was_never_sent_counts_nothing() -> None:
    found = judge(opened(HOUR), clicked(HOUR, network=MICROSOFT), sent_at=None)
    assert [judgement.verdict for judgement in found] == [None, None]


def test_all_reasons_are_kept_beside_the_first() -> None:
    [judgement] = judge(clicked(20, agent="python-requests/2", network=MICROSOFT))
    assert judgement.reasons == (
        "scanner_network",
        "scanner_agent",
        "no_browser_click",
        "scan_time_click",
        "microsoft_click",
        "unopened_click",
    )


def test_reduced_agents_still_tell_crawlers() -> None:
    import crawleruseragents

    sent = [
        text for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA for text in entry.get("instances", [])
    ]
    assert len(sent) > 1000
    assert sum(is_crawler(reduce_agent(text)) for text in sent) / len(sent) > 0.9


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("links", [2, 6, 15])
@pytest.mark.parametrize("seed", [1, 2])
def test_on_labelled_traffic_few_are_taken_for_what_they_are_not(links: int, shared: bool, seed: int) -> None:
    hits = Mail(recipients=1500, links=links, shared=shared, notice=True, seed=seed).traffic()
    answers = peers.ours(hits, links)
    clicks = [bool(hit.event.flags & Flag.CLICKED) for hit in hits]
    # Two links at once are no proof: without the notice, whose they are is not told.
    told = 0.3 if not shared else 0.25 if links > 2 else 0.05
    for counted, people_found, machines_found in ((True, 0.7, 0.65), (False, 0.93, told)):
        some = [hit for hit, click in zip(hits, clicks, strict=True) if click is counted]
        said = [answer for answer, click in zip(answers, clicks, strict=True) if click is counted]
        assert precision(some, said, PERSON) > 0.93
        assert precision(some, said, MACHINE) > 0.95
        assert recall(some, said, PERSON) > people_found
        assert recall(some, said, MACHINE) > machines_found


def test_the_page_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8") == verdicts_page(), "run dev.py docs"
