"""The notice: the small line in a tracked mail that says that it is measured, and leads to a page about it.

It is also the control by which machines are told from people, who seldom follow it.
"""

from __future__ import annotations

from enum import StrEnum


class Notice(StrEnum):
    """Whether a mail holds the line: it does; it was made without, because the organisation informs people
    otherwise; or the sender took it out of the draft."""

    LINE = "line"
    NONE = "none"
    GONE = "gone"
