"""Signatures by which the receiver of a webhook knows that it is ours, unchanged and of today.

Source: Standard Webhooks, specification 1.0.0: `webhook-id` is the same for each attempt, `webhook-timestamp`
is that of the attempt, and `webhook-signature` signs both with the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

PREFIX = "whsec_"


def read_secret(text: str) -> bytes:
    """The key that a secret holds. Raises ValueError for what is none: `whsec_` and 24 to 64 bytes in
    base64."""
    try:
        key = base64.b64decode(text.strip().removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not text.strip().startswith(PREFIX) or not 24 <= len(key) <= 64:
        raise ValueError("must be whsec_ and 24 to 64 bytes in base64")
    return key


def headers_of(key: bytes, identifier: str, timestamp: int, body: bytes) -> Mapping[str, str]:
    """What goes along with `body`, sent at `timestamp`, in seconds since 1970."""
    signed = f"{identifier}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
