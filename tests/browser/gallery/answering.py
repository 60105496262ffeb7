"""Puts made-up answers in the API's place, and Microsoft Graph's to the copies of a mail."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

import msgspec
from playwright.sync_api import BrowserContext, Route

from routes.chapter import declared
from shared.api.openapi import answer_type
from shared.api.problem import ProblemAnswer
from shared.languages.reader import listen, told
from tests.browser.gallery.scenes import Answers, Asked, Silence

SAMPLE = Asked("made-up-0001", {}, {"id": "made-up-0001"})


class Answering:
    """Stands between a browser context and the app. `answers` and `copies` may change at any time."""

    def __init__(self, context: BrowserContext, app: str, graph: str) -> None:
        self.answers: Answers = {}
        self.copies: Sequence[str] = ()
        self._copied = 0
        context.route(f"{app}/api/**", self._answer)
        context.route(f"{graph}/v1.0/**/sendMail", self._copy)

    def begin(self, answers: Answers, copies: Sequence[str] = ()) -> None:
        """From now on these."""
        self.answers, self.copies, self._copied = answers, copies, 0

    def _answer(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        for operation, answer in self.answers.items():
            method, _, path = operation.partition(" ")
            found = re.fullmatch(re.sub(r"\{\w+\}", "([^/]+)", path), parts.path)
            if request.method != method or not found:
                continue
            if isinstance(answer, Silence):
                return
            asked = Asked(
                "".join(found.groups()), dict(parse_qsl(parts.query)), json.loads(request.post_data or "null")
            )
            made = made_of(answer, asked)
            status = made.status if isinstance(made, ProblemAnswer) else 204 if made is None else 200
            listen(request.headers.get("accept-language"))  # as the app would
            body = b"" if made is None else msgspec.json.encode(told(made))
            route.fulfill(status=status, content_type="application/json", body=body)
            return
        route.continue_()

    def _copy(self, route: Route) -> None:
        said = self.copies[min(self._copied, len(self.copies) - 1)] if self.copies else ""
        self._copied += 1
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
        if said == "lost":
            route.abort()
        elif said == "sent":
            route.fulfill(status=202, headers=headers)
        elif said == "throttled":
            route.fulfill(status=429, headers=headers | {"Retry-After": "40"})
        elif said == "refused":
            error = {"error": {"code": "ErrorInvalidRecipients", "message": "At least one is invalid."}}
            route.fulfill(status=400, headers=headers, json=error)
        elif not said:
            route.continue_()


def made_of(answer: object, asked: Asked) -> object:
    """What is answered to `asked`."""
    return answer(asked) if callable(answer) else answer


def kinds_of(operation: str) -> list[object]:
    """The type of the API's answers to an operation; None where it has none. Raises KeyError without such an
    operation."""
    handlers = {f"{method} /{one.path}": one.handler for one in declared() for method in one.methods}
    return [answer_type(handlers[operation])[1]]
