"""What people are called, asked when somebody looks at what they did, and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shared.errors import RollcallError

if TYPE_CHECKING:
    from shared.services.process import Services

_OBJECT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def names_of(services: Services, ids: Iterable[str]) -> dict[str, str]:
    """By object id, as the service account is told. Whose name is not known now is missing, for whatever
    reason: their id says who they are."""
    from shared.adapters.directories.graph.names import fetch_names

    wanted = [each for each in dict.fromkeys(ids) if _OBJECT_ID.fullmatch(each)]
    if not wanted:
        return {}
    settings = services.settings
    try:
        access_token = services.service_account.access_token("graph")
        return fetch_names(settings.graph_url, access_token, wanted, settings.request_timeout)
    except RollcallError:
        return {}
