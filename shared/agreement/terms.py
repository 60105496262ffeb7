"""The terms of an agreement: each a limit that no setting may pass. None has a default, so that whoever signs
has read it all."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from shared.agreement.allowances import Allowance
from shared.tracking.mail.ceiling import Basis, Tracking

FORMAT = "rollcall-agreement-1"

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was agreed, as it is signed: names and values are those of the settings that they limit."""

    format: Annotated[Literal["rollcall-agreement-1"], msgspec.Meta(description="Tells what this file is.")]
    title: Annotated[Text, msgspec.Meta(description="What the agreement is called.")]
    parties: Annotated[
        tuple[Text, ...], msgspec.Meta(min_length=1, max_length=10, description="Between whom it is made.")
    ]
    reference: Annotated[Text, msgspec.Meta(description="Where its whole text is found.")]
    valid_from: Annotated[Moment, msgspec.Meta(description="From this moment, with its time zone.")]
    valid_until: Annotated[
        Moment, msgspec.Meta(description="Until before this moment: then tracking stops by itself.")
    ]
    tracking: Annotated[
        Tracking, msgspec.Meta(description="The highest ceiling (`ROLLCALL_TRACKING`) that may be set.")
    ]
    individual_basis: Annotated[
        tuple[Basis, ...],
        msgspec.Meta(
            max_length=2,
            description="On which basis people may be measured by name; none where `tracking` is below.",
        ),
    ]
    notice: Annotated[
        Literal["line", "none"],
        msgspec.Meta(
            description="`line`: each tracked mail says that it is measured. `none`: it need not, where "
            "people are informed otherwise."
        ),
    ]
    smallest_group: Annotated[
        int, msgspec.Meta(ge=1, le=1000, description="The smallest group of people that reports tell of.")
    ]
    published_after: Annotated[
        int,
        msgspec.Meta(ge=60, le=7_776_000, description="Seconds after delivery; no number appears sooner."),
    ]
    published_times: Annotated[
        int, msgspec.Meta(ge=1, le=5, description="How often numbers of one mail appear, at most.")
    ]
    events_kept: Annotated[Days, msgspec.Meta(description="Days that opens and clicks are kept, at most.")]
    messages_kept: Annotated[Days, msgspec.Meta(description="Days that messages are kept, at most.")]
    audit_kept: Annotated[
        int,
        msgspec.Meta(ge=30, le=36_500, description="Days that records of the trail are kept, at most."),
    ]
    allowed: Annotated[
        tuple[Allowance, ...],
        msgspec.Meta(max_length=50, description="What else is allowed; what is not named here is not."),
    ]

    def __post_init__(self) -> None:
        """Raises ValueError for what contradicts itself, or would not be read as it is written."""
        if self.valid_from >= self.valid_until:
            raise ValueError("valid_until must be after valid_from")
        if (self.tracking is Tracking.INDIVIDUAL) != bool(self.individual_basis):
            raise ValueError(
                "individual_basis must name a basis where tracking is individual, and none elsewhere"
            )
        for name in ("individual_basis", "allowed"):
            if len(set(getattr(self, name))) < len(getattr(self, name)):
                raise ValueError(f"{name} must name each once")
        for text in (self.title, self.reference, *self.parties):
            if not text.isprintable() or text != text.strip():
                raise ValueError("texts must be one line of printable characters")
