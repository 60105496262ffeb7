"""Every operation of the API: who may call it, what it takes, what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.account.answers import ConnectionAnswer
from shared.api import about as api_about
from shared.api import connection as api_connection
from shared.api import expansions as api_expansions
from shared.api import messages
from shared.audience.cross_check import CrossCheck
from shared.audience.expansion_store import RecipientPage
from shared.audit import KEY_PATTERN, WORD_PATTERN, RecordPage
from shared.tracking.mail.mails import UrlPage
from shared.tracking.privacy.objections import Objection
from shared.tracking.privacy.people import PLACE_PATTERN
from shared.tracking.privacy.person import Erasure, Person
from shared.tracking.reporting.reports import DEED_PATTERN, RecipientReportPage, Report

SENDER, ADMIN, ANYONE = "sender", "admin", "anyone"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route: who may call it, what it takes, what it answers."""

    method: str
    path: str
    summary: str
    who: str
    answers: Mapping[int, Any]
    body: type | None = None
    query: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)  # default, lowest, highest
    filters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # JSON Schema of each


Expanded = api_expansions.ExpansionAnswer | api_expansions.RunningAnswer | api_expansions.FailedAnswer

_SEARCH = {
    "kind": {"pattern": WORD_PATTERN},
    "actor": {"pattern": WORD_PATTERN},
    "since": {"format": "date-time"},
    "until": {"format": "date-time"},
}

_AFTER = {"after": {"pattern": PLACE_PATTERN}}

