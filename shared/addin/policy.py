"""What a page may load, where it may talk to, and who may put it into a frame (Content Security Policy).

Neither 'unsafe-inline' nor 'unsafe-eval': nothing in Office.js for Outlook evaluates text or adds a style
element (@microsoft/office-js 1.1.110; it sets styles through the CSSOM, which no policy forbids). It does try
to load its telemetry into a frame, which is refused, and goes on without.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from shared.settings import Settings

PAGES = "pages.html"
POLICY = ("privacy.html", "privacy-details.html")
DIALOG = "dialog.html"


def policy_for(page: str, settings: Settings) -> str:
    """The Content-Security-Policy of `page`."""
    authority, graph = _origin(settings.authority), _origin(settings.graph_url)
    # The pane asks Graph to send a copy to each recipient, and for mail tips.
    asks_graph = settings.mail_tips or set(settings.allowed_modes) - {"counting"}
    scripts = ["'self'"] if page in (PAGES, *POLICY) else ["'self'", _origin(settings.office_js_url)]
    rules = {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": scripts,
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", authority, *([graph] if asks_graph else [])],
        # A sign-in is renewed in a frame that nobody sees, which ends on one of our own pages.
        "frame-src": ["'self'", authority],
        "frame-ancestors": _ancestors(page, settings),
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in rules.items())


def _ancestors(page: str, settings: Settings) -> list[str]:
    if page in (PAGES, *POLICY):
        return ["'self'"]
    # The dialog is also where a sign-in renewed in the pane's own frame ends: that frame's parent is ours.
    return [*(["'self'"] if page == DIALOG else []), *settings.outlook_origins]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
