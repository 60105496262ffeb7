"""What became of a message, for its owner and whoever may see it too.

Whoever looks at single people's results is recorded, the message's owner included, before anything is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.api.declaration import CSV, SENDER, always
from shared.audit import Kind
from shared.services.process import services
from shared.tracking.mail.messages import Message, Mode
from shared.web import request, response, spreadsheet
from shared.web.request import ID, START

if TYPE_CHECKING:
    from shared.tracking.reporting.reports import RecipientReportPage, Report

routes = Chapter(__name__, __doc__)

DEED_PATTERN = r"^(yes|maybe|no)\Z"
LIMIT = request.number("limit", 200, 1, 1000)
OPENED, CLICKED = request.text("opened", DEED_PATTERN), request.text("clicked", DEED_PATTERN)


@routes.declare("GET", "api/messages/{id}/report", who=SENDER, takes=(ID,))
def messages_report(call: Call) -> Report:
    """What became of a message."""
    return services().tracking.reports.get(_message(call))


@routes.declare(
    "GET",
    "api/messages/{id}/report/recipients",
    who=SENDER,
    takes=(ID, START, LIMIT, OPENED, CLICKED),
    recorded=always(Kind.RECIPIENTS_VIEWED),
)
def messages_report_recipients(call: Call) -> RecipientReportPage:
    """What each recipient did, page by page; in the mode `individual` only."""
    message, start = _message(call), call[START]
    page = services().tracking.reports.find_recipients(
        message, start, call[LIMIT], call[OPENED], call[CLICKED]
    )
    services().trail.recipients_viewed(call.caller.id, message, start)
    return page


@routes.declare(
    "GET",
    "api/messages/{id}/report.csv",
    who=SENDER,
    takes=(ID,),
    answers={200: CSV},
    recorded=always(Kind.REPORT_EXPORTED),
)
def messages_report_sheet(call: Call) -> func.HttpResponse:
    """What became of a message, for a spreadsheet: by recipient in the mode `individual`, else by hour and
    link."""
    from shared.tracking.reporting import sheets

    message, reports = _message(call), services().tracking.reports
    services().trail.report_exported(call.caller.id, message)
    if message.mode is Mode.INDIVIDUAL:
        found = reports.list_recipients(message, 0, message.recipients)
        table = spreadsheet.to_csv(sheets.RECIPIENT_COLUMNS, sheets.recipient_rows(found))
    else:
        table = spreadsheet.to_csv(sheets.REPORT_COLUMNS, sheets.report_rows(reports.get(message)))
    return response.spreadsheet(table, "rollcall-report")


def _message(call: Call) -> Message:
    return services().tracking.sharing.get(call.reach, call[ID])
