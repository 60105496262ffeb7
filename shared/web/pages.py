"""The few pages that the app itself shows to a person, in the language that the browser asks for."""

from __future__ import annotations

from html import escape

import azure.functions as func

from shared.languages.reader import language, say
from shared.web.headers import NOTHING_LOADS

# A page needs no frame, no script and nobody else's content.
_POLICY = f"{NOTHING_LOADS}; style-src 'unsafe-inline'"

CONNECTION = "/addin/pages.html#/connection"
"""Where admins look after the service account."""

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
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
    """A page that tells a person one thing: English texts, said in the reader's language."""
    return _page(say(title), f"{_paragraph(text)}{_paragraph(remedy)}", _POLICY, status)


def after_sign_in(title: str, text: str, remedy: str, status: int = 200) -> func.HttpResponse:
    """A notice at the end of a sign-in, which leads back to where it began."""
    back = f'<p><a href="{CONNECTION}">{escape(say("Back to the connection"))}</a></p>'
    return _page(say(title), f"{_paragraph(text)}{_paragraph(remedy)}{back}", _POLICY, status)


_IN_THIS_MAIL, _IN_MAILS_TO_YOU = "What is measured in this mail", "What is measured in mails to you"
_KEPT = (
    "What is kept: when the mail was opened and which link was followed, and what kind of program did it. "
    "What is not: your network address, where you were, what the mail says."
)
_NO_IMAGES = "You can also have your mail program show no images: then opening the mail is not noticed."
_WHO_RUNS_IT = "The sender's organisation runs Rollcall itself: nobody outside of it gets to know."
_UNNAMED = "whoever sent the mail, or the administrator of Rollcall in their organisation"
_MODES = (
    (
        "Counting",
        "How often the mail was opened and its links were followed, and never by whom. All got the same "
        "mail.",
    ),
    ("Pseudonymous", "How many people did so, and not who."),
    ("Individual", "Who did so; where the organisation asks for consent, of those alone who gave it."),
)


def about(contact: str, agreement: str = "") -> func.HttpResponse:
    """The page that says what is measured, for those whose mail has no link of its own. `contact` is the
    address to ask at, empty where none is named; so it is below."""
    modes = "".join(
        f"<li><strong>{escape(say(name))}</strong>: {escape(say(text))}</li>" for name, text in _MODES
    )
    said = (
        _paragraph(
            "You got a mail whose sender wants to know whether it is read. It holds an image that your mail "
            "program fetches when you open the mail, and links that lead through Rollcall."
        ),
        _paragraph(_WHO_RUNS_IT),
        _paragraph("How much the sender sees depends on the mail:"),
        f"<ul>{modes}</ul>",
        _paragraph(
            "In a pseudonymous or individual mail, the line that says that it is measured leads to where you "
            "object."
        ),
        _paragraph(_KEPT),
        _paragraph(_NO_IMAGES),
    )
    return _explanation(_IN_THIS_MAIL, "".join(said), contact, "'none'", agreement)


def shared(contact: str, agreement: str = "") -> func.HttpResponse:
    """The page that says what is measured in a mail that all its recipients share."""
    said = (
        "Whoever sent you this mail sees how often it was opened and its links were followed, between how "
        "many and how many people did so, and never by whom: all got the same mail. So do those whom the "
        "sender lets see it, and administrators.",
        _WHO_RUNS_IT,
        _KEPT,
        "Nothing of it is tied to you, so there is nothing to object to by this link.",
        _NO_IMAGES,
    )
    return _explanation(_IN_THIS_MAIL, "".join(map(_paragraph, said)), contact, "'none'", agreement)


