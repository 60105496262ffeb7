"""What became of a message, for its owner and whoever may see it too."""

import azure.functions as func

from routes import who
from shared import spreadsheet, web
from shared.services import services
from shared.tracking import sheets
from shared.tracking.messages import Mode

routes = func.Blueprint()


@routes.route("api/messages/{id}/report", methods=["GET"])
@web.answers
def messages_report(req: func.HttpRequest) -> func.HttpResponse:
    """What became of a message."""
    tracking = services().tracking
    return web.answer(
        tracking.reports.get(tracking.messages.get(who.reach(who.sender(req)), web.read_id(req)))
    )


@routes.route("api/messages/{id}/report.csv", methods=["GET"])
@web.answers
def messages_report_sheet(req: func.HttpRequest) -> func.HttpResponse:
    """What became of a message, for a spreadsheet: by recipient in the mode `individual`, else by hour and
    link."""
    tracking = services().tracking
    message = tracking.messages.get(who.reach(who.sender(req)), web.read_id(req))
    if message.mode is Mode.INDIVIDUAL:
        found = tracking.reports.list_recipients(message, 0, message.recipients)
        table = spreadsheet.to_csv(sheets.RECIPIENT_COLUMNS, sheets.recipient_rows(found))
    else:
        table = spreadsheet.to_csv(sheets.REPORT_COLUMNS, sheets.report_rows(tracking.reports.get(message)))
    return web.spreadsheet(table, "rollcall-report")
