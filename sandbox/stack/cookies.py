"""Cookies as browsers take them. The worker writes `domain=`, which browsers ignore (RFC 6265, 5.2.3), while
Python's cookie jar refuses the whole cookie."""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import requests


def taken(answer: requests.Response) -> dict[str, str]:
    """The cookies that a browser takes from `answer`, by name."""
    jar = SimpleCookie(answer.headers.get("Set-Cookie", ""))
    return {name: morsel.value for name, morsel in jar.items()}


def keep(http: requests.Session, answer: requests.Response) -> None:
    """Have `http` send the cookies of `answer` back to its host, as a browser does."""
    host = urlsplit(answer.url).hostname or ""
    domain = host if "." in host else f"{host}.local"  # what http.cookiejar calls a host without dots
    for name, value in taken(answer).items():
        http.cookies.set(name, value, domain=domain)
