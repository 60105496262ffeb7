"""People as an admin meets them through the public door, and their mails."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import requests
from azure.data.tables import TableServiceClient

from tests.support.api import ADA, Api
from tests.support.tracked_mails import register, unpacked

USER = "user2@company.com"


def person(address: str) -> str:
    return f"/api/people/{quote(address, safe='')}"


def walk(api: Api, method: str, address: str) -> list[Any]:
    """All answers of a look through everything."""
    pages, after = [], ""
    while True:
        answer = api.as_person(ADA).call(method, person(address) + (f"?after={after}" if after else ""))
        assert answer.status_code == 200, answer.text
        pages.append(answer.json())
        after = pages[-1]["next"]
        if not after:
            return pages


def received(api: Api, address: str) -> dict[str, Any]:
    """What an export shows as received, by message."""
    return {entry["message_id"]: entry for page in walk(api, "GET", address) for entry in page["received"]}


def sent_mail(api: Api, mode: str = "individual") -> Any:
    body = register(api, mode)
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def set_of(body: Any, address: str) -> Any:
    [found] = [entry for entry in body["recipients"]["rows"] if entry["address"] == address]
    return found


def everything_stored(azurite: str) -> str:
    with TableServiceClient.from_connection_string(azurite) as account:
        rows = [
            row
            for table in account.list_tables()
            for row in account.get_table_client(table.name).list_entities()
        ]
    return " ".join(legible(value) for row in rows for value in row.values())


def legible(value: object) -> str:
    """What a person could read in it."""
    value = unpacked(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def opened(api: Api, message_id: str) -> int:
    events: int = api.call("GET", f"/api/messages/{message_id}/report").json()["opened"]["person"]
    return events


def choose(url: str, choice: str) -> requests.Response:
    return requests.post(url, data={"choice": choice}, timeout=10, allow_redirects=False)
