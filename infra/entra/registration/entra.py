"""Microsoft Graph, spoken to through the Azure CLI, and patient with a directory that replicates late."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from infra.entra.registration.azure import ROOT, AzureFailed

CLOUDS = json.loads((ROOT / "infra" / "clouds.json").read_text())
PATIENCE = 60.0  # seconds for which one request is repeated
# What Entra answers when a replica does not know yet what another one has written, and when it is busy.
# Sources: the retries of hashicorp/terraform-provider-azuread and manicminer/hamilton, msgraph-bicep-types
# 193, azure-cli's own for `az ad sp create-for-rbac`, and onefuzz 486 for the pre-authorized clients.
LATE = re.compile(
    r"Request_ResourceNotFound|does not exist or one of its queried reference-property objects"
    r"|does not reference a valid application object|Not a valid reference update"
    r"|Permission being assigned was not found on application|Specified resourceId was not found"
    r"|\"InvalidAppId\"|Directory_ConcurrencyViolation"
    r"|Too Many Requests|Service Unavailable|Gateway Time-?out|Bad Gateway"
)
GIVEN_UP = (
    f"Entra said so for {PATIENCE:.0f} seconds. Is each id right? If so, Entra replicates late: "
    "run this again in some minutes. What is done is not done twice."
)
MISSING = re.compile(
    r"Request_ResourceNotFound|does not exist or one of its queried reference-property objects"
)

Answer = dict[str, Any]
Az = Callable[..., Answer]


class Entra:
    """One tenant's directory, as whoever is signed in to the Azure CLI."""

    def __init__(
        self,
        az: Az,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._az, self._sleep, self._clock = az, sleep, clock
        self.cloud: dict[str, str] = CLOUDS[az("cloud", "show")["name"]]
        self.tenant_id: str = az("account", "show")["tenantId"]

    def get(self, path: str) -> Answer:
        """What is at `path`, where something must be. Raises AzureFailed."""
        return self._patiently("GET", path)

    def find(self, path: str) -> Answer | None:
        """What is at `path`, or nothing. Raises AzureFailed."""
        try:
            return self._call("GET", path)
        except AzureFailed as failure:
            if MISSING.search(str(failure)):
                return None
            raise

    def list(self, path: str) -> list[dict[str, Any]]:
        """All that is in the collection at `path`, page by page. Raises AzureFailed."""
        page = self.get(path)
        found: list[dict[str, Any]] = list(page["value"])
        while more := page.get("@odata.nextLink"):
            page = self._patiently("GET", more)
            found += page["value"]
        return found

    def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make what is at `path`, a key of ours, if it is missing, and give it these properties.

        Answers what Graph says of a new one, and nothing otherwise. Raises AzureFailed.
        """
        return self._patiently("PATCH", path, body, "Prefer=create-if-missing")

    def change(self, path: str, body: dict[str, Any]) -> None:
        """Give what is at `path` these properties. Raises AzureFailed."""
        self._patiently("PATCH", path, body)

    def add(self, path: str, body: dict[str, Any]) -> bool:
        """One more in the collection at `path`; whether it was not there already. Raises AzureFailed."""
        try:
            self._patiently("POST", path, body)
        except AzureFailed as failure:
            # An attempt may have done it although its answer said otherwise, or a list have been an old one.
            if "already exists" not in str(failure):
                raise
            return False
        return True

    def wait_for(self, look: Callable[[], Answer | None]) -> Answer:
        """What `look` finds, which must be there, as soon as it is replicated. Raises AzureFailed."""
        until = self._clock() + PATIENCE
        while (found := look()) is None:
            if self._clock() >= until:
                raise AzureFailed(GIVEN_UP)
            self._sleep(5)
        return found

    def delete(self, path: str) -> None:
        """Take away what is at `path`; what is not there is well. Raises AzureFailed."""
        try:
            self._call("DELETE", path)
        except AzureFailed as failure:
            if not MISSING.search(str(failure)):
                raise

    def send(self, method: str, path: str, body: dict[str, Any]) -> None:
        """One request, as it is. Raises AzureFailed."""
        if method == "DELETE":
            self.delete(path)
        else:
            self._patiently(method, path, body)

    def _patiently(self, method: str, path: str, body: dict[str, Any] | None = None, *headers: str) -> Answer:
        """The same request until it is answered or a minute has passed, where Entra is known to be late."""
        until, pause = self._clock() + PATIENCE, 1.0
        while True:
            try:
                return self._call(method, path, body, *headers)
            except AzureFailed as failure:
                left = until - self._clock()
                if not LATE.search(str(failure)):
                    raise
                if left <= 0:
                    raise AzureFailed(f"{failure}\n{GIVEN_UP}") from None
            print(f"Entra does not know all of it yet; again in {min(pause, left):.0f} s.", file=sys.stderr)
            self._sleep(min(pause, left))
            pause = min(2 * pause, 15.0)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None, *headers: str) -> Answer:
        root = f"{self.cloud['graph']}/v1.0/"
        url = path if path.startswith(root) else root + quote(path, safe="/()=?$&'")
        command = ["rest", "--method", method, "--url", url]
        if body is None:
            return self._az(*command)
        with tempfile.TemporaryDirectory() as folder:
            # A command line is no place for JSON: every shell has its own mind about quotes.
            file = Path(folder) / "body.json"
            file.write_text(json.dumps(body))
            sent = ["--headers", "Content-Type=application/json", *headers, "--body", f"@{file}"]
            return self._az(*command, *sent)
