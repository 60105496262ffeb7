"""Phrases: how many people did something in words, never stronger than what is known.

The pages say the same in the reader's language; a test holds both together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from shared.amounts import Amount, Shape
from shared.tracking.reporting.report import LinkReport, Report

Say = Callable[[str], str]
"""What is said in English, in the language of who reads."""

PARTLY = "Not everything was recorded."
_NOBODY = "nobody"
_PEOPLE = {
    Shape.EXACTLY: "{least}",
    Shape.AT_LEAST: "at least {least}",
    Shape.AT_MOST: "at most {most}",
    Shape.BETWEEN: "between {least} and {most}",
    Shape.UNKNOWN: "an unknown number",
    _NOBODY: "nobody",
}
_OPENED = {
    Shape.EXACTLY: "{least} {of} opened it",
    Shape.AT_LEAST: "At least {least} {of} opened it",
    Shape.AT_MOST: "At most {most} {of} opened it",
    Shape.BETWEEN: "Between {least} and {most} {of} opened it",
    Shape.UNKNOWN: "An unknown number {of} opened it",
    _NOBODY: "Nobody {of} was seen to open it",
}
_CLICKED = {
    Shape.EXACTLY: "{least} followed a link",
    Shape.AT_LEAST: "at least {least} followed a link",
    Shape.AT_MOST: "at most {most} followed a link",
    Shape.BETWEEN: "between {least} and {most} followed a link",
    Shape.UNKNOWN: "an unknown number followed a link",
    _NOBODY: "nobody was seen to follow a link",
}


def within(people: Amount, recipients: Amount) -> Amount:
    """The people within what is possible. A lower bound of the recipients bounds nobody."""
    ends = [end for end in (people.at_most, recipients.at_most) if end is not None]
    if not ends:
        return people
    most = min(ends)
    return Amount(min(people.at_least, most), most)


def english(text: str) -> str:
    """The same."""
    return text


def people_text(people: Amount, recipients: Amount, say: Say = english) -> str:
    """ "between 210 and 260 of 1,204 recipients", "nobody of at least 3 recipients"."""
    known = within(people, recipients)
    some = _said(_PEOPLE, known, recipients, say)
    if known == recipients and known.at_least > 1 and known.shape is Shape.EXACTLY:
        some = say(f"all {some}")
    return f"{some} {say(_of(known, recipients))}"


def share_text(people: Amount, recipients: Amount, say: Say = english) -> str:
    """The share in percent, rounded outwards: "17% to 22%", "at most 22%", "share not known". Of more
    recipients than are known, it may be any smaller one."""
    known, whole = within(people, recipients), recipients.shape is Shape.EXACTLY
    if known.at_most is None or (not whole and _too_few(known, recipients)):
        return say("share not known")
    of = max(recipients.at_least, 1)
    least = known.at_least * 100 // of if whole else 0
    most = -(-known.at_most * 100 // of)
    if least == most:
        return say(f"{most}%")
    return say(f"{least}% to {most}%" if least else f"at most {most}%")


def sentence(report: Report, say: Say = english, names: Sequence[str] = ()) -> str | None:
    """What the report comes to, to be passed on; None where it has no numbers. `names` are those of links."""
    if report.sent_at is None or report.opened_by is None or report.clicked_by is None:
        return None
    first = _said(_OPENED, within(report.opened_by, report.recipients), report.recipients, say)
    second = _of_links(report, report.clicked_by, say, names)
    told = f"{first}; {second}." if second else f"{first}."
    return f"{told} {say(PARTLY)}" if report.unrecorded else told


def _of_links(report: Report, clicked: Amount, say: Say, names: Sequence[str]) -> str | None:
    """What is said of the links: of one by name only where it is the one, whatever the truth in the ranges
    is."""
    if not report.links:
        return None
    found = [
        (name or _name(link.url), within(link.clicked_by, report.recipients))
        for link, name in _named(report, names)
        if link.clicked_by is not None
    ]
    found.sort(key=lambda one: (-one[1].at_least, -_end(one[1])))
    if len(report.links) == 1 or not found or not found[0][1].at_least:
        return _said(_CLICKED, within(clicked, report.recipients), report.recipients, say)
    (name, best), others = found[0], found[1:]
    is_most = len(found) == len(report.links) and all(
        other.at_most is not None and other.at_most < best.at_least for _, other in others
    )
    least = f"{best.at_least:,}"
    by = least if best.shape is Shape.EXACTLY else f"at least {least}"
    return say(f"“{name}” was followed most, by {by}" if is_most else f"{by} followed “{name}”")


def _said(words: Mapping[str, str], known: Amount, recipients: Amount, say: Say) -> str:
    is_nobody = known.shape is Shape.EXACTLY and known.at_least == 0
    phrase = words[_NOBODY if is_nobody else known.shape]
    # What is filled in is said first: within an English sentence nobody could tell where it ends.
    least, most, of = say(f"{known.at_least:,}"), say(f"{_end(known):,}"), say(_of(known, recipients))
    return say(phrase.format(least=least, most=most, of=of))


def _of(known: Amount, recipients: Amount) -> str:
    if recipients.shape is Shape.EXACTLY:
        number = recipients.at_least
        return "of 1 recipient" if number == 1 else f"of {number:,} recipients"
    if _too_few(known, recipients):
        return "of an unknown number of recipients"
    return f"of at least {recipients.at_least:,} recipients"


def _too_few(known: Amount, recipients: Amount) -> bool:
    """Whether fewer recipients are known than there may be people."""
    return recipients.at_least < max(_end(known), 1)


def _end(amount: Amount) -> int:
    return amount.at_least if amount.at_most is None else amount.at_most


def _name(url: str) -> str:
    """A link as people would say it: without what only programs read."""
    bare = re.sub(r"[?#].*\Z", "", re.sub(r"^https?://", "", url, flags=re.IGNORECASE), flags=re.DOTALL)
    return re.sub(r"/\Z", "", re.sub(r"^www\.", "", bare, flags=re.IGNORECASE))


def _named(report: Report, names: Sequence[str]) -> Iterator[tuple[LinkReport, str]]:
    for number, link in enumerate(report.links):
        yield link, names[number] if number < len(names) else ""
