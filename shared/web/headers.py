"""Headers that every answer has, in one place: OWASP ASVS 5.0, V3.4.

    V3.4.1  Strict-Transport-Security, a year at least and subdomains too, on every answer over https
    V3.4.3  Content-Security-Policy; V3.4.6 who may put it into a frame
    V3.4.4  X-Content-Type-Options
    V3.4.5  Referrer-Policy

An answer may say more precisely what holds for it, and a file that is nobody's may be kept: what it says
itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import azure.functions as func

NOTHING_LOADS = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
NOTHING_RUNS = f"{NOTHING_LOADS}; form-action 'none'"
"""For what is no page: nothing in it loads, runs or leads anywhere, wherever it is opened."""
ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": NOTHING_RUNS,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ALWAYS = tuple((name, name.lower(), value) for name, value in ALWAYS.items())
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def complete(req: func.HttpRequest, answer: func.HttpResponse) -> func.HttpResponse:
    """The answer, with what it does not say itself."""
    headers = answer.headers
    said = {name.lower() for name in headers.keys()}  # noqa: SIM118 - iterating a Headers gives pairs
    for name, lowered, value in _ALWAYS:
        if lowered not in said:
            headers[name] = value
    if _is_over_https(req):
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    return answer


def _is_over_https(req: func.HttpRequest) -> bool:
    """TLS may end before us, at a server that then says so. Whoever says so without it tells only themselves:
    over http a browser must not heed the header (RFC 6797, section 8.1)."""
    return "https" in (req.url.partition(":")[0], req.headers.get("x-forwarded-proto", "").partition(",")[0])
