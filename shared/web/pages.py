"""The few pages that the app itself shows to a person."""

from __future__ import annotations

from html import escape

import azure.functions as func

from shared.web.headers import NOTHING_LOADS

# A page needs no frame, no script and nobody else's content.
_POLICY = f"{NOTHING_LOADS}; style-src 'unsafe-inline'"

CONNECTION = "/addin/pages.html#/connection"
"""Where admins look after the service account."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rollcall: {title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 "Segoe UI", system-ui, sans-serif }}
main {{ max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem }}
h1 {{ font-size: 1.5rem; font-weight: 600 }}
button {{ font: inherit; padding: .5rem .75rem; margin-top: .5rem }}
</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""


def notice(title: str, text: str, remedy: str, status: int = 200) -> func.HttpResponse:
    """A page that tells a person one thing."""
    return _page(title, f"<p>{escape(text)}</p><p>{escape(remedy)}</p>", _POLICY, status)


def after_sign_in(title: str, text: str, remedy: str, status: int = 200) -> func.HttpResponse:
    """A notice at the end of a sign-in, which leads back to where it began."""
    said = f"<p>{escape(text)}</p><p>{escape(remedy)}</p>"
    return _page(title, f'{said}<p><a href="{CONNECTION}">Back to the connection</a></p>', _POLICY, status)


_KEPT = """<p>What is kept: when the mail was opened and which link was followed, and what kind of program
did it. What is not: your network address, where you were, what the mail says.</p>"""
_ASK = "<p>To see what is kept about you, or to have it erased, ask {whom}.</p>"
_UNNAMED = "whoever sent the mail, or the administrator of Rollcall in their organisation"
_ABOUT = f"""<p>You got a mail whose sender wants to know whether it is read. It holds an image that your mail
program fetches when you open the mail, and links that lead through Rollcall, which the sender's organisation
runs itself. Outside of it, nobody gets to know.</p>
<p>How much the sender sees depends on the mail:</p>
<ul><li><strong>Counting</strong>: how often it was opened and its links were followed, and never by whom. All
got the same mail.</li>
<li><strong>Pseudonymous</strong>: how many people did so, and not who.</li>
<li><strong>Individual</strong>: who did so.</li></ul>
<p>In a pseudonymous or individual mail, the line that says that it is measured leads to where you object.</p>
{_KEPT}
<p>You can also have your mail program show no images: then opening the mail is not noticed.</p>"""
_MEASURED = f"""<p>Whoever sent you this mail sees whether it was opened from your mailbox, and which of its
links were followed; so do those whom the sender lets see it, and administrators. The sender's organisation
runs Rollcall itself: outside of it, nobody does.</p>
{_KEPT}
<p>You may object. It then holds for every such mail to you, in your mailbox already or yet to come. You go on
getting mails, and their links work. The sender sees you as not measured, and not as somebody who did not open
the mail.</p>"""
_MEASURED_ALIKE = f"""<p>Whoever sent you this mail sees how many people opened it and followed its links, and
not who. The sender's organisation runs Rollcall itself: outside of it, nobody sees that.</p>
{_KEPT}
<p>You may object. Because nobody knows whose mail this is, it holds for this mail alone. Its links go on
working, and the sender is not told.</p>"""
_MEASURED_TOGETHER = f"""<p>Whoever sent you this mail sees how often it was opened and its links were
followed, between how many and how many people did so, and never by whom: all got the same mail. So do those
whom the sender lets see it, and administrators. The sender's organisation runs Rollcall itself: outside,
nobody does.</p>
{_KEPT}
<p>Nothing of it is tied to you, so there is nothing to object to by this link. You can have your mail program
show no images: then opening the mail is not noticed.</p>"""
_OBJECTED = """<p>From now on, nothing that you do with {which} is recorded; the first ten seconds may be an
exception. What was recorded before is not changed by this.</p>
<p>Whoever has the link to this page can object by it, and nothing else: it does not show whether you did, and
cannot take it back.</p>"""
_AGAIN = "<p>To be measured again one day, ask {whom}.</p>"
_NOT_AGAIN = "<p>Because nobody knows whose this mail is, nobody can take it back for you.</p>"


def about(contact: str) -> func.HttpResponse:
    """The page that says what is measured, for those whose mail has no link of its own. `contact` is the
    address to ask at, empty where none is named; so it is below."""
    return _explanation("What is measured in this mail", _ABOUT, contact, "'none'")


def shared(contact: str) -> func.HttpResponse:
    """The page that says what is measured in a mail that all its recipients share."""
    return _explanation("What is measured in this mail", _MEASURED_TOGETHER, contact, "'none'")


def objection(contact: str, *, of_one_mail: bool) -> func.HttpResponse:
    """The page on which whoever got a mail objects to being tracked. The sender has the link as well, so it
    is the same whether they did or not.

    Fetching it changes nothing, since scanners fetch whatever stands in a mail: it takes a button.
    """
    which = _which(of_one_mail)
    said = _MEASURED_ALIKE if of_one_mail else _MEASURED
    button = _button("object", f"Stop measuring {which}")
    return _explanation(f"What is measured in {which}", f"{said}{button}", contact, "'self'")


def objected(contact: str, *, of_one_mail: bool) -> func.HttpResponse:
    """The page that says that it was objected, the first time as the second."""
    which = _which(of_one_mail)
    again = _NOT_AGAIN if of_one_mail else _AGAIN.format(whom=_whom(contact))
    said = f"{_OBJECTED.format(which=which)}{again}"
    return _explanation(f"Nothing is measured in {which}", said, contact, "'none'")


def no_withdrawal(contact: str, *, of_one_mail: bool) -> func.HttpResponse:
    """The page for whoever tries to withdraw an objection by the link alone."""
    again = _NOT_AGAIN if of_one_mail else _AGAIN.format(whom=_whom(contact))
    said = f"<p>The link in a mail cannot take an objection back: others may have it too.</p>{again}"
    return _page("Nothing was changed", said, f"{_POLICY}; form-action 'none'", 403)


def _which(of_one_mail: bool) -> str:
    return "this mail" if of_one_mail else "mails to you"


def _whom(contact: str) -> str:
    return f'<a href="mailto:{escape(contact)}">{escape(contact)}</a>' if contact else _UNNAMED


def _explanation(title: str, said: str, contact: str, form: str) -> func.HttpResponse:
    asked = _ASK.format(whom=_whom(contact))
    return _page(title, f"{said}{asked}", f"{_POLICY}; form-action {form}", 200)


def _button(choice: str, text: str) -> str:
    return f'<form method="post"><button name="choice" value="{choice}">{escape(text)}</button></form>'


def _page(title: str, body: str, policy: str, status: int) -> func.HttpResponse:
    html = _PAGE.format(title=escape(title), body=body)
    headers = {"Content-Security-Policy": policy, "X-Robots-Tag": "noindex"}
    return func.HttpResponse(html, status_code=status, headers=headers, mimetype="text/html")
