"""What a scene is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from playwright.sync_api import Page

from shared.api.problem import ProblemAnswer
from shared.errors import RollcallError, StoreUnavailable
from tests.browser.compose import ComposeWindow
from tests.support.api import ADA, MIA, SALES

BODY = (
    "<p>Dear colleagues,</p><p>on Thursday we open the new building. "
    '<a href="https://intranet.company.com/news/opening?from=mail&amp;year=26">The programme</a> is online, '
    'and <a href="https://forms.company.com/r/lunch">lunch can be ordered</a> until noon. '
    '<a href="https://intranet.company.com/a/very/long/way/to/a/page/that/nobody/would/ever/type/index.html'
    '?with=a&amp;query=string">Directions</a> are there too.</p>'
    '<p>Questions? <a href="mailto:facilities@company.com">Write to us</a>, or look into '
    '<a href="https://company.sharepoint.com/:w:/s/opening">the plan</a>.</p><p>Mia</p>'
)
LETTER: dict[str, Any] = {"from": MIA, "to": [SALES], "subject": "Opening on Thursday", "html": BODY}

Looks = ("light", "dark", "narrow")


class Silence:
    """In place of an answer: none ever comes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the API: the `{id}` of its path, its query and its body."""

    id: str
    query: Mapping[str, str]
    body: Any


# One of the API's answers, made up at once or from the request; None is 204.
Answer = msgspec.Struct | ProblemAnswer | Silence | None | Callable[[Asked], Any] | Any
# By operation: {"GET /api/messages/{id}/report": ..}. What is not here, the app answers itself.
Answers = dict[str, Answer]


def nothing(_: Any) -> None:
    """No step is needed."""


@dataclass(frozen=True, slots=True)
class PaneScene:
    """The pane beside `mail`, in the Outlook `client` with its `knobs`, after `steps`; `shows` is seen then.

    `copies` is what Microsoft Graph answers to the copies in their order, and the last of it to all others:
    `sent`, `refused`, `throttled`, `lost` or `silence`.
    """

    name: str
    shows: str
    steps: Callable[[ComposeWindow], None] = nothing
    mail: Mapping[str, Any] = field(default_factory=lambda: LETTER)
    answers: Answers = field(default_factory=dict)
    client: str = "web"
    knobs: Mapping[str, Any] = field(default_factory=dict)
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageScene:
    """The page at `place`, for `person`, after `steps`; `shows` is seen then. A scene that is `apart` has a
    browser of its own, as what a person may do is asked once. `file` is a page that speaks every language."""

    name: str
    shows: str
    place: str
    steps: Callable[[Page], None] = nothing
    answers: Answers = field(default_factory=dict)
    person: str | None = ADA
    apart: bool = False
    file: str | None = None

    @property
    def address(self) -> str:
        """Where it is below /addin."""
        return f"{self.file}#{self.place}" if self.file else f"pages.html#/{self.place}"


def refusal(
    status: int, code: str, detail: str, remedy: str, retry_after: int | None = None
) -> ProblemAnswer:
    """The API says no."""
    return ProblemAnswer("Refused", status, code, detail, remedy, retry_after=retry_after)


def refused(status: int, error: type[RollcallError]) -> ProblemAnswer:
    """The API says no, in the words of the app."""
    return refusal(status, error.code, error.sentence, error.remedy)


BUSY = refused(503, StoreUnavailable)
