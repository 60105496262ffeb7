"""Everything built once per process, from the settings. Heavy clients are imported on first use."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from shared.audience.cross_check import CrossCheck, cross_check
from shared.audience.expansions import Expansions, Pace
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.walk import Limits
from shared.connection import Connection
from shared.errors import SettingsError
from shared.health import Health
from shared.errors import VaultUnavailable
from shared.settings import Settings
from shared.tracking.keys import SigningKeys
from shared.tracking.links import TrackingUrls
from shared.tracking.mails import Mails
from shared.tracking.messages import Messages, Mode

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

    from shared.adapters.entra import ServiceAccount
    from shared.adapters.ews import EwsDirectory
    from shared.adapters.exchange import ExchangeDirectory
    from shared.adapters.graph import GraphDirectory
    from shared.adapters.keyvault import Vault
    from shared.adapters.tables.account import Tables
    from shared.adapters.tables.claims import ClaimTable
    from shared.adapters.tables.messages import MessageTable
    from shared.callers import Callers

T = TypeVar("T")


class once(Generic[T]):
    """A property built by the first thread that asks, while the others wait.

    functools.cached_property stopped locking in Python 3.12, and two service accounts would refresh
    one sign-in twice.
    """

    def __init__(self, build: Callable[[Any], T]) -> None:
        self.build = build
        self.__doc__ = build.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: Services, owner: type) -> T: ...
    def __get__(self, instance: Services | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        with instance.lock:
            if self.name not in instance.__dict__:
                instance.__dict__[self.name] = self.build(instance)
        built: T = instance.__dict__[self.name]
        return built


class Services:
    """The objects behind the routes."""

    def __init__(self, settings: Settings) -> None:
        # Azure's libraries log each request at INFO, which is what a function app listens to.
        logging.getLogger("azure").setLevel(logging.WARNING)
        self.settings = settings
        self.lock = threading.RLock()

    @staticmethod
    def now() -> datetime:
        """The time, aware."""
        return datetime.now(UTC)

    @once
    def callers(self) -> Callers:
        """Who may call."""
        from shared.callers import Callers

        return Callers(self.settings)

    @once
    def identity(self) -> TokenCredential:
        """Who the app is in Azure."""
        from shared.adapters.identity import own_identity

        return own_identity()

    @once
    def vault(self) -> Vault:
        """Key Vault."""
        from shared.adapters.keyvault import Vault

        return Vault(self.settings.key_vault_url, self.identity)

    @once
    def tables(self) -> Tables:
        """Table Storage."""
        from shared.adapters.tables.account import Tables

        if self.settings.storage_connection:
            return Tables.by_connection(self.settings.storage_connection)
        return Tables.by_identity(self.settings.tables_url, self.identity)

    @once
    def service_account(self) -> ServiceAccount:
        """The account that reads the directories."""
        from shared.adapters.entra import ServiceAccount

        return ServiceAccount(self.settings, self.vault)

    @once
    def graph(self) -> GraphDirectory:
        """Microsoft Graph."""
        from shared.adapters.graph import GraphDirectory

        return GraphDirectory(
            self.settings.graph_url,
            lambda force: self.service_account.access_token("graph", force),
            timeout=self.settings.request_timeout,
            connections=self.settings.concurrency,
        )

    @once
    def exchange(self) -> ExchangeDirectory:
        """The Exchange Online Admin API."""
        from shared.adapters.exchange import ExchangeDirectory

        return ExchangeDirectory(
            self.settings.exchange_url,
            self.settings.tenant_id,
            lambda force: self.service_account.access_token("exchange", force),
            self.service_account_name,
            timeout=self.settings.exchange_timeout,
            connections=self.settings.concurrency,
        )

    @once
    def ews(self) -> EwsDirectory:
        """Exchange Web Services, in Exchange Online or on premises."""
        from shared.adapters.ews import EwsDirectory

        return EwsDirectory(
            self.settings.ews_url,
            lambda force: self.service_account.access_token("exchange", force),
            self.service_account_name,
            timeout=self.settings.exchange_timeout,
            connections=self.settings.concurrency,
            credentials=self.ews_credentials() if self.settings.ews_sign_in == "password" else None,
        )

    def ews_credentials(self) -> tuple[str, str]:
        """User name and password for an Exchange Server on premises, from Key Vault."""
        user, _, password = (self.vault.get("rollcall-ews-credentials") or "").partition("\n")
        if not user or not password:
            raise VaultUnavailable(
                "The credentials for Exchange Web Services are missing.",
                "Your administrator must store the user name and, on a second line, the password in the "
                "Key Vault secret rollcall-ews-credentials.",
            )
        return user, password

    def service_account_name(self) -> str:
        """The service account's user name, an address; empty while nobody is connected."""
        account = self.service_account.account()
        return account.username if account else ""

    def plan(self) -> Planner:
        """The directories as one, for one expansion."""
        return Planner(self.graph, self.beside_graph(), dynamic_lists=self.settings.dynamic_lists)

    def plans(self) -> dict[str, Planner]:
        """Each directory as if it were the only one beside Graph, which finds the addresses."""
        alone = {directory.name: Planner(self.graph, [directory]) for directory in self.beside_graph()}
        return {"graph": Planner(self.graph, []), **alone}

    def beside_graph(self) -> list[ExchangeDirectory | EwsDirectory]:
        """The directories that see dynamic lists, the preferred first."""
        connected: list[ExchangeDirectory | EwsDirectory] = []
        if "exchange" in self.settings.directories:
            connected.append(self.exchange)
        if "ews" in self.settings.directories:
            connected.append(self.ews)
        return connected

    def cross_check(self, address: str) -> CrossCheck:
        """`address` expanded by each directory in turn."""
        pace = self.expansions.pace
        return cross_check(
            address,
            self.plans(),
            self.expansions.limits,
            lambda: Patience(limit=pace.throttle_limit, deadline=pace.join),
        )

    @once
    def connection(self) -> Connection:
        """Signing the service account in."""
        from shared.adapters.tables.sign_ins import SignInTable

        return Connection(self.service_account, SignInTable(self.tables), self.settings.public_url, self.now)

    @once
    def expansions(self) -> Expansions:
        """Counting recipients."""
        from shared.adapters.tables.expansions import ExpansionTable

        settings = self.settings
        limits = Limits(
            max_depth=settings.max_depth,
            max_lists=settings.max_lists,
            max_recipients=settings.max_recipients,
            concurrency=settings.concurrency,
        )
        pace = Pace(
            lifetime=settings.expansion_lifetime,
            limit=settings.expansion_limit,
            throttle_limit=settings.throttle_limit,
        )
        return Expansions(ExpansionTable(self.tables), self.plan, limits, pace, self.now)

    @once
    def signing_keys(self) -> SigningKeys:
        """The keys behind tracking links."""

        def claims() -> ClaimTable:
            from shared.adapters.tables.claims import ClaimTable

            return ClaimTable(self.tables, self.now)

        try:
            return SigningKeys(self.settings.signing_keys, lambda: self.vault, claims)
        except ValueError as error:
            raise SettingsError([f"ROLLCALL_SIGNING_KEYS {error}"]) from error

    @once
    def message_table(self) -> MessageTable:
        """Messages, their links and recipients."""
        from shared.adapters.tables.messages import MessageTable

        return MessageTable(self.tables)

    @once
    def messages(self) -> Messages:
        """Tracked mails."""
        return Messages(
            self.message_table,
            self.expansions,
            lambda message: None,
            map(Mode, self.settings.modes),
            self.now,
        )

    @once
    def mails(self) -> Mails:
        """What stands in tracked mails."""
        return Mails(
            self.message_table, lambda: TrackingUrls(self.settings.public_url, self.signing_keys.get())
        )

    @once
    def health(self) -> Health:
        """What works and what does not."""
        return Health(
            {
                "key_vault": lambda: self.vault.get("rollcall-token-cache"),
                "storage": lambda: self.expansions.store.find("health", "health"),
                "service_account": lambda: self.service_account.access_token("graph"),
            }
        )


@cache
def services() -> Services:
    """This process's services. Raises SettingsError until the settings are complete."""
    return Services(Settings.from_env(os.environ))
