"""The storage account whose tables we use."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from azure.core import MatchConditions
from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.core.pipeline.transport import RequestsTransport
from azure.data.tables import TableClient, TableServiceClient

from shared.answers import storage
from shared.answers.meaning import Course, Meaning, store_error
from shared.sessions import bounded_session

T = TypeVar("T")

_CODE = re.compile(r'"code":\s*"(\w+)"|ErrorCode:(\w+)')
# What a caller asks about is an outcome, and only these codes are it.
_OUTCOMES: Mapping[str, type[HttpResponseError]] = {
    "EntityAlreadyExists": ResourceExistsError,
    "ResourceNotFound": ResourceNotFoundError,
    "EntityNotFound": ResourceNotFoundError,
    "UpdateConditionNotSatisfied": ResourceModifiedError,
    "ConditionNotMet": ResourceModifiedError,
}

GONE = ("ResourceNotFound", "EntityNotFound")
"""The account's words for a row that is not there."""

# Two quick retries, then say so: somebody is waiting for the answer. They are ours alone, see `call`.
_TRIES, _PAUSE = 3, 0.2
_PATIENCE: Mapping[str, Any] = {"retry_total": 0, "logging_enable": False}
_TIMEOUTS = {"connection_timeout": 3, "read_timeout": 7}  # seconds; together for a whole answer
_CONNECTIONS = 32


def _transport() -> RequestsTransport:
    return RequestsTransport(session=bounded_session(_CONNECTIONS), session_owner=False, **_TIMEOUTS)


class Tables:
    """The tables of one storage account; one that is missing is created on first use."""

    def __init__(self, service: TableServiceClient) -> None:
        self.service = service
        self._clients: dict[str, TableClient] = {}  # to make one costs as much as to ask it

    @classmethod
    def by_connection(cls, connection: str) -> Tables:
        """The account a connection string leads to; for Azurite."""
        return cls(TableServiceClient.from_connection_string(connection, transport=_transport(), **_PATIENCE))

    @classmethod
    def by_identity(cls, url: str, credential: Any) -> Tables:
        """The account at `url`, with the app's own identity."""
        return cls(TableServiceClient(url, credential=credential, transport=_transport(), **_PATIENCE))

    def call(self, table: str, operation: Callable[[TableClient], T]) -> T:
        """What `operation` returns of the table. It may be tried several times.

        Raises StoreUnavailable, which says what is wrong; but azure-core's ResourceExistsError where a row is
        there already, ResourceNotFoundError where it is gone, and ResourceModifiedError where it changed,
        each told by the account's code: another 409 or 404 means something else.
        """
        for tried in range(_TRIES):
            try:
                return self._in_table(table, operation)
            except AzureError as error:
                code = code_of(error)
                if kind := _OUTCOMES.get(code):
                    raise error if isinstance(error, kind) else kind(code) from error
                row = _row(error, code)
                if row.course is not Course.AGAIN or tried == _TRIES - 1:
                    raise store_error(row) from error
            # The client repeats what is read and replaced, but no POST: nobody told it that keys are fixed.
            time.sleep(_PAUSE * 2**tried)
        raise AssertionError("unreachable")

    def insert(self, table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Insert a row under its fixed keys, again where the answer was lost; what the service says of it.

        Raises StoreUnavailable, and ResourceExistsError where there is one of these keys: it may be our own.
        """
        return self.write(table, lambda client: client.create_entity(row))

    def write(self, table: str, operation: Callable[[TableClient], T]) -> T:
        """As `call`, for what is written whether there is a row or not: none can be missing, so that one is
        said to be raises StoreUnavailable."""
        try:
            return self.call(table, operation)
        except ResourceNotFoundError as error:
            raise store_error(storage.TABLE.find(404)) from error

    def _in_table(self, table: str, operation: Callable[[TableClient], T]) -> T:
        client = self._clients.get(table)
        if client is None:
            client = self._clients[table] = self.service.get_table_client(table)
        try:
            return operation(client)
        except HttpResponseError as error:
            if code_of(error) != "TableNotFound":
                raise
            self.service.create_table_if_not_exists(table)
            return operation(client)


def delete_row(client: TableClient, partition: str, row: str, etag: str = "") -> None:
    """Delete the row of these keys, where an etag is given only as it was then; one that is gone is no error.

    The client's own deletion takes each 404 for that, of an account that is not found as well. A transaction
    raises what the service says."""
    condition = {"etag": etag, "match_condition": MatchConditions.IfNotModified} if etag else {}
    try:
        client.submit_transaction([("delete", {"PartitionKey": partition, "RowKey": row}, condition)])
    except HttpResponseError as error:
        if code_of(error) not in GONE:
            raise


def code_of(error: AzureError) -> str:
    """The account's own word. Only some of the client's methods set `error_code`, and a transaction raises an
    error of its own; all keep the body in the message."""
    said = getattr(error, "error_code", None)
    if said:
        return str(getattr(said, "value", said))
    found = _CODE.search(str(error))
    return found[1] or found[2] if found else ""


def _row(error: AzureError, code: str) -> Meaning:
    if isinstance(error, HttpResponseError) and error.status_code:
        return storage.TABLE.find(error.status_code, code)
    if isinstance(error, ClientAuthenticationError):  # the identity gave no access token
        return storage.NO_IDENTITY
    return storage.UNREACHABLE
