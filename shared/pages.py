"""The few pages that the app itself shows to a person."""

from __future__ import annotations

import base64
import hashlib
from html import escape

import azure.functions as func

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# A page needs no frame and nobody else's content; which script it may run is said by the script's own hash.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rollcall: {title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 "Segoe UI", system-ui, sans-serif }}
main {{ max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem }}
h1 {{ font-size: 1.5rem; font-weight: 600 }}
label {{ display: block }}
input, button {{ font: inherit; box-sizing: border-box; padding: .5rem .75rem; margin-top: .5rem }}
input {{ width: 100% }}
[role=alert]:empty {{ display: none }}
</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""

_SIGN_IN = """
document.forms[0].addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = document.getElementById("token");
  const said = document.querySelector("[role=alert]");
  said.textContent = "";
  try {
    const answer = await fetch("start", {headers: {Authorization: `Bearer ${field.value.trim()}`}});
    const body = await answer.json();
    if (answer.ok) { field.value = ""; location.assign(body.authorize_url); return; }
    said.textContent = `${body.detail} ${body.remedy}`;
  } catch {
    said.textContent = "Rollcall did not answer. Try again in a minute.";
  }
});
"""
_SIGN_IN_HASH = base64.b64encode(hashlib.sha256(_SIGN_IN.encode()).digest()).decode()
_SIGN_IN_BODY = f"""<p>Paste the access token of a Rollcall admin. Then sign in
<strong>as the service account</strong> on Microsoft's page, in this browser, within ten minutes.</p>
<form><label for="token">Access token</label>
<input id="token" type="password" autocomplete="off" required>
<button>Go on to Microsoft</button></form>
<p role="alert"></p><script>{_SIGN_IN}</script>"""


def notice(title: str, text: str, remedy: str, status: int = 200) -> func.HttpResponse:
    """A page that tells a person one thing."""
    return _page(title, f"<p>{escape(text)}</p><p>{escape(remedy)}</p>", _POLICY, status)


def sign_in() -> func.HttpResponse:
    """The page on which an admin begins to connect the service account.

    The sign-in is bound to the browser that begins it, so it cannot begin on a command line.
    """
    policy = f"{_POLICY}; script-src 'sha256-{_SIGN_IN_HASH}'; connect-src 'self'; form-action 'none'"
    return _page("Connect the service account", _SIGN_IN_BODY, policy, 200)


def _page(title: str, body: str, policy: str, status: int) -> func.HttpResponse:
    html = _PAGE.format(title=escape(title), body=body)
    headers = _HEADERS | {"Content-Security-Policy": policy}
    return func.HttpResponse(html, status_code=status, headers=headers, mimetype="text/html")
