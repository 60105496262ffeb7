"""`compatibility.md`: which list is counted with which directory, written from a run of the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.matrix import COLUMNS, EWS, EXCHANGE, GRAPH, Cell, run

HEADINGS = {
    (GRAPH,): "Graph alone",
    (GRAPH, EXCHANGE): "with the Admin API",
    (GRAPH, EWS): "with EWS",
    (GRAPH, EXCHANGE, EWS): "with both",
}
NAMES = {GRAPH: "Graph", EXCHANGE: "Admin API", EWS: "EWS"}
REASONS = {
    "dynamic_not_visible": "Graph may not see all of it",
    "hidden_membership": "its members are hidden",
    "no_permission": "its members are refused",
    "not_found": "not found",
}

INTRODUCTION = """\
# Which lists are counted

Rollcall reads lists from Microsoft Graph, and from Exchange where an admin has connected it: by the
Exchange Online Admin API (`exchange`), by Exchange Web Services (`ews`), or by both (`ROLLCALL_DIRECTORIES`,
[settings](settings.md)). Which directory reads which list, Rollcall decides itself.

The table says what comes of it. `complete` is the truth, `at least` a lower bound. Whatever is not counted is
named in the answer, with the reason and with what helps. In no cell is a wrong count called complete.

`complete` is about membership: who is in the lists. Who gets the mail in the end nobody can know before,
which is why the answer says it apart (`delivery`, with each reason): of a Microsoft 365 group only those
who follow it get a copy in their inbox, a member may forward, and an outside address may be a list of
another organisation. Whether a list takes mail from some senders alone or has a moderator, and whose
mailbox is full, Exchange tells the sender who asks: the pane does, where `ROLLCALL_MAIL_TIPS` is on.
Exchange counts members too, a nested list as one and as they were some time ago: Rollcall takes that for a
sign that somebody is missing, never for a count.

It is written from a run against a simulated organisation in which the truth is known, and the run is repeated
with every test of the project. In brackets: who was asked for the members."""

EXPLANATION = """\
## Reading the table

- **Graph does not show dynamic distribution lists and public folders**, neither to those who look for one nor
  among the members of another list, and does not say that it left something out. So no distribution list that
  Graph alone has read is called complete, unless an admin vouches that no list holds such things
  (`ROLLCALL_DYNAMIC_LISTS` set to `absent`). A Microsoft 365 group holds people only, and Graph's word on it
  is final.
- **Microsoft 365 groups are always read from Graph**, also when they are inside a list that Exchange was
  asked for. Where a group hides its members, its owner can tell how many there are.
- **Distribution lists that hide their members** are read by the Admin API. EWS is refused. What Graph does,
  Microsoft does not say; here it refuses, which is the harder case.
- **Lists that are hidden from address lists** cannot be found by EWS, so Graph reads them.
- **Dynamic distribution lists** of Exchange Online are worked out once a day, so a count may be a day old;
  `as_of` says so where the Admin API was asked.
- **A security group without mail** cannot be written to, and as a member of a list it passes nothing on to
  its own members. They are not counted, and the balance sheet says so.
- **A personal contact group** is in one person's mailbox, where no directory looks. Open it in Outlook, by
  the plus sign before its name, and its people are counted like any others. The pane cannot open it: what
  Microsoft Graph calls a contact is a person, and Exchange Web Services would want a permission for the
  sender's whole mailbox.
- **A list that exists on premises only** is read by the EWS of its Exchange Server (`ROLLCALL_EWS_URL`,
  `ROLLCALL_EWS_SIGN_IN`).
- **EWS in Exchange Online** ends on 1 April 2027. From then on it is as if it were not connected; on premises
  it stays.
- One mailbox is one recipient, however many lists it is in. A mail-enabled public folder counts as one.

With lists of your own: [operations](operations.md#the-live-tests).

## What ContactMonkey publishes

Its help centre has such a table too (article 40364108014477, read in November 2026), with a column for each
of its two back ends, Graph and EWS; the admin is advised to connect both. Where it differs:

| kind of list | Graph | EWS | Rollcall |
|---|---|---|---|
| dynamic distribution list | no | yes | counted where Exchange is connected, inside other lists too |
| Microsoft 365 group, dynamic | no | no | counted: Graph lists its members like those of any group |
| list with hidden members | yes | no | counted by the Admin API; by Graph, see above |
| external recipients | limited | yes | counted, and told apart from the others |
| list on premises | limited | limited | counted where it is synchronised, or where EWS leads to its server |
| security group | yes | yes | counted when it has mail; without mail nothing is delivered to it |

As far as it could be read, it does not tell what becomes of a dynamic list inside another list. There Graph
counts short without a word, which is why Rollcall prefers Exchange's word on every distribution list.
"""


def compatibility_page(cells: Sequence[Cell] | None = None) -> str:
    """The page, from `cells` or from a run."""
    cells = cells if cells is not None else run()
    head = ["kind of list", "mailboxes", *(HEADINGS[column] for column in COLUMNS)]
    rows = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for start in range(0, len(cells), len(COLUMNS)):
        row = cells[start].row
        words = [describe(cell) for cell in cells[start : start + len(COLUMNS)]]
        rows.append(f"| {' | '.join([row.title, str(row.true), *words])} |")
    return "\n".join([INTRODUCTION, "", *rows, "", EXPLANATION])


def describe(cell: Cell) -> str:
    """The cell in plain words."""
    if cell.audience is None:
        return "not counted: not an address"
    if cell.complete:
        asked = " and ".join(NAMES[name] for name in cell.answered)
        return f"**{cell.audience.count}**, complete" + (f" ({asked})" if asked else "")
    reasons = ", ".join(REASONS[code] for code in cell.codes)
    return f"at least {cell.audience.count}: {reasons}" if cell.audience.count else f"not counted: {reasons}"
