"""Microsoft Graph's refusals of what is asked of a tenant, as `az rest` tells them."""

from __future__ import annotations

import json
from typing import NoReturn

from infra.entra.registration.azure import AzureFailed


def refuse(reason: str, code: str, message: str) -> NoReturn:
    """Raise what `az rest` says of a refusal of Graph's."""
    body = json.dumps({"error": {"code": code, "message": message}}, separators=(",", ":"))
    raise AzureFailed(f"ERROR: {reason}({body})")


def missing(what: str) -> NoReturn:
    """Raise Graph's 404."""
    reference = "one of its queried reference-property objects are not present."
    refuse("Not Found", "Request_ResourceNotFound", f"Resource '{what}' does not exist or {reference}")


def bad(message: str, code: str = "Request_BadRequest") -> NoReturn:
    """Raise Graph's 400."""
    refuse("Bad Request", code, message)
