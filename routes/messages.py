"""A tracked mail, from its registration to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter, sealed_for
from shared.api.declaration import DONE, JSON, REPORT_READER, SENDER, always, sometimes
from shared.later import Later
from shared.paging import RowPage
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api import messages as words
    from shared.api.messages import MessageAnswer, RegisteredAnswer
    from shared.tracking.mail.mails import UrlSet
    from shared.tracking.mail.messages import Message
    from shared.tracking.mail.search import MessageSearch
    from shared.tracking.overview.facts import Fact
else:
    words = Later("shared.api.messages")

routes = Chapter(__name__, __doc__)

NEW = request.body(lambda: words.NewMessage)
LABELS = request.body(lambda: words.NewLabels)
NOTICE, DELIVER_AT = request.text("notice", r"^gone\Z"), request.moment("deliver_at")
AFTER = cursors.behind(
    r"[0-9]{16}-[A-Za-z0-9-]{8,64}|s[01]\.[0-9a-f]{0,192}\.[0-9]{1,13}\.[A-Za-z0-9-]{8,64}"
)
AFTER_NUMBER = cursors.behind_number()
Q, CAMPAIGN, TAG = request.phrase("q", 200), request.phrase("campaign", 60), request.phrase("tag", 40)
BY, SENT = request.phrase("sender", 320), request.text("sent", r"^(yes|no)\Z")
TEAM = request.phrase("team", 60)
SORT = request.text("sort", r"^-?(sent|name|recipients|opened|clicked)\Z")
SINCE, UNTIL = request.moment("since"), request.moment("until")
LIMIT, URL_LIMIT = request.number("limit", 100, 1, 1000), request.number("limit", 200, 1, 1000)


@routes.declare(
    "POST",
    "api/messages",
    who=SENDER,
    takes=(NEW,),
    answers={201: JSON},
    recorded=sometimes(Kind.MESSAGE_REGISTERED),
)
def messages_create(call: Call) -> RegisteredAnswer:
    """Register a mail whose opens and clicks shall be counted."""
    from shared.tracking.mail.labels import NO_LABELS, by_number, parse_labels
    from shared.tracking.mail.links import parse_links
    from shared.tracking.mail.senders import check_sender, parse_sender

    services().agreed.check(services().now)
    new = call[NEW]
    caller, tracking = call.caller, services().tracking
    named = parse_sender(new.sender.name, new.sender.address, "$.sender")
    settings = services().settings
    links = parse_links(
        new.links, "$.links", settings.tracking_url, tracking.links.hosts, settings.public_url
    )
    named = check_sender(named, caller.id, caller.names, tracking.find_people)
    if not settings.ceiling.has_clicks:
        links = links.untracked()
    labels = parse_labels(words.labels_of(new.labels, NO_LABELS), settings.purposes, place="$.labels")
    numbers = [links.written[text] for text in new.links]
    labels = replace(labels, links=by_number(labels.links, numbers))
    message = tracking.messages.register(
        caller.id, new.expansion_id, new.mode, named, links, labels, call.teams, new.draw
    )
    urls = tracking.mails.begin(message)
    if isinstance(urls, RowPage):
        urls = sealed_for(messages_recipients, urls, message.id)
    _, *rest = tracking.messages.together(message)
    return words.describe_registered(message, links, urls, next(iter(rest), None))


@routes.declare(
    "GET",
    "api/messages",
    who=SENDER,
    program=REPORT_READER,
    takes=(AFTER, LIMIT, Q, CAMPAIGN, TAG, BY, SINCE, UNTIL, SENT, TEAM, SORT),
)
def messages_list(call: Call) -> RowPage[MessageAnswer]:
    """The caller's messages, those of their teams and those shared with them, newest first; everybody's for
    an admin. Each word of `q` is a part of a message's name, campaign, tags, sender, lists or teams. `since`
    and `until` go by when it was registered. While there is a `next`, there may be more, however few rows a
    page has. `sort` is another order, backwards with a "-" before it: `-opened` begins with the mail that
    most people surely opened. Mails of which that is not known come last either way."""
    from shared.tracking.mail.labels import fold
    from shared.tracking.mail.search import MessageSearch, words_in

    texts = (fold(" ".join(call[text].split())) for text in (CAMPAIGN, TAG, BY, TEAM))
    campaign, tag, sender, team = texts
    sent = None if call[SENT] is None else call[SENT] == "yes"
    search = MessageSearch(words_in(call[Q]), campaign, tag, sender, call[SINCE], call[UNTIL], sent, team)
    asked = call[AFTER], call[LIMIT], search
    tracking = services().tracking
    order = call[SORT]
    page = (
        tracking.sharing.list_messages(call.reach, *asked) if order is None else _sorted(call, order, *asked)
    )
    return words.describe_messages(page, call.caller.id, call.manages)


def _sorted(call: Call, sort: str, after: str, limit: int, search: MessageSearch) -> RowPage[Message]:
    from shared.tracking.overview.order import order_of

    order, caller = order_of(sort), call.caller
    overviews = services().tracking.overviews
    if order.by.is_told:
        services().agreed.demand_known()
    unseen = overviews.unseen_by(caller.id, is_admin=caller.is_admin)

    def sees(fact: Fact) -> bool:
        return caller.is_program or (fact.owner == caller.id, fact.tells_apart) not in unseen

    return overviews.sorting.page(call.reach, order, after, limit, search, sees)


@routes.declare("GET", "api/messages/{id}", who=SENDER, program=REPORT_READER, takes=(ID,))
def messages_get(call: Call) -> MessageAnswer:
    """One message."""
    message = services().tracking.sharing.get(call.reach, call[ID])
    return words.describe_message(message, call.caller.id, call.manages)


@routes.declare(
    "PATCH",
    "api/messages/{id}",
    who=SENDER,
    takes=(ID, LABELS),
    recorded=sometimes(Kind.MESSAGE_LABELLED),
)
def messages_label(call: Call) -> MessageAnswer:
    """Change what a message is called: by its owner, somebody of its team, or an admin."""
    from shared.tracking.mail.labelling import relabel
    from shared.tracking.mail.labels import Labels, parse_labels

    new, purposes = call[LABELS], services().settings.purposes

    def change(before: Labels) -> Labels:
        return parse_labels(words.labels_of(new, before), purposes, before)

    messages = services().tracking.messages
    changed = [
        relabel(messages, each.owner, call.caller.id, each.id, change)
        for each in messages.together(messages.get(call.reach, call[ID]))
    ]
    return words.describe_message(changed[0], call.caller.id, call.manages)


@routes.declare("GET", "api/messages/{id}/recipients", who=SENDER, takes=(ID, AFTER_NUMBER, URL_LIMIT))
def messages_recipients(call: Call) -> RowPage[UrlSet]:
    """What must stand in each recipient's mail, page by page."""
    message = services().tracking.messages.get(call.caller.id, call[ID])
    return services().tracking.mails.list_urls(message, call[AFTER_NUMBER], call[URL_LIMIT])


