"""What became of a message, for its owner and whoever may see it too.

Whoever looks at single people's results is recorded, the message's owner included, before anything is shown.
"""

import azure.functions as func

from routes import who
from shared.services.process import services
from shared.tracking.mail.messages import Mode
from shared.web import request, response, spreadsheet

routes = func.Blueprint()


@routes.route("api/messages/{id}/report", methods=["GET"])
@response.answers
def messages_report(req: func.HttpRequest) -> func.HttpResponse:
    """What became of a message."""
    tracking = services().tracking
    message = tracking.sharing.get(who.reach(who.sender(req)), request.read_id(req))
    return response.answer(tracking.reports.get(message))


@routes.route("api/messages/{id}/report/recipients", methods=["GET"])
@response.answers
def messages_report_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """What each recipient did, page by page; in the mode `individual` only."""
    from shared.tracking.reporting.reports import DEED_PATTERN

    caller, tracking = who.sender(req), services().tracking
    message = tracking.sharing.get(who.reach(caller), request.read_id(req))
    start = request.read_number(req, "start", 0, 0, 999_999_999)
    limit = request.read_number(req, "limit", 200, 1, 1000)
    opened, clicked = (request.read_word(req, name, DEED_PATTERN) for name in ("opened", "clicked"))
    page = tracking.reports.find_recipients(message, start, limit, opened, clicked)
    services().audit.note("recipients_viewed", caller.id, message.id, owner=message.owner, start=start)
    return response.answer(page)


@routes.route("api/messages/{id}/report.csv", methods=["GET"])
@response.answers
def messages_report_sheet(req: func.HttpRequest) -> func.HttpResponse:
    """What became of a message, for a spreadsheet: by recipient in the mode `individual`, else by hour and
    link."""
    from shared.tracking.reporting import sheets

    caller, tracking = who.sender(req), services().tracking
    message = tracking.sharing.get(who.reach(caller), request.read_id(req))
    services().audit.note(
        "report_exported", caller.id, message.id, owner=message.owner, mode=message.mode.value
    )
    if message.mode is Mode.INDIVIDUAL:
        found = tracking.reports.list_recipients(message, 0, message.recipients)
        table = spreadsheet.to_csv(sheets.RECIPIENT_COLUMNS, sheets.recipient_rows(found))
    else:
        table = spreadsheet.to_csv(sheets.REPORT_COLUMNS, sheets.report_rows(tracking.reports.get(message)))
    return response.spreadsheet(table, "rollcall-report")
