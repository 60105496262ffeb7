"""A report as tables, for files: everything that its page says, in typed cells.

There is no table of recipients where none of them is told apart, and nothing that the page does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.amounts import Amount
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.messages import Message
from shared.tracking.mail.notice import Notice
from shared.tracking.reporting.phrases import Say, english, people_text, sentence, share_text
from shared.tracking.reporting.report import HourReport, MinuteReport, Report, Withheld
from shared.tracking.reporting.reports import NOT_MEASURED, RecipientReport
from shared.tracking.reporting.summaries import Split
from shared.tracking.reporting.verdicts import RULES

Cell = str | int | datetime | None
Row = tuple[Cell, ...]
"""A cell for each column of a sheet; None is empty, which is not nought."""
Column = tuple[str, str]
"""What a column is called where all sheets are one table, and above the sheet's own."""

WORDS, AT = ("words", "In words"), ("at", "Time (UTC)")
LEAST, MOST = ("at_least", "At least"), ("at_most", "At most")
FIGURES = (("person", "By people"), ("unsure", "Unsure"), ("machine", "By machines"))
OPENED, CLICKED = "Opened", "Clicked a link"
OPENED_SHARE, CLICKED_SHARE = "Opened, share", "Clicked a link, share"
VERDICTS = {"person": "people", "unsure": "unsure", "machine": "machines"}
DEEDS = {"yes": "yes", "maybe": "perhaps", "no": "no", NOT_MEASURED: "not measured"}
WITHHELD = {
    Withheld.TOO_FEW: "no numbers: the mail has too few recipients to tell of them",
    Withheld.TOO_FEW_KNOWN: "no numbers: too few recipients are known to tell of them",
    Withheld.NOT_YET: "no numbers yet: they come out at fixed times after sending",
    Withheld.NOT_RECORDED: "no numbers: nothing was recorded since the mail was sent",
}
_UNRECORDED = {
    (True, True): ("Opens and clicks not recorded since", "Opens and clicks recorded again since"),
    (True, False): ("Opens not recorded since", "Opens recorded again since"),
    (False, True): ("Clicks not recorded since", "Clicks recorded again since"),
}
INCOMPLETE = "Not every list could be counted in full, so shares are upper limits."
WITHOUT_NOTICE = "The mail did not say that it is measured, so fewer people are counted for sure."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the `part` of the report that it holds, its columns, and rows that can be read once."""

    part: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


def sheets_of(
    report: Report, message: Message, recipients: Sequence[RecipientReport] | None, say: Say = english
) -> Iterator[Sheet]:
    """The report as sheets, the summary first, in the words of `say`. `recipients` is None where none is told
    apart."""
    yield Sheet("Summary", (("item", ""), WORDS, AT, LEAST, MOST), _summary(report, message, say))
    if report.links:
        named = (("item", "Link"), ("name", "Name"), WORDS, LEAST, MOST, *FIGURES)
        yield Sheet("Links", named, _links(report, message.labels.links, say))
    if report.by_list:
        listed = (("item", "List"), ("what", "What"), WORDS, LEAST, MOST)
        yield Sheet("By list", listed, _by_list(report, say))
    if report.published:
        yield Sheet("Over time", (AT, ("item", "What"), WORDS, LEAST, MOST), _published(report, say))
    timed = (AT, ("item", "Requests"), *FIGURES)
    if report.hours:
        yield Sheet("Over time", timed, _over_time(report.hours, say, has_opens=report.has_pixel))
    if report.minutes:
        yield Sheet("First hours", timed, _over_time(report.minutes, say, has_opens=report.has_pixel))
    if report.clicked is not None:
        columns = (("item", "What was recorded"), ("verdict", "Points to"), ("times", "Times"))
        yield Sheet("Reasons", columns, _reasons(report, report.opened, report.clicked, say))
    if recipients is not None:
        columns = (("item", "Recipient"), ("opened", OPENED), ("clicked", CLICKED))
        deeds = {deed: say(words) for deed, words in DEEDS.items()}
        rows = ((one.address, deeds[one.opened], deeds[one.clicked]) for one in recipients)
        yield Sheet("Recipients", columns, rows)


def one_table(sheets: Iterable[Sheet]) -> tuple[list[str], Iterator[Row]]:
    """All sheets as one table, as a program reads it: its columns, of which the first has the part, and its
    rows. Times are ISO 8601."""
    parts = list(sheets)
    names = list(dict.fromkeys(name for sheet in parts for name, _ in sheet.columns))

    def rows() -> Iterator[Row]:
        for sheet in parts:
            places = [names.index(name) for name, _ in sheet.columns]
            for row in sheet.rows:
                cells: list[Cell] = [""] * len(names)
                for place, cell in zip(places, row, strict=True):
                    cells[place] = _in_text(cell)
                yield (sheet.part, *cells)

    return ["part", *names], rows()


def file_name(message: Message) -> str:
    """What a file with the message's report is called, without what its kind adds: the day, and the mail's
    name or else its sender, in letters, digits and hyphens."""
    day = (message.sent_at or message.created_at).strftime("%Y-%m-%d")
    name = message.labels.name or message.sender.name or message.sender.address.partition("@")[0]
    said = "-".join(re.findall(r"[^\W_]+", name.lower()))[:60].rstrip("-")
    return f"rollcall-report-{day}-{said}" if said else f"rollcall-report-{day}"


def _summary(report: Report, message: Message, say: Say) -> Iterator[Row]:
    sender, known = message.sender, report.recipients
    named = sender.address if sender.name in ("", sender.address) else f"{sender.name} <{sender.address}>"
    yield from _labels(message.labels, say)
    if said := sentence(report, say, message.labels.links):
        yield say("In one sentence"), said, None, None, None
    yield say("From"), named if sender.checked else f"{named} ({say('not checked')})", None, None, None
    yield say("Prepared"), None, message.created_at, None, None
    yield say("Sent"), None if report.sent_at else say("not sent"), report.sent_at, None, None
    yield say("Mode"), say(report.mode.value.capitalize()), None, None, None
    yield say("Recipients"), say(str(known)), None, *_ends(known)
    yield from _turnover(report, say)
    yield say("As of"), None, report.as_of, None, None
    if report.sent_at and report.withheld:
        yield say("Numbers"), say(WITHHELD[report.withheld]), report.next_at, None, None
    people = ((OPENED, OPENED_SHARE, report.opened_by), (CLICKED, CLICKED_SHARE, report.clicked_by))
    for name, share, amount in people:
        if amount is not None and report.sent_at:
            yield say(name), people_text(amount, known, say), None, *_ends(amount)
            yield say(share), share_text(amount, known, say), None, None, None
    yield from _notes(report, say)


def _labels(labels: Labels, say: Say) -> Iterator[Row]:
    called = (
        (say("Name"), labels.name),
        (say("Campaign"), labels.campaign),
        (say("Tags"), ", ".join(labels.tags)),
        (say("Purpose"), labels.purpose),
    )
    for item, text in called:
        if text:
            yield item, text, None, None, None


def _notes(report: Report, say: Say) -> Iterator[Row]:
    if report.step > 1 and not report.withheld:
        text = say(f"People are told in steps of {report.step:,}, at fixed times.")
        yield say("Steps"), text, report.next_at, None, None
    if not report.has_pixel:
        yield say(OPENED), say("not measured"), None, None, None
    if report.not_measured:
        number = report.not_measured
        yield say("Not measured, because they objected"), None, None, number, number
    if report.recipients.at_most is None:
        yield say("Note"), say(INCOMPLETE), None, None, None
    if report.notice is not Notice.LINE:
        yield say("Note"), say(WITHOUT_NOTICE), None, None, None
    if report.measured_until:
        yield say("Measured until"), None, report.measured_until, None, None
    for stretch in report.unrecorded:
        lost, back = _UNRECORDED[stretch.opens, stretch.clicks]
        yield say(lost), None if stretch.since else say("since when is not known"), stretch.since, None, None
        if stretch.until:
            yield say(back), None, stretch.until, None, None
    if report.agreement:
        yield say("Agreement"), report.agreement, None, None, None


def _links(report: Report, names: Sequence[str], say: Say) -> Iterator[Row]:
    for number, link in enumerate(report.links):
        name = (names[number] if number < len(names) else "") or None
        figures = (None, None, None) if link.clicked is None else _figures(link.clicked)
        if link.clicked_by is None:
            yield link.url, name, say("not told"), None, None, *figures
        else:
            words = people_text(link.clicked_by, report.recipients, say)
            yield link.url, name, words, *_ends(link.clicked_by), *figures


def _turnover(report: Report, say: Say) -> Iterator[Row]:
    if found := report.turnover:
        yield say("Sent before that"), None, found.since, None, None
        yield say("Joined since"), say(str(found.joined)), None, *_ends(found.joined)
        yield say("Left since"), say(str(found.left)), None, *_ends(found.left)
        for each in found.by_list:
            yield (
                say("Joined since, in a list"),
                f"{each.list}: {say(str(each.joined))}",
                None,
                *_ends(each.joined),
            )


def _by_list(report: Report, say: Say) -> Iterator[Row]:
    for row in report.by_list:
        lists = ", ".join(row.lists)
        yield lists, say("Recipients"), say(str(row.recipients)), *_ends(row.recipients)
        both = ((OPENED, row.opened_by), (CLICKED, row.clicked_by))
        for name, people in both[0 if report.has_pixel else 1 :]:
            if people is None:
                yield lists, say(name), say("not told"), None, None
            else:
                yield lists, say(name), people_text(people, row.recipients, say), *_ends(people)


def _published(report: Report, say: Say) -> Iterator[Row]:
    for told in report.published:
        both = ((OPENED, told.opened_by), (CLICKED, told.clicked_by))
        for name, people in ((name, people) for name, people in both if people is not None):
            yield told.at, say(name), people_text(people, report.recipients, say), *_ends(people)


def _over_time(parts: Iterable[HourReport | MinuteReport], say: Say, *, has_opens: bool) -> Iterator[Row]:
    opens, clicks = say("Opens"), say("Clicks")
    for part in parts:
        if has_opens:
            yield part.at, opens, *_figures(part.opened)
        yield part.at, clicks, *_figures(part.clicked)


def _reasons(report: Report, opened: Split | None, clicked: Split, say: Say) -> Iterator[Row]:
    both = (("Opens", opened), ("Clicks", clicked))
    for name, split in ((name, split) for name, split in both if split is not None):
        for verdict, times in zip(("person", "unsure", "machine"), _figures(split), strict=True):
            yield say(name), say(VERDICTS[verdict]), times
    rules = {rule.name: rule for rule in RULES}
    for name, times in report.reasons.items():
        rule = rules.get(name)
        points_to = VERDICTS[rule.verdict.value] if rule and rule.verdict else ""
        yield say(rule.text) if rule else name, say(points_to), times
    for name, times in report.not_counted.items():
        yield say(rules[name].text) if name in rules else name, say("not counted"), times


def _figures(split: Split) -> tuple[int, int, int]:
    return split.person, split.unsure, split.machine


def _ends(amount: Amount) -> tuple[int | None, int | None]:
    """An amount's ends in cells; both empty where nothing is known."""
    return (amount.at_least or None) if amount.at_most is None else amount.at_least, amount.at_most


def _in_text(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return "" if cell is None else cell
