"""`verdicts.md`: the rules, and what they and others say of labelled traffic."""

from __future__ import annotations

from statistics import median

from shared.tracking.recording.events import Flag, Network
from shared.tracking.reporting.verdicts import RULES
from tests.support import peers
from tests.support.cruel_worlds import FAMILIES, CruelWorld
from tests.support.ranges import Coverage, coverage
from tests.support.traffic import MACHINE, PERSON, Labelled, Mail
from tests.support.worlds import World

INTRODUCTION = """\
# Verdicts

Not every image that is fetched was looked at, and most links of a mail are first followed by machines.
Rollcall keeps every event as it came and puts a verdict beside it: `person`, `machine`, or `unsure`, each
with its reasons. A verdict is never stored in the event's place: when the rules change, old mails are
judged anew.

Every report shows the three side by side. "Read" is not among them: an image was fetched, no more.

A tracked mail holds a small line, the notice, that says that it is measured and leads to a page about it. It
is also the control: people seldom follow it, and what scans a mail follows every link. That somebody followed
it is kept for this and shown nowhere. With `ROLLCALL_NOTICE=none`, or where the sender took the line out of
the draft, there is no control: less is told for sure, the ranges are wider, and the report says why. Rollcall
learns of a line that was taken out from its pane, while that is open; so leave the line alone.

## The rules

They are tried from the top. The first that holds gives the verdict; all that hold are its reasons.

"""

BETWEEN = """
`unsure` is an honest answer: Apple's prefetch and a look at the mail are the same request. Where a number
depends on it, the report gives a range.

A browser that sends `DNT: 1` or `Sec-GPC: 1` is not recorded when it shows the image; a click is
somebody's own doing and is recorded. What people in Windows 365 or another cloud desktop click comes from
Microsoft's network: name your own networks in `ROLLCALL_PEOPLE_NETWORKS`. Mail security that runs
elsewhere is told by `ROLLCALL_SCANNER_NETWORKS`. A sender's later looks at the sent mail cannot be told
from a recipient's where all share one image.

## How well they do

Precision: how many of those called so are so. Recall: how many of those that are so are called so; what
is called `unsure` counts as not called. The traffic is made by
`tests/support/traffic.py`: {people} recipients of
a mail with six links, seven mail clients, four makers of mail security of which 15 % scan slowly,
crawlers, people in a hurry and 2 % of people on cloud desktops; when scans begin follows 836 measured
ones (craft-campaign issue 546). It is made up, not recorded: the figures compare rules, they do not
promise what your mails will show.

Beside Rollcall stand the rules of others, as far as they are public, on the same events: Keila (one exact
user agent, on opens), Mautic 7.1 (two of three: within 2 seconds of sending, a listed address, a listed
user agent; with lists as good as ours) and a plain list of user agents.

"""

RANGES = """\

## How often the truth lies in a range

A report says how many people opened a mail, and how many followed a link, as a range. Here that is tried on
{worlds} worlds of each kind, drawn at random by `tests/support/worlds.py`, which shares no rule, list or
threshold with what it measures: 1 to 12 links; 5 to 2,000 recipients; nobody to everybody behind each of up
to three scanners, which follow one link, some or all, at once, slowly, or hours later, by one address or by
a pool of them, as a browser or as a program; delivery at once, hours late, or in waves; nobody to everybody
looking; images blocked; Apple's, Gmail's and Outlook's ways of fetching them; people in a hurry;
forwarding. The aim: the truth in the range in 99 of 100 worlds, and no lower bound over it in one of 1,000.

"Opened" is: the image was fetched for a person, or a person followed a link. "Too high" is how often the
lower bound was over the truth, and the most by which it was; "too low" how often the upper bound was under
it. Width is the range's, as a share of the recipients.

{table}

### At its worst

The same in {cruel} worlds of each cruel kind, with the notice, worst first. `tests/support/cruel_worlds.py`
says what each is. Reported were: browsers and addresses at random (gophish issue 2446, resend-node issue
901), links followed hours later and after quarantine (suped.com, How long does it typically take for
anti-spam bots to click links), a reader's pace (Paminga, Bot Filtering), a mail passed on whose links others
follow (gophish issue 2853), images fetched ahead, late and again (Word to the Wise, Apple MPP).

{families}

Where a range is as wide as the mail, it says that nothing can be told, and that is so: what mail security, a
summariser and a person ask for is the same request. What rests on nothing is 0.

- Where each has links of their own, people are told by mail programs that say what they are, and by links
  followed, less as many as the notice shows that machines may have followed.
- An image that was fetched under a browser's name is nobody's for sure. What reads mails ahead of people,
  to sum them up, does so, and follows nothing: no control shows it.
- Where all share one image and one set of links, an address is no person: scanners have many, and somebody
  who moves has several. Only how often a link was followed more than the notice says that people were there.
- A copy that is passed on counts as its recipient's, whoever opens it; where all share one, whoever has the
  mail from a recipient is one of the people.
- A scanner that follows nothing but the first link of each mail, hours later and under a browser's name,
  leaves the notice out for ever, and is told from people by nobody. No world here has one.

### What of the machines' opens is told where all share one image

{opens}

"""
OPENS = """\
Of the {all:,} images that machines fetched in the traffic above, {told:,} are told. Of the others {apple:,}
are Apple's prefetch, and {microsoft:,} came through Microsoft's network within a minute of arrival, as do
those of people who look at once in Outlook on the web: calling them machines would call such people machines.
The remaining {rest:,} fetched the image as one browser and followed the links as another."""
WORLDS, MOST = 200, 2_000
SEEDS, CRUEL_MOST = range(50), 600

