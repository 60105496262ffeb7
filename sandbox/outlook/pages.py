"""The compose window's files, and office.js, which is put together from its parts."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
OFFICE = ("wire", "words", "calls", "item", "context", "signin", "main")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def office_js() -> bytes:
    """Office.js's stand-in: one script, as the real one is."""
    parts = [(STATIC / "office" / f"{name}.js").read_text(encoding="utf-8") for name in OFFICE]
    return ("(function () {\n'use strict';\n" + "\n".join(parts) + "\n})();\n").encode()


def find_file(name: str) -> tuple[bytes, str] | None:
    """A file's content and type; None when there is none of that name."""
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file() or path.suffix not in _TYPES:
        return None
    return path.read_bytes(), _TYPES[path.suffix]


def security(app_url: str) -> dict[str, str]:
    """Headers of the compose window: nothing is loaded but its own files and the app's pages and pixels.

    A browser's driver that waits for something in the page needs eval; a mail's own scripts never run.
    """
    images = f"'self' data: blob: {app_url}".strip()
    policy = (
        f"default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"
        f"; img-src {images};"
        f" connect-src 'self'; frame-src 'self' {app_url}; worker-src 'self'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
