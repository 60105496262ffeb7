"""What became of a message, for its owner and whoever may see it too.

Whoever looks at single people's results is recorded, the message's owner included, before anything is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.agreement.allowances import Allowance
from shared.api.declaration import CSV, REPORT_READER, SENDER, XLSX, always, sometimes
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request, response
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api.headlines import HeadlinesAnswer
    from shared.paging import RowPage
    from shared.tracking.mail.messages import Message
    from shared.tracking.reporting.report import Report
    from shared.tracking.reporting.reports import RecipientReport

routes = Chapter(__name__, __doc__)

IDS = request.ids("ids", 50)
REPORTS_FILE = "rollcall-reports"
DEED_PATTERN = r"^(yes|maybe|no|not_measured)(,(yes|maybe|no|not_measured)){0,3}\Z"
AFTER, LIMIT = cursors.behind_number(), request.number("limit", 200, 1, 1000)
OPENED, CLICKED = request.text("opened", DEED_PATTERN), request.text("clicked", DEED_PATTERN)


@routes.declare(
    "GET",
    "api/messages/{id}/report",
    who=SENDER,
    program=REPORT_READER,
    takes=(ID,),
    recorded=sometimes(Kind.RECIPIENTS_VIEWED),
)
def messages_report(call: Call) -> Report:
    """What became of a message."""
    return services().tracking.looks.report(call.caller.id, _message(call))


@routes.declare("GET", "api/headlines", who=SENDER, takes=(IDS,), recorded=sometimes(Kind.RECIPIENTS_VIEWED))
def messages_headlines(call: Call) -> HeadlinesAnswer:
    """What became of several messages, as the first sentences of their reports have it."""
    from shared.api.headlines import describe_headlines

    tracking = services().tracking
    found = tracking.looks.headlines(
        call.caller.id,
        list(dict.fromkeys(call[IDS].split(","))),
        lambda identifier: tracking.sharing.get(call.reach, identifier),
    )
    return describe_headlines(found)


@routes.declare(
    "GET",
    "api/messages/{id}/report/recipients",
    who=SENDER,
    program=REPORT_READER,
    takes=(ID, AFTER, LIMIT, OPENED, CLICKED),
    recorded=always(Kind.RECIPIENTS_VIEWED),
)
def messages_report_recipients(call: Call) -> RowPage[RecipientReport]:
    """What each recipient did, page by page; in the mode `individual` only. `opened=no,maybe` are those who
    did not open it or perhaps did not, without whoever objects to being measured."""
    return services().tracking.looks.recipients(
        call.caller.id, _message(call), call[AFTER], call[LIMIT], call[OPENED], call[CLICKED]
    )


@routes.declare(
    "GET",
    "api/messages/{id}/report.csv",
    who=SENDER,
    takes=(ID,),
    answers={200: CSV},
    recorded=always(Kind.REPORT_EXPORTED),
    under=Allowance.EXPORT_REPORTS,
)
def messages_report_sheet(call: Call) -> func.HttpResponse:
    """What became of a message as one table, for programs, in English: all that its report says, each row
    with the part of the report that it belongs to; recipients in the mode `individual`."""
    from shared.tracking.reporting import sheets
    from shared.tracking.reporting.phrases import english
    from shared.web import spreadsheet

    message = _message(call)
    columns, rows = sheets.one_table(services().tracking.looks.sheets(call.caller.id, message, english))
    return response.spreadsheet(spreadsheet.to_csv(columns, rows), sheets.file_name(message))


@routes.declare(
    "GET",
    "api/messages/{id}/report.xlsx",
    who=SENDER,
    takes=(ID,),
    answers={200: XLSX},
    recorded=always(Kind.REPORT_EXPORTED),
    under=Allowance.EXPORT_REPORTS,
)
def messages_report_workbook(call: Call) -> func.HttpResponse:
    """The same as a workbook for Excel, in the reader's language: a sheet for each part of the report, the
    summary first."""
    from shared.languages.reader import say
    from shared.tracking.reporting import sheets
    from shared.web import workbook

    message = _message(call)
    found = services().tracking.looks.sheets(call.caller.id, message, say)
    return response.workbook(workbook.to_xlsx(found, say), sheets.file_name(message))


@routes.declare(
    "GET",
    "api/reports.csv",
    who=SENDER,
    takes=(IDS,),
    answers={200: CSV},
    recorded=always(Kind.REPORT_EXPORTED),
    under=Allowance.EXPORT_REPORTS,
)
def reports_sheet(call: Call) -> func.HttpResponse:
    """What became of several messages as one table, for programs.

    In English: a row for each, and one for each of its links, with the part that it belongs to."""
    from shared.tracking.reporting import sheets
    from shared.tracking.reporting.phrases import english
    from shared.web import spreadsheet

    found = services().tracking.looks.sheets_of_several(call.caller.id, _messages(call), english)
    columns, rows = sheets.one_table(found)
    return response.spreadsheet(spreadsheet.to_csv(columns, rows), REPORTS_FILE)


@routes.declare(
    "GET",
    "api/reports.xlsx",
    who=SENDER,
    takes=(IDS,),
    answers={200: XLSX},
    recorded=always(Kind.REPORT_EXPORTED),
    under=Allowance.EXPORT_REPORTS,
)
def reports_workbook(call: Call) -> func.HttpResponse:
    """What became of several messages as a workbook for Excel.

    In the reader's language: a sheet of mails, and one of links."""
    from shared.languages.reader import say
    from shared.web import workbook

    found = services().tracking.looks.sheets_of_several(call.caller.id, _messages(call), say)
    return response.workbook(workbook.to_xlsx(found, say), REPORTS_FILE)


def _messages(call: Call) -> list[Message]:
    sharing = services().tracking.sharing
    return [sharing.get(call.reach, each) for each in dict.fromkeys(call[IDS].split(","))]


def _message(call: Call) -> Message:
    tracking = services().tracking
    message = tracking.sharing.get(call.reach, call[ID])
    if call.caller.is_program:
        tracking.outlets.check(message)
    return message
