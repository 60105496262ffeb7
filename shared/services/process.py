"""Everything built once per process, from the settings. Heavy clients are imported on first use."""

from __future__ import annotations

import logging
import os
import sys
import threading
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from shared import telemetry
from shared.agreement.standing import agree
from shared.services.ending import ending
from shared.services.once import once
from shared.services.tracking import TrackingServices
from shared.settings import Settings

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

    from shared.account.connection import Connection
    from shared.adapters.directories.ews import EwsDirectory
    from shared.adapters.directories.exchange import ExchangeDirectory
    from shared.adapters.directories.graph import GraphDirectory
    from shared.adapters.entra import ServiceAccount
    from shared.adapters.keyvault import Vault
    from shared.adapters.monitor import Monitor
    from shared.adapters.storage.tables.account import Tables
    from shared.addin.files import Files
    from shared.audience.canary import Canary
    from shared.audience.cross_check import CrossChecks
    from shared.audience.expansions import Expansions
    from shared.audience.planner import Planner
    from shared.audit import Audit
    from shared.errors import RollcallError
    from shared.health import Health
    from shared.services.trail import TrailWriter
    from shared.web.callers import Callers
    from shared.web.rates import Rate
    from shared.web.refusals import Refusals


SWITCH = 0.0005
"""Seconds after which a thread that computes lets others run. Python's own 5 ms is what a reader's answer
would wait for at each of its steps while a walk adds up; a shorter time makes walks longer. `bench beside`
measures it."""


