"""Rows of every table."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from shared.audience.expansion_store import Expansion, State
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode

NOW = datetime.now(UTC)


def port_of(connection: str) -> int:
    return int(connection.partition("TableEndpoint=http://127.0.0.1:")[2].partition("/")[0])


def expansion() -> Expansion:
    return Expansion(
        owner="alice",
        id=str(uuid.uuid4()),
        fingerprint="f",
        runner=uuid.uuid4().hex[:16],
        state=State.RUNNING,
        started_at=NOW,
        beat_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )


def message() -> Message:
    return Message(
        owner=uuid.uuid4().hex,
        id=uuid.uuid4().hex,
        fingerprint="f",
        mode=Mode.COUNTING,
        stage=Stage.REGISTERED,
        sender=Sender("", "a@x.example"),
        recipients=3,
        complete=True,
        created_at=NOW,
    )
