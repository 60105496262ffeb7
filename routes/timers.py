"""What happens by itself."""

import azure.functions as func

from shared import trace
from shared.console import carried
from shared.services.agreement import watch_of
from shared.services.process import services
from shared.services.retention import end_what_is_due
from shared.tracking.mail.owners import EVERY_OWNER

routes = func.Blueprint()


@routes.timer_trigger("timer", schedule="0 */5 * * * *")
@carried()
def expansions_purge(timer: func.TimerRequest) -> None:
    """Forget what is past its time, and look how the agreement stands and how far mails may be tracked."""
    watch_of(services()).look()
    services().tracking.consent.watch.look()
    services().expansions.purge()
    services().tracking.purge.sweep()
    services().tracking.sweep()
    services().tracking.message_table.listing.walk()
    services().connection.purge()


@routes.timer_trigger("timer", schedule="0 41 * * * *")
def messages_purge(timer: func.TimerRequest) -> None:
    """End what was kept as long as it may be."""
    end_what_is_due(services())


@routes.timer_trigger("timer", schedule="0 17 * * * *")
@carried()
def messages_look(timer: func.TimerRequest) -> None:
    """Have what is told of the last weeks' mails at hand."""
    services().tracking.overviews.months.look(EVERY_OWNER)


@routes.timer_trigger("timer", schedule="30 * * * * *")
@carried()
def track_drain(timer: func.TimerRequest) -> None:
    """Bring home the events that storage did not take in time."""
    services().tracking.drain()


@routes.timer_trigger("timer", schedule="45 * * * * *")
@carried()
def hooks_tell(timer: func.TimerRequest) -> None:
    """Tell the webhook's address what is due."""
    services().tracking.outlets.tell()


@routes.timer_trigger("timer", schedule="0 23 4 * * *")
@carried()
def connection_keep(timer: func.TimerRequest) -> None:
    """Once a day: use the sign-in before it lapses, look at the canary list, anchor the trail."""
    keep()


def keep() -> None:
    """What is due once a day, as one act in Microsoft's logs."""
    with trace.act():
        services().connection.keep_alive()
        if canary := services().canary:
            canary.look()
        services().audit.anchor()