class Services:
    """The objects behind the routes. Their `settings` are those that were set, within the agreement."""

    def __init__(self, settings: Settings) -> None:
        # Azure's libraries log each request at INFO, which is what a function app listens to.
        logging.getLogger("azure").setLevel(logging.WARNING)
        self.agreed = agree(settings)
        self.settings = self.agreed.settings
        self.lock = threading.RLock()
        self.tracking = TrackingServices(self)

    @staticmethod
    def now() -> datetime:
        """The time, aware."""
        return datetime.now(UTC)

    @once
    def callers(self) -> Callers:
        """Who may call."""
        from shared.web.callers import Callers

        return Callers(self.settings)

    @once
    def addin(self) -> Files:
        """The add-in and the pages."""
        from shared.addin.files import Files

        return Files(self.settings)

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
        from shared.adapters.storage.tables.account import Tables

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
        from shared.adapters.directories.graph import GraphDirectory

        return GraphDirectory(
            self.settings.graph_url,
            lambda refused: self.service_account.access_token("graph", refused),
            timeout=self.settings.request_timeout,
            connections=self.settings.concurrency,
        )

    @once
    def exchange(self) -> ExchangeDirectory:
        """The Exchange Online Admin API."""
        from shared.adapters.directories.exchange import ExchangeDirectory

        return ExchangeDirectory(
            self.settings.exchange_url,
            self.settings.tenant_id,
            lambda refused: self.service_account.access_token("exchange", refused),
            self.service_account_name,
            timeout=self.settings.exchange_timeout,
            connections=self.settings.concurrency,
        )

    @once
    def ews(self) -> EwsDirectory:
        """Exchange Web Services, in Exchange Online or on premises."""
        from shared.adapters.directories.ews import EwsDirectory
        from shared.adapters.directories.ews.credentials import read_credentials

        return EwsDirectory(
            self.settings.ews_url,
            lambda refused: self.service_account.access_token("exchange", refused),
            self.service_account_name,
            timeout=self.settings.exchange_timeout,
            connections=self.settings.concurrency,
            credentials=read_credentials(self.vault) if self.settings.ews_sign_in == "password" else None,
        )

    def service_account_name(self) -> str:
        """The service account's user name, an address; empty while nobody is connected."""
        return account.username if (account := self.service_account.account()) else ""

    def plan(self) -> Planner:
        """The directories as one, for one expansion."""
        from shared.audience.planner import Planner

        return Planner(self.graph, self.beside_graph(), dynamic_lists=self.settings.dynamic_lists)

    def beside_graph(self) -> list[ExchangeDirectory | EwsDirectory]:
        """The directories that see dynamic lists, the preferred first."""
        connected: list[ExchangeDirectory | EwsDirectory] = []
        if "exchange" in self.settings.directories:
            connected.append(self.exchange)
        if "ews" in self.settings.directories:
            connected.append(self.ews)
        return connected

    @once
    def cross_checks(self) -> CrossChecks:
        """One list read by every directory."""
        from shared.audience.cross_check import CrossChecks

        return CrossChecks(self.graph, self.beside_graph(), self.expansions.limits, self.expansions.pace)

    @once
    def connection(self) -> Connection:
        """Signing the service account in."""
        from shared.account.connection import Connection
        from shared.adapters.directories.graph.profile import fetch_profile
        from shared.adapters.entra.scopes import setup_needs
        from shared.adapters.storage.tables.sign_ins import SignInTable

        settings = self.settings
        return Connection(
            self.service_account,
            SignInTable(self.tables),
            lambda access_token: fetch_profile(settings.graph_url, access_token, settings.request_timeout),
            settings.public_url,
            self.now,
            self.trail,
            self.refused_by,
            setup_needs(settings),
        )

    def refused_by(self, directory: str) -> RollcallError | None:
        """Why the directory refused this process the last time; None where it did not, or was not asked."""
        asked = self.__dict__.get(directory)
        return asked.why_not() if asked else None

    @once
    def expansions(self) -> Expansions:
        """Counting recipients."""
        from shared.adapters.storage.tables.expansions import ExpansionTable
        from shared.audience.expansions import Expansions
        from shared.audience.limits import Limits
        from shared.audience.pace import Pace
        from shared.audience.rules import Rules
        from shared.audience.thresholds import Thresholds

        settings = self.settings
        limits = Limits(
            max_depth=settings.max_depth,
            max_lists=settings.max_lists,
            max_recipients=settings.max_recipients,
            concurrency=settings.concurrency,
            rules=Rules(settings.allow_lists, settings.deny_lists),
        )
        pace = Pace(
            lifetime=settings.expansion_lifetime,
            limit=settings.expansion_limit,
            throttle_limit=settings.throttle_limit,
        )
        thresholds = Thresholds(settings.large_list, settings.daily_recipients)
        return Expansions(
            *(ExpansionTable(self.tables), self.plan, limits, pace, self.now, thresholds),
            self.trail.expanded,
            by_list=settings.by_list,
        )

    @once
    def audit(self) -> Audit:
        """Who did what when."""
        from shared.services.trail import audit_of

        return audit_of(self.settings, self.tables, self.now, lambda: self.identity)

    @once
    def trail(self) -> TrailWriter:
        """Everything that is recorded."""
        from shared.services.trail import TrailWriter

        return TrailWriter(self.audit.note)

    @once
    def rate(self) -> Rate:
        """How often one person may expand."""
        from shared.web.rates import Rate

        return Rate(self.settings.expansions_per_minute)

    @once
    def refusals(self) -> Refusals:
        """Who was refused what."""
        from shared.web.refusals import Refusals

        found = Refusals(self.trail.refused)
        ending.add(lambda: found.flush(at_the_end=True))
        return found

    @once
    def canary(self) -> Canary | None:
        """The list that is watched, if an admin chose one."""
        from shared.adapters.storage.tables.sightings import SightingTable
        from shared.audience.canary import Canary

        address = self.settings.canary_list
        if not address:
            return None
        return Canary(address, self.expansions.measure, SightingTable(self.tables), self.now)

    @once
    def monitor(self) -> Monitor:
        """Where figures go."""
        from shared.adapters.monitor import Monitor

        return Monitor(os.environ, lambda: self.identity)

    @once
    def health(self) -> Health:
        """What works and what does not."""
        from shared.health import Health
        from shared.services.checks import checks_of

        return Health(checks_of(self))


@cache
def services() -> Services:
    """This process's services. Raises SettingsError until the settings are complete."""
    built = Services(Settings.from_env(os.environ))
    sys.setswitchinterval(SWITCH)
    telemetry.STARTS.add(1)
    built.tracking.consent.say_what_is_off()
    built.agreed.say(built.now())
    built.monitor.begin()
    return built
