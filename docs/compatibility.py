"""`compatibility.md`: which list is counted with which directory, written from a run of the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from tests.matrix import COLUMNS, EWS, EXCHANGE, GRAPH, Cell, run

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

Rollcall reads lists from Microsoft Graph, and from Exchange where an admin has connected it: by the Exchange Online
Admin API (`exchange`), by Exchange Web Services (`ews`), or both (`ROLLCALL_DIRECTORIES`, [settings](settings.md)). Which
directory reads which list is Rollcall's own business. A cell says what comes of it: `complete` is the truth; `at least`
is a lower bound; and whatever is not counted is named in the answer, with the reason and with what helps. In no cell is a
wrong count called complete.

This table is written from a run against a simulated organisation, in which every list is known to the last member; the
run is repeated with every test of the project. In brackets: who was asked for the members."""

EXPLANATION = """\
## Reading the table

- **Graph does not show dynamic distribution lists and public folders**, neither to those who look for one nor among the
  members of another list, and does not say that it left something out. So no distribution list that Graph alone has read
  is called complete, unless an admin vouches that no list holds such things (`ROLLCALL_DYNAMIC_LISTS` set to `absent`).
  A Microsoft 365 group holds people only, and Graph's word on it is final.
- **Microsoft 365 groups are always read from Graph**, also when they are inside a list that Exchange was asked for. Where
  a group hides its members, an owner can tell how many there are.
- **Distribution lists with hidden members** are read by the Admin API; Graph and EWS are refused.
- **Lists that are hidden from address lists** cannot be found by EWS, so Graph reads them.
- **The membership of a dynamic list** in Exchange Online is worked out once a day; the answer says how old it may be.
- **A security group without mail** cannot be written to, and Exchange delivers nothing to those who are in it when it
  is a member of a list. They are not counted, and the balance sheet says so.
- **A personal contact group** is in one person's mailbox, where no directory looks. Open it in Outlook (the plus sign
  before its name), and its people are counted like any others.
- **A list that exists on premises only** is read by the EWS of the Exchange Server on which it is
  (`ROLLCALL_EWS_URL`, `ROLLCALL_EWS_SIGN_IN`).
- **EWS in Exchange Online** ends on 1 April 2027. From then on it is as if it were not connected; on premises it stays.
- One mailbox is one recipient however many lists it is in. A mail-enabled public folder counts as one.

How to check this with lists of your own: [operations](operations.md#the-live-tests).

## What ContactMonkey publishes

Its help centre has a table like this one (article 40364108014477, read in November 2026), with a column for each of its two
back ends, Graph and EWS. The admin is to know which of them fits which list, and is advised to connect both. It differs:

| kind of list | ContactMonkey by Graph | by EWS | Rollcall |
|---|---|---|---|
| dynamic distribution list | no | yes | yes, by either way into Exchange; inside another list too, or the count says that it may be short |
| Microsoft 365 group with dynamic membership | no | no | yes: Graph lists its members like those of any group |
| distribution list with hidden members | yes | no | by the Admin API; in the simulated organisation, Graph refuses |
| external recipients | limited | yes | yes, and counted apart |
| list on premises | limited | limited | yes where it is synchronised, or where EWS leads to its Exchange Server |
| personal contact group | no | no | not unless opened in Outlook; refused, not guessed |
| security group | yes | yes | yes with mail; without mail nothing is delivered, so nobody is counted |
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
