"""Copies Rollcall's results into a database file, and goes on where it was, whatever interrupted it.

    python feed.py results.db

It needs Python alone. In the environment:

    ROLLCALL_URL             where Rollcall is, such as https://rollcall.company.com
    ROLLCALL_API             the client id of Rollcall's own registration
    ENTRA_TENANT             the tenant's id
    ENTRA_CLIENT             the client id of this program's registration, which has Rollcall.Report.Reader
    ENTRA_SECRET             its secret
    ENTRA_AUTHORITY          if it is not https://login.microsoftonline.com

Rows and the place in the feed are written together, so that neither can be there without the other.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

TABLES = """
    create table if not exists result (id text primary key, message text, at text, line text);
    create table if not exists place (only integer primary key check (only = 1), cursor text);
"""
Ask = Callable[[str | None], Iterator[bytes]]


def copy(database: sqlite3.Connection, ask: Ask) -> int:
    """Copy all that is new; how many lines. `ask` gets the lines behind a cursor."""
    database.executescript(TABLES)
    count, more = 0, True
    while more:
        found = database.execute("select cursor from place").fetchone()
        lines = [json.loads(line) for line in ask(found and found[0])]
        if not lines or lines[-1]["kind"] != "end":
            raise ConnectionError("the answer was cut off")
        with database:  # all of it, or nothing
            for line in lines[:-1]:
                take(database, line)
            if lines[-1]["cursor"]:
                database.execute("insert or replace into place values (1, ?)", [lines[-1]["cursor"]])
        count, more = count + len(lines) - 1, lines[-1]["more"]
    return count


def take(database: sqlite3.Connection, line: dict[str, Any]) -> None:
    """Keep one line: a report, or that a message is gone."""
    if line["kind"] == "gone":
        gone = [line["message_id"], line["at"]]
        database.execute("delete from result where message = ? and julianday(at) <= julianday(?)", gone)
    elif line["kind"] == "report":
        row = [line["id"], line["message"]["message_id"], line["at"], json.dumps(line)]
        database.execute("insert or replace into result values (?, ?, ?, ?)", row)


def access_token(environ: dict[str, str]) -> str:
    """A token that lets this program itself call Rollcall."""
    authority = environ.get("ENTRA_AUTHORITY", "https://login.microsoftonline.com")
    form = {
        "grant_type": "client_credentials",
        "client_id": environ["ENTRA_CLIENT"],
        "client_secret": environ["ENTRA_SECRET"],
        "scope": f"api://{environ['ROLLCALL_API']}/.default",
    }
    url = f"{authority}/{environ['ENTRA_TENANT']}/oauth2/v2.0/token"
    with urlopen(url, urlencode(form).encode(), timeout=30) as answer:
        return str(json.load(answer)["access_token"])


def over_http(environ: dict[str, str]) -> Ask:
    """Asks Rollcall itself."""

    def ask(cursor: str | None) -> Iterator[bytes]:
        query = {"limit": "200"} | ({"after": cursor} if cursor else {})
        request = Request(f"{environ['ROLLCALL_URL']}/api/feed?{urlencode(query)}")
        request.add_header("Authorization", f"Bearer {access_token(environ)}")
        with urlopen(request, timeout=120) as answer:
            yield from answer

    return ask


if __name__ == "__main__":
    with sqlite3.connect(sys.argv[1]) as results:
        print(copy(results, over_http(dict(os.environ))), "lines")
