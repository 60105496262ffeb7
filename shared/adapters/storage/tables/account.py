"""The storage account whose tables we use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from azure.core.exceptions import (
    AzureError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.core.pipeline.transport import RequestsTransport
from azure.data.tables import TableClient, TableServiceClient

from shared.errors import StoreUnavailable
from shared.sessions import bounded_session

T = TypeVar("T")

# Two quick retries, then say so: somebody is waiting for the answer.
_PATIENCE: Mapping[str, Any] = {
    "retry_total": 2,
    "retry_backoff_factor": 0.2,
    "logging_enable": False,
}
_TIMEOUTS = {"connection_timeout": 3, "read_timeout": 12}  # seconds; together for a whole answer
_CONNECTIONS = 32


def _transport() -> RequestsTransport:
    return RequestsTransport(session=bounded_session(_CONNECTIONS), session_owner=False, **_TIMEOUTS)


class Tables:
    """The tables of one storage account; one that is missing is created on first use."""

    def __init__(self, service: TableServiceClient) -> None:
        self.service = service

    @classmethod
    def by_connection(cls, connection: str) -> Tables:
        """The account a connection string leads to; for Azurite."""
        return cls(TableServiceClient.from_connection_string(connection, transport=_transport(), **_PATIENCE))

    @classmethod
    def by_identity(cls, url: str, credential: Any) -> Tables:
        """The account at `url`, with the app's own identity."""
        return cls(TableServiceClient(url, credential=credential, transport=_transport(), **_PATIENCE))

    def call(self, table: str, operation: Callable[[TableClient], T]) -> T:
        """What `operation` returns of the table.

        Raises StoreUnavailable; what is there already, gone or changed leaves as azure-core's
        ResourceExistsError, ResourceNotFoundError and ResourceModifiedError.
        """
        try:
            try:
                return operation(self.service.get_table_client(table))
            except HttpResponseError as error:
                # Only some of the client's methods set `error_code`, and a transaction raises an error of
                # its own; all keep the body in the message.
                if "TableNotFound" not in str(error):
                    raise
                self.service.create_table_if_not_exists(table)
                return operation(self.service.get_table_client(table))
        except (ResourceExistsError, ResourceNotFoundError, ResourceModifiedError):
            raise
        except AzureError as error:
            raise StoreUnavailable from error
