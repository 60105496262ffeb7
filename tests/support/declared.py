"""What every route is meant to declare, written by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

import requests

from routes.chapter import declared
from shared.api.openapi import document
from tests.support.api import ADA, DASHBOARD, MIA, MONITOR, Api

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@cache
def described() -> dict[str, dict[str, Any]]:
    """The description of each operation."""
    paths = document(declared())["paths"]
    return {f"{m.upper()} {path}": one for path, item in paths.items() for m, one in item.items()}


ANYBODYS = """
    GET /api/health, GET /api/openapi.json, GET /api, HEAD /api, GET /api/connection/callback, GET /p,
    HEAD /p, GET /p/{token}, HEAD /p/{token}, POST /p/{token}, GET /o/{token}, HEAD /o/{token},
    GET /c/{token}, HEAD /c/{token},
    GET /addin/{path}, HEAD /addin/{path}, GET /.well-known/microsoft-officeaddins-allowed.json,
    HEAD /.well-known/microsoft-officeaddins-allowed.json, GET /me, HEAD /me
"""


ADMINS = """
    GET /api/notifications, GET /api/connection, DELETE /api/connection,
    GET /api/connection/start,
    POST /api/connection/test, GET /api/people/{address}, DELETE /api/people/{address},
    POST /api/people/{address}/objection, DELETE /api/people/{address}/objection,
    GET /api/links, POST /api/links
"""


SENDERS = """
    POST /api/expansions, GET /api/expansions/{id}, DELETE /api/expansions/{id},
    GET /api/expansions/{id}/recipients, POST /api/messages, GET /api/messages, DELETE /api/messages/{id},
    GET /api/reports.csv, GET /api/reports.xlsx,
    GET /api/headlines, GET /api/dashboard, GET /api/dashboard/audience,
    GET /api/messages/{id}, PATCH /api/messages/{id},
    GET /api/messages/{id}/recipients, POST /api/messages/{id}/sent, DELETE /api/messages/{id}/sent,
    GET /api/messages/{id}/report, GET /api/messages/{id}/report/recipients,
    GET /api/messages/{id}/report.csv, GET /api/messages/{id}/report.xlsx,
    GET /api/messages/{id}/readers, PUT /api/messages/{id}/readers,
    GET /api/messages/{id}/copies, PUT /api/messages/{id}/copies, PATCH /api/messages/{id}/copies,
    GET /api/messages/{id}/links, PUT /api/messages/{id}/links, DELETE /api/messages/{id}/links,
    PUT /api/messages/{id}/links/{number}, DELETE /api/messages/{id}/links/{number}
"""
AUDITORS = "GET /api/audit, GET /api/audit.csv, GET /api/audit/names, GET /api/statement"
SELVES = """
    GET /api/me, GET /api/me/measuring, PUT /api/me/measuring, GET /api/me/kept, DELETE /api/me/kept
"""
NOBODYS = "GET /api/feed"
PROGRAMS = {
    "GET /api/feed": DASHBOARD,
    "GET /api/messages": DASHBOARD,
    "GET /api/messages/{id}": DASHBOARD,
    "GET /api/messages/{id}/report": DASHBOARD,
    "GET /api/messages/{id}/report/recipients": DASHBOARD,
    "GET /api/audit": MONITOR,
}
"""What a program may call, and which one."""
WHO = {
    operation.strip(): who
    for who, operations in (
        ("anyone", ANYBODYS),
        ("admin", ADMINS),
        ("sender", SENDERS),
        ("auditor", AUDITORS),
        ("self", SELVES),
        ("nobody", NOBODYS),
    )
    for operation in operations.split(",")
}


def ask(api: Api, operation: str, person: str | None = ADA, query: str = "", **options: Any) -> Any:
    method, _, path = operation.partition(" ")
    for name, value in {
        "id": UNKNOWN,
        "token": "forged",
        "address": MIA,
        "path": "no.css",
        "number": "0",
    }.items():
        path = path.replace(f"{{{name}}}", value)
    options.setdefault("json", None if method in ("GET", "HEAD") else {})
    if person is None:
        return requests.request(method, f"{api.origin}{path}{query}", timeout=60, **options)
    return api.as_person(person).call(method, path + query, **options)
