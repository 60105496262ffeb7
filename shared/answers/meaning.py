"""What an answer means: a closed set of courses, a row of a table, and how it is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryDown,
    DirectoryError,
    EwsBlocked,
    ListNotFound,
    ServiceAccountError,
    StoreUnavailable,
    UnreadableAnswer,
)
from shared.helpers import Helper


class Course(StrEnum):
    """What is to be done about an answer."""

    AGAIN = "again"
    """Ask again: as long as the answer says to wait, else with growing pauses, a few times."""
    ANEW = "begin_anew"
    """Ask for this list from its first page."""
    LASTING = "lasting"
    """Asking again does not help; who can is the row's `helper`."""
    GONE = "gone"
    """There is nothing of that name."""
    OURS = "ours"
    """A mistake of Rollcall's."""
    UNKNOWN = "unknown"
    """Nobody has told us what it means."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row: what an answer means, in words for an administrator, and who can help. `reason` is a stable
    word for programs. `anew`: an administrator's new sign-in mends it."""

    course: Course
    reason: str
    sentence: str
    remedy: str
    helper: Helper = Helper.READER
    anew: bool = False


_BY_REASON: dict[str, type[DirectoryError]] = {
    "not_found": ListNotFound,
    "ambiguous": AmbiguousAddress,
    "no_permission": AccessRefused,
    "not_allowed": EwsBlocked,
    **dict.fromkeys(("role_missing", "not_enabled", "blocked", "app_unknown", "no_licence"), DirectoryClosed),
}
_OF_THE_ACCOUNT = ("no_mailbox", "disabled", "password_refused", "token_refused")


def directory_error(row: Meaning) -> DirectoryError | ServiceAccountError:
    """The error that a directory's answer amounts to once it is not asked again."""
    if row.reason in _OF_THE_ACCOUNT:
        return ServiceAccountError(
            row.reason, row.sentence, row.remedy, needs_sign_in=row.anew, helper=row.helper
        )
    passing = row.course in (Course.AGAIN, Course.ANEW)
    kind = _BY_REASON.get(row.reason, DirectoryDown if passing else UnreadableAnswer)
    return kind(row.sentence, row.remedy, helper=row.helper, reason=row.reason)


def store_error(row: Meaning) -> StoreUnavailable:
    """The error that an answer of storage's amounts to."""
    return StoreUnavailable(row.sentence, row.remedy, helper=row.helper, reason=row.reason)


class Table:
    """One service's rows, by `status code`, `* code` (whatever the status), `status`, or `5xx`."""

    def __init__(self, service: str, sources: str, rows: Mapping[str, Meaning]) -> None:
        """`rows`: keys may name several answers, separated by commas."""
        self.service = service
        self.sources = sources
        self.rows = {key.strip(): row for keys, row in rows.items() for key in keys.split(",")}

    def find(self, status: int | None, code: str = "") -> Meaning:
        """The row for an answer; one that says that it is unknown where there is none."""
        precise = self.rows.get(f"{status} {code}") or self.rows.get(f"* {code}")
        by_status = self.rows.get(f"{status}") or self.rows.get(f"{(status or 0) // 100}xx")
        if precise or not by_status:
            return precise or self.unknown(status, code)
        passing = by_status.course in (Course.AGAIN, Course.ANEW)
        return by_status if passing or not identifier(code) else self._doubtful(by_status, status, code)

    def _doubtful(self, row: Meaning, status: int | None, code: str) -> Meaning:
        """The row of a status whose code may mean something else: its remedy is a guess, and called one."""
        return replace(
            row,
            sentence=f"{self.service} refused, with a code that Rollcall does not know ({status} {code}).",
            remedy=f"What often helps: {row.remedy}",
        )

    def knows(self, code: str) -> bool:
        """Whether the code has a row of its own."""
        return any(key.endswith(f" {code}") for key in self.rows)

    def unknown(self, status: int | None, code: str) -> Meaning:
        """The row for what is in none."""
        named = " ".join(part for part in (str(status or ""), identifier(code)) if part) or "no code"
        return Meaning(
            Course.UNKNOWN,
            "unknown_answer",
            f"{self.service} gave an answer that Rollcall does not know ({named}).",
            "Try again in a few minutes. If it stays so, report the code to whoever develops Rollcall.",
            Helper.ROLLCALL_ADMIN,
        )


def identifier(text: str) -> str:
    """`text` if it is a plain identifier: what a stranger sent must not write our texts for him."""
    return text if re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", text) else ""


again = partial(Meaning, Course.AGAIN)
anew = partial(Meaning, Course.ANEW)
lasting = partial(Meaning, Course.LASTING)
gone = partial(Meaning, Course.GONE)


def ours(service: str) -> Meaning:
    """The row of a request that the service calls malformed."""
    return Meaning(
        Course.OURS,
        "our_mistake",
        f"{service} did not accept what Rollcall asked. That is a mistake of Rollcall's.",
        "Report it to whoever develops Rollcall, with the time and the code in the log.",
        Helper.ROLLCALL_ADMIN,
    )
