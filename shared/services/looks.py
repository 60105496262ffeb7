"""What became of messages, for somebody who looks: what shows single people's acts is recorded first.

Recorded because of what it shows, whatever the route. Whoever comes to a report, a row or a file by another
way is stopped at the door in front of all routes (`shared/sights.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from typing import TYPE_CHECKING

from shared.agreement.allowances import Allowance, needed_to_see
from shared.errors import Conflict, NotAllowed, NotFound
from shared.services.trail import TrailWriter
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.web.response import reader_is_admin

if TYPE_CHECKING:
    from datetime import datetime

    from shared.agreement.standing import Agreed
    from shared.paging import RowPage
    from shared.tracking.reporting.phrases import Say
    from shared.tracking.reporting.report import Report
    from shared.tracking.reporting.reports import RecipientReport, Reports
    from shared.tracking.reporting.sheets import Sheet

_AT_ONCE = 8  # reports


class Looks:
    """What became of messages, as a `viewer` sees it, by their object id. Every method may raise
    StoreUnavailable: what cannot be recorded is not shown; and NotAllowed: nor what was not agreed to."""

    def __init__(self, reports: Reports, trail: TrailWriter, agreed: Agreed) -> None:
        self._reports = reports
        self._trail = trail
        self._agreed = agreed

    def report(self, viewer: str, message: Message) -> Report:
        """What became of the message."""
        self._permit(viewer, message)
        return self._seen(viewer, message, self._get(message))

    def publication(self, viewer: str, message: Message, moment: datetime) -> Report | None:
        """What was told of the message at that time of publication, as in `Reports.published_at`."""
        self._permit(viewer, message)
        found = self._reports.published_at(message, moment)
        return found and self._seen(viewer, message, replace(found, agreement=self._agreed.code))

    def _seen(self, viewer: str, message: Message, found: Report) -> Report:
        if found.shows_single_people:
            self._permit(viewer, message, of_single_people=True)
            self._trail.recipients_viewed(viewer, message, None)
        return found

    def headlines(
        self, viewer: str, wanted: Sequence[str], find: Callable[[str], Message], seconds: float = 5.0
    ) -> dict[str, Report | None]:
        """What became of the messages of these ids, as `report` has it; None of one that `find` does not
        find. Those that took too long are missing, but never all."""
        self._agreed.demand_known()
        until = time.monotonic() + seconds

        def look(identifier: str) -> Report | None:
            try:
                return self.report(viewer, find(identifier))
            except (NotFound, NotAllowed):
                return None

        def look_in_time(identifier: str) -> tuple[bool, Report | None]:
            return (True, look(identifier)) if time.monotonic() < until else (False, None)

        with ThreadPoolExecutor(_AT_ONCE, "headlines") as pool:
            # A thread of its own knows nothing of the request, by which what may be recorded is judged.
            asked = [pool.submit(copy_context().run, look_in_time, each) for each in wanted]
            found = [each.result() for each in asked]
        return {each: report for each, (is_done, report) in zip(wanted, found, strict=True) if is_done}

    def recipients(
        self,
        viewer: str,
        message: Message,
        after: int,
        limit: int,
        opened: str | None = None,
        clicked: str | None = None,
    ) -> RowPage[RecipientReport]:
        """What each recipient did, as in `Reports.find_recipients`."""
        self._permit(viewer, message, of_single_people=True)
        found = self._reports.find_recipients(message, after, limit, opened, clicked)
        self._trail.recipients_viewed(viewer, message, after)
        return found

    def sheets(self, viewer: str, message: Message, say: Say) -> Iterator[Sheet]:
        """What became of the message, as tables for a file, in the words of `say`: by recipient too where
        they are told apart."""
        from shared.tracking.reporting.sheets import sheets_of

        self._permit(viewer, message)
        self._agreed.demand(Allowance.EXPORT_REPORTS)
        report, recipients = self._get(message), None
        if report.shows_single_people:
            self._permit(viewer, message, of_single_people=True)
        self._trail.report_exported(viewer, message)
        if message.mode is Mode.INDIVIDUAL and message.closed_at is None:
            with suppress(Conflict):  # its events became sums just now
                recipients = self._reports.list_recipients(message, 0, message.recipients)
        return sheets_of(report, message, recipients, say)

    def sheets_of_several(self, viewer: str, messages: Sequence[Message], say: Say) -> Iterator[Sheet]:
        """What became of these messages, a row for each, in the words of `say`."""
        from shared.tracking.reporting.several import sheets_of_several

        self._agreed.demand(Allowance.EXPORT_REPORTS)
        for message in messages:
            self._permit(viewer, message)
        for message in messages:
            self._trail.report_exported(viewer, message)
        with ThreadPoolExecutor(_AT_ONCE, "export") as pool:
            found = list(zip(messages, pool.map(self._get, messages), strict=True))
        for message, report in found:
            if report.shows_single_people:
                self._permit(viewer, message, of_single_people=True)
        return sheets_of_several(found, say)

    def _get(self, message: Message) -> Report:
        """The report, with the name of the agreement that binds it."""
        return replace(self._reports.get(message), agreement=self._agreed.code)

    def _permit(self, viewer: str, message: Message, *, of_single_people: bool = False) -> None:
        """Raises NotAllowed where the agreement does not let the viewer see it."""
        self._agreed.demand_known()
        is_reader = any(reader.id == viewer for reader in message.readers)
        by_name = of_single_people or message.mode is Mode.INDIVIDUAL
        who = {"is_admin": reader_is_admin.get(), "is_reader": is_reader, "by_name": by_name}
        for allowance in needed_to_see(viewer, message.owner, **who):
            self._agreed.demand(allowance)