PEOPLE = 2000


def verdicts_page() -> str:
    """The page."""
    rows = ["| rule | verdict | | source |", "|---|---|---|---|"]
    for rule in RULES:
        verdict = rule.verdict.value if rule.verdict else "not counted"
        rows.append(f"| `{rule.name}` | {verdict} | {rule.text} | {rule.source or '-'} |")
    parts = [INTRODUCTION, "\n".join(rows), "\n", BETWEEN.format(people=f"{PEOPLE:,}")]
    for shared, mode in (
        (False, "Each recipient has a token (`individual`, `pseudonymous`)"),
        (True, "All share one (`counting`)"),
    ):
        traffic = Mail(recipients=PEOPLE, shared=shared, notice=True).traffic()
        parts.append(f"### {mode}\n\n{_table(traffic)}\n\n")
    parts.append(
        RANGES.lstrip("\n").format(
            worlds=WORLDS,
            table=_ranges_table(),
            cruel=len(SEEDS),
            families=_families_table(),
            opens=_opens_told(),
        )
    )
    return "".join(parts).rstrip("\n") + "\n"


def _table(traffic: list[Labelled]) -> str:
    rows = [
        "| | rules | events | person: precision | recall | machine: precision | recall | unsure |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for title, is_click in (("opens", False), ("clicks", True)):
        for name, say in peers.RULES.items():
            said = zip(traffic, say(traffic, Mail.links), strict=True)
            kept = [(hit, answer) for hit, answer in said if _counts(hit) and _is_click(hit) is is_click]
            hits, answers = [hit for hit, _ in kept], [answer for _, answer in kept]
            figures = [
                f"{100 * measure(hits, answers, kind):.0f} %"
                for kind in (PERSON, MACHINE)
                for measure in (peers.precision, peers.recall)
            ]
            unsure = f"{100 * answers.count('unsure') / len(answers):.0f} %"
            rows.append(f"| {title} | {name} | {len(hits):,} | {' | '.join(figures)} | {unsure} |")
    return "\n".join(rows)


def _ranges_table() -> str:
    rows = [
        "| links | notice | number | truth in the range | too high | by at most | too low | median width |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for shared in (False, True):
        for notice in (True, False):
            found = coverage(World(seed, shared, notice, MOST) for seed in range(WORLDS))
            for number, seen in found.items():
                whose = "shared by all" if shared else "each their own"
                rows.append(
                    f"| {whose} | {'line' if notice else 'none'} | {number} | {100 * seen.inside:.1f} % | "
                    f"{len(seen.too_high)} | {max(seen.too_high, default=0)} | {len(seen.too_low)} | "
                    f"{100 * median(seen.widths):.0f} % |"
                )
    return "\n".join(rows)


def _families_table() -> str:
    rows = [
        "| kind of world | links | opened: inside | too high | width | clicked: inside | too high | width |",
        "|---|---|---|---|---|---|---|---|",
    ]
    measured = []
    for family in FAMILIES:
        for shared in (False, True):
            worlds = (CruelWorld(seed, shared, True, CRUEL_MOST, family=family) for seed in SEEDS)
            measured.append((family, shared, coverage(worlds)))
    measured.sort(key=lambda row: (row[2]["opened"].inside + row[2]["clicked"].inside, -_width(row[2])))
    for family, shared, found in measured:
        cells = [
            f"{100 * seen.inside:.0f} % | {len(seen.too_high)} | {100 * median(seen.widths):.0f} %"
            for seen in found.values()
        ]
        rows.append(f"| {family} | {'shared by all' if shared else 'each their own'} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _opens_told() -> str:
    traffic = Mail(recipients=PEOPLE, shared=True, notice=True).traffic()
    answers = peers.ours(traffic, Mail.links)
    said = [
        (hit, answer)
        for hit, answer in zip(traffic, answers, strict=True)
        if hit.truth == MACHINE and _counts(hit) and not _is_click(hit)
    ]
    told = sum(answer == MACHINE for _, answer in said)
    apple = sum(hit.what == "Apple's prefetch" for hit, answer in said if answer != MACHINE)
    microsoft = sum(hit.event.network == Network.MICROSOFT for hit, answer in said if answer != MACHINE)
    return OPENS.format(
        all=len(said), told=told, apple=apple, microsoft=microsoft, rest=len(said) - told - apple - microsoft
    )


def _width(found: dict[str, Coverage]) -> float:
    return sum(median(seen.widths) for seen in found.values())


def _is_click(hit: Labelled) -> bool:
    return bool(hit.event.flags & Flag.CLICKED)


def _counts(hit: Labelled) -> bool:
    """Whether it is a request that others would record as well."""
    return hit.what != "composer" and not hit.event.flags & Flag.HEAD
