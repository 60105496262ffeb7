"""How expansions are timed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How expansions are timed, all in seconds."""

    lifetime: float = 3600.0
    limit: float = 480.0
    throttle_limit: float = 30.0
    beat: float = 1.0
    stale_after: float = 15.0
    join: float = 200.0
    """How long a second POST waits for the first one's walk; the platform cuts an answer at 230."""
    at_once: int = 2
    """Walks of one process that work while others wait for their turn."""
    turn: float = 60.0
    """How long a walk waits for it at most."""
