"""How long others ask us to wait, within reason.

Fact source: RFC 9110 section 10.2.3.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST_WAIT = 86_400.0  # seconds


def parse_retry_after(text: str) -> float | None:
    """Seconds to wait, at most a day, from a number (Microsoft sends fractions too) or an HTTP date;
    None where it is neither, or is over already."""
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return within_reason(float(text))
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return within_reason((when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def within_reason(seconds: float) -> float | None:
    """`seconds` if they are still to come: at least a tenth, so that 0.001 does not have us ask a
    thousand times, and at most a day."""
    return min(max(seconds, 0.1), _LONGEST_WAIT) if seconds > 0 else None
