"""What the services of tracking need of the process's others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

    from shared.adapters.directories.graph import GraphDirectory
    from shared.adapters.entra import ServiceAccount
    from shared.adapters.keyvault import Vault
    from shared.adapters.storage.tables.account import Tables
    from shared.agreement.standing import Agreed
    from shared.audience.expansions import Expansions
    from shared.services.trail import TrailWriter
    from shared.settings import Settings


class OtherServices(Protocol):
    """The services that tracking uses."""

    settings: Settings
    agreed: Agreed

    @property
    def identity(self) -> TokenCredential: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def tables(self) -> Tables: ...
    @property
    def expansions(self) -> Expansions: ...
    @property
    def trail(self) -> TrailWriter: ...
    @property
    def service_account(self) -> ServiceAccount: ...
    @property
    def graph(self) -> GraphDirectory: ...
    def now(self) -> datetime: ...