def objection(contact: str, agreement: str = "", *, of_one_mail: bool) -> func.HttpResponse:
    """The page on which whoever got a mail objects to being tracked. The sender has the link as well, so it
    is the same whether they did or not.

    Fetching it changes nothing, since scanners fetch whatever stands in a mail: it takes a button.
    """
    if of_one_mail:
        title, button = _IN_THIS_MAIL, "Stop measuring this mail"
        seen = (
            "Whoever sent you this mail sees how many people opened it and followed its links, and not who."
        )
        may = (
            "You may object. Because nobody knows whose mail this is, it holds for this mail alone. Its "
            "links go on working, and the sender is not told."
        )
    else:
        title, button = _IN_MAILS_TO_YOU, "Stop measuring mails to you"
        seen = (
            "Whoever sent you this mail sees whether it was opened from your mailbox, and which of its links "
            "were followed; so do those whom the sender lets see it, and administrators."
        )
        may = (
            "You may object. It then holds for every such mail to you, in your mailbox already or yet to "
            "come. You go on getting mails, and their links work. The sender sees you as not measured, and "
            "not as somebody who did not open the mail."
        )
    said = "".join(map(_paragraph, (seen, _WHO_RUNS_IT, _KEPT, may)))
    return _explanation(title, f"{said}{_button('object', button)}", contact, "'self'", agreement)


def objected(contact: str, *, of_one_mail: bool) -> func.HttpResponse:
    """The page that says that it was objected, the first time as the second."""
    if of_one_mail:
        title = "Nothing is measured in this mail"
        text = (
            "From now on, nothing that you do with this mail is recorded; the first ten seconds may be an "
            "exception. What was recorded before is not changed by this."
        )
    else:
        title = "Nothing is measured in mails to you"
        text = (
            "From now on, nothing that you do with mails to you is recorded; the first ten seconds may be an "
            "exception. What was recorded before is not changed by this."
        )
    link = (
        "Whoever has the link to this page can object by it, and nothing else: it does not show whether you "
        "did, and cannot take it back."
    )
    said = f"{_paragraph(text)}{_paragraph(link)}{_taking_it_back(contact, of_one_mail)}"
    return _explanation(title, said, contact, "'none'")


def no_withdrawal(contact: str, *, of_one_mail: bool) -> func.HttpResponse:
    """The page for whoever tries to withdraw an objection by the link alone."""
    text = "The link in a mail cannot take an objection back: others may have it too."
    said = f"{_paragraph(text)}{_taking_it_back(contact, of_one_mail)}{_oneself()}"
    return _page(say("Nothing was changed"), said, f"{_POLICY}; form-action 'none'", 403)


def _taking_it_back(contact: str, of_one_mail: bool) -> str:
    if of_one_mail:
        return _paragraph("Because nobody knows whose this mail is, nobody can take it back for you.")
    return _paragraph(f"To be measured again one day, ask {contact or _UNNAMED}.", contact)


def _explanation(title: str, said: str, contact: str, form: str, agreement: str = "") -> func.HttpResponse:
    ask = f"To see what is kept about you, or to have it erased, ask {contact or _UNNAMED}."
    bound = _paragraph(agreement) if agreement else ""
    said += f"{bound}{_oneself()}{_paragraph(ask, contact)}"
    return _page(say(title), said, f"{_POLICY}; form-action {form}", 200)


def _oneself() -> str:
    """Where everybody sees and decides what is kept of them; a link alone shows and decides less."""
    text = (
        "Signed in with your work account, you see whether you are measured and what is kept about you, "
        "decide it, and have it erased:"
    )
    return f'<p>{escape(say(text))} <a href="/me">{escape(say("About me"))}</a></p>'


def _paragraph(text: str, contact: str = "") -> str:
    """The English text in the reader's language; the address `contact` in it leads to a mail."""
    said = escape(say(text))
    if contact:
        address = escape(contact)
        said = said.replace(address, f'<a href="mailto:{address}">{address}</a>')
    return f"<p>{said}</p>"


def _button(choice: str, text: str) -> str:
    return f'<form method="post"><button name="choice" value="{choice}">{escape(say(text))}</button></form>'


def _page(title: str, body: str, policy: str, status: int) -> func.HttpResponse:
    html = _PAGE.format(language=language(), title=escape(title), body=body)
    headers = {
        "Content-Language": language(),
        "Content-Security-Policy": policy,
        "Vary": "Accept-Language",
        "X-Robots-Tag": "noindex",
    }
    return func.HttpResponse(html, status_code=status, headers=headers, mimetype="text/html")
