"""What happens by itself."""

import azure.functions as func

from shared.services.process import services

routes = func.Blueprint()


@routes.timer_trigger("timer", schedule="0 */5 * * * *")
def expansions_purge(timer: func.TimerRequest) -> None:
    """Forget what is past its time."""
    services().expansions.purge()
    services().tracking.messages.purge()
    services().connection.purge()


@routes.timer_trigger("timer", schedule="30 * * * * *")
def track_drain(timer: func.TimerRequest) -> None:
    """Bring home the events that storage did not take in time."""
    services().tracking.drain()


@routes.timer_trigger("timer", schedule="0 23 4 * * *")
def connection_keep(timer: func.TimerRequest) -> None:
    """Once a day: use the sign-in before it lapses, and look after the canary list."""
    services().keep()