OPERATIONS = [
    Operation(
        "post",
        "/api/expansions",
        "Count whom a mail to these addresses reaches",
        SENDER,
        {200: api_expansions.ExpansionAnswer, 202: api_expansions.RunningAnswer},
        body=api_expansions.NewExpansion,
    ),
    Operation(
        "get", "/api/expansions/{id}", "How far an expansion is, or what it found", SENDER, {200: Expanded}
    ),
    Operation("delete", "/api/expansions/{id}", "Forget an expansion now", SENDER, {204: None}),
    Operation(
        "get",
        "/api/expansions/{id}/recipients",
        "The addresses an expansion found, page by page",
        SENDER,
        {200: RecipientPage},
        query={"start": (0, 0, 999_999_999), "limit": (1000, 1, 10_000)},
    ),
    Operation(
        "post",
        "/api/messages",
        "Register a mail whose opens and clicks shall be counted",
        SENDER,
        {201: messages.RegisteredAnswer},
        body=messages.NewMessage,
    ),
    Operation(
        "get",
        "/api/messages",
        "The caller's messages and those shared with them, newest first; everybody's for an admin",
        SENDER,
        {200: messages.MessagesAnswer},
        query={"start": (0, 0, 999_999_999), "limit": (100, 1, 1000)},
    ),
    Operation(
        "get",
        "/api/messages/{id}/recipients",
        "What must stand in each recipient's mail, page by page",
        SENDER,
        {200: UrlPage},
        query={"start": (0, 0, 999_999_999), "limit": (200, 1, 1000)},
    ),
    Operation(
        "post", "/api/messages/{id}/sent", "From now on events count", SENDER, {200: messages.MessageAnswer}
    ),
    Operation(
        "delete",
        "/api/messages/{id}/sent",
        "Events count no more: it was not sent after all",
        SENDER,
        {200: messages.MessageAnswer},
    ),
    Operation("get", "/api/messages/{id}/report", "What became of a message", SENDER, {200: Report}),
    Operation(
        "get",
        "/api/messages/{id}/report/recipients",
        "What each recipient did, page by page; in the mode `individual` only",
        SENDER,
        {200: RecipientReportPage},
        query={"start": (0, 0, 999_999_999), "limit": (200, 1, 1000)},
        filters={"opened": {"pattern": DEED_PATTERN}, "clicked": {"pattern": DEED_PATTERN}},
    ),
    Operation(
        "get",
        "/api/messages/{id}/readers",
        "Who sees a message's report besides its owner",
        SENDER,
        {200: messages.ReadersAnswer},
    ),
    Operation(
        "put",
        "/api/messages/{id}/readers",
        "Share a message's report with these people, and no others",
        SENDER,
        {200: messages.ReadersAnswer},
        body=messages.NewReaders,
    ),
    Operation(
        "get",
        "/api/messages/{id}/report.csv",
        "What became of a message, for a spreadsheet",
        SENDER,
        {200: bytes},
    ),
    Operation("delete", "/api/messages/{id}", "Forget a message and its events", SENDER, {204: None}),
    Operation(
        "get",
        "/api/people/{address}",
        "What is kept of a person, page by page",
        ADMIN,
        {200: Person},
        filters=_AFTER,
    ),
    Operation(
        "delete",
        "/api/people/{address}",
        "Erase a person, page by page",
        ADMIN,
        {200: Erasure},
        filters=_AFTER,
    ),
    Operation(
        "post",
        "/api/people/{address}/objection",
        "Object to tracking, on a person's behalf",
        ADMIN,
        {200: Objection},
    ),
    Operation(
        "delete",
        "/api/people/{address}/objection",
        "Withdraw a person's objection, on their behalf",
        ADMIN,
        {200: Objection},
    ),
    *(
        Operation(method, "/p", "The page that says what is measured", ANYONE, {200: str})
        for method in ("get", "head")
    ),
    *(
        Operation(
            method,
            "/p/{token}",
            "The page on which whoever got a mail may object, and what its button does",
            ANYONE,
            {200: str, 400: str, 404: str, 503: str},
        )
        for method in ("get", "head", "post")
    ),
    Operation("get", "/api/connection", "How the service account stands", ADMIN, {200: ConnectionAnswer}),
    Operation(
        "delete",
        "/api/connection",
        "Disconnect the service account",
        ADMIN,
        {200: api_connection.DisconnectedAnswer},
    ),
    Operation(
        "get",
        "/api/connection/start",
        "Where an admin signs the service account in",
        ADMIN,
        {200: api_connection.SignInAnswer},
    ),
    Operation("get", "/api/connection/callback", "The end of a sign-in", ANYONE, {200: str}),
    Operation(
        "post",
        "/api/connection/test",
        "Read one list by every directory, and say who is missing where",
        ADMIN,
        {200: CrossCheck},
        body=api_connection.NewTest,
    ),
    Operation(
        "get",
        "/api/audit",
        "Who did what when, newest first, page by page",
        ADMIN,
        {200: RecordPage},
        query={"limit": (100, 1, 1000)},
        filters=_SEARCH | {"after": {"pattern": KEY_PATTERN}},
    ),
    Operation("get", "/api/audit.csv", "The same as a file", ADMIN, {200: bytes}, filters=_SEARCH),
    *(
        Operation(method, "/o/{token}", "The tracking pixel, whatever the token", ANYONE, {200: "image/gif"})
        for method in ("get", "head")
    ),
    *(
        Operation(
            method, "/c/{token}", "On to where a signed link leads", ANYONE, {302: None, 404: str, 503: str}
        )
        for method in ("get", "head")
    ),
    *(
        operation
        for method in ("get", "head")
        for operation in (
            Operation(
                method,
                "/addin/{path}",
                "The add-in, the pages and the manifests",
                ANYONE,
                {200: "*/*", 302: None, 304: None, 404: "text/plain", 503: str},
            ),
            Operation(
                method,
                "/.well-known/microsoft-officeaddins-allowed.json",
                "Which script Outlook may run when a mail is sent",
                ANYONE,
                {200: dict},
            ),
        )
    ),
    Operation("get", "/api/me", "Who calls, and what they may do", SENDER, {200: api_about.MeAnswer}),
    Operation("get", "/api/health", "Whether Rollcall works", ANYONE, {200: api_about.HealthAnswer}),
    Operation("get", "/api/openapi.json", "This document", ANYONE, {200: dict}),
]