@routes.declare(
    "POST",
    "api/messages/{id}/sent",
    who=SENDER,
    takes=(ID, NOTICE, DELIVER_AT),
    recorded=sometimes(Kind.MESSAGE_SENT),
)
def messages_sent(call: Call) -> MessageAnswer:
    """From now on events count. `notice=gone`: the sender took the notice out of the mail. `deliver_at`: when
    Outlook is to deliver it, where that is later; it stays until the mail is said not to be sent."""
    from shared.tracking.mail.delivery import parse_delivery

    gone, messages = call[NOTICE] is not None, services().tracking.messages
    later = parse_delivery(call[DELIVER_AT], "deliver_at", messages.now())
    message = messages.mark_sent(call.caller.id, call[ID], notice_gone=gone, deliver_at=later)
    return words.describe_message(message, call.caller.id, call.manages)


@routes.declare(
    "DELETE", "api/messages/{id}/sent", who=SENDER, takes=(ID,), recorded=sometimes(Kind.MESSAGE_UNSENT)
)
def messages_unsent(call: Call) -> MessageAnswer:
    """Events count no more: the mail was not sent after all."""
    message = services().tracking.messages.disarm(call.caller.id, call[ID])
    return words.describe_message(message, call.caller.id, call.manages)


@routes.declare(
    "DELETE",
    "api/messages/{id}",
    who=SENDER,
    takes=(ID,),
    answers=DONE,
    recorded=always(Kind.MESSAGE_DELETED),
)
def messages_delete(call: Call) -> None:
    """Forget a message and its events."""
    message = services().tracking.messages.get(call.reach, call[ID])
    for each in services().tracking.messages.together(message):
        services().trail.message_deleted(call.caller.id, each)
        services().tracking.messages.delete(each.owner, each.id)
