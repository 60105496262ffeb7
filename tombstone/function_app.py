"""What stays where Rollcall was: genuine links lead on, and nothing is recorded.

It has the link keys and, in `links.json`, what was withdrawn or corrected when Rollcall left. There is no
storage, no directory, no sign-in and no log of who came. `python3 dev.py tombstone` packs it, with the very
modules of Rollcall that read tokens.
"""

from __future__ import annotations

import base64
import json
import os
from collections import defaultdict
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path

import azure.functions as func

from shared.errors import BadToken
from shared.tracking.mail.amendments import Amendment, strongest
from shared.tracking.mail.hosts import Hosts
from shared.tracking.mail.tokens import Keyring, Signer, bare
from shared.web.headers import NOTHING_RUNS, complete

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")
AMENDED = Path(__file__).with_name("links.json")
METHODS = ("GET", "HEAD")
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title><style>'
    ':root {{ color-scheme: light dark; font: 1rem/1.5 "Segoe UI", system-ui, sans-serif }}'
    " main {{ max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem }}</style></head>"
    "<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
)

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@cache
def signer() -> Signer:
    """What reads tokens. Raises KeyError and ValueError where there are no keys, without quoting them."""
    return Signer(Keyring.parse(os.environ["ROLLCALL_SIGNING_KEYS"]))


@cache
def hosts() -> Hosts:
    """Where links may lead."""
    return Hosts(deny=os.environ.get("ROLLCALL_DENY_HOSTS", "").lower().replace(",", " ").split())


@cache
def amended() -> dict[str, list[Amendment]]:
    """What was said of links, by message."""
    found = defaultdict[str, list[Amendment]](list)
    for row in json.loads(AMENDED.read_text())["rows"]:
        at = datetime.fromisoformat(row["at"])
        found[row["message_id"]].append(
            Amendment(row["message_id"], row["link"], row["target"], row["by_admin"], at)
        )
    return found


def page(title: str, text: str, status: int) -> func.HttpResponse:
    """A page that says one thing."""
    policy = NOTHING_RUNS + "; style-src 'unsafe-inline'"
    html = PAGE.format(title=escape(title), text=escape(text))
    return func.HttpResponse(
        html, status_code=status, headers={"Content-Security-Policy": policy}, mimetype="text/html"
    )


@app.route("o/{token}", methods=METHODS)
def pixel(req: func.HttpRequest) -> func.HttpResponse:
    """An image, whoever asks: nothing is looked at."""
    return complete(req, func.HttpResponse(PIXEL, mimetype="image/gif"))


@app.route("c/{token}", methods=METHODS)
def link(req: func.HttpRequest) -> func.HttpResponse:
    """On to where a genuine link leads."""
    return complete(req, lead(bare(req.route_params["token"])))


def lead(token: str) -> func.HttpResponse:
    """The answer to whoever follows the link with that token."""
    try:
        click = signer().read_click(token)
    except BadToken:
        return page("Link not found", "This link is damaged. Copy it again as a whole.", 404)
    except (KeyError, ValueError):
        return page("Try again", "This link cannot be opened right now. Try again later.", 503)
    said = strongest(amended().get(click.message, ()), click.link)
    target = said.target if said else click.target
    if target is None or hosts().deny(target):
        return page("This link was withdrawn", "There is nothing that you need to do.", 410)
    return func.HttpResponse(status_code=302, headers={"Location": target})


@app.route("p/{token?}", methods=(*METHODS, "POST"))
def notice(req: func.HttpRequest) -> func.HttpResponse:
    """What the line in a mail leads to."""
    text = "Rollcall, which measured this mail, was taken away. Nothing of it is recorded any more."
    return complete(req, page("Nothing is measured any more", text, 200))
