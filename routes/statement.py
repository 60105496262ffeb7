"""The statement: how Rollcall is set up, for auditors and admins."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import AUDITOR
from shared.later import Later
from shared.services.process import services

if TYPE_CHECKING:
    from shared.api import statement as words
    from shared.api.statement import StatementAnswer
else:
    words = Later("shared.api.statement")

routes = Chapter(__name__, __doc__)


@routes.declare("GET", "api/statement", who=AUDITOR)
def statement(call: Call) -> StatementAnswer:
    """Settings, without secrets; the agreement; what is kept, and for how long. No result of anybody's."""
    return words.describe_statement(services().agreed, os.environ, services().now())
