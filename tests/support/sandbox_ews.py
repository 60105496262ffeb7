"""The simulated Exchange Web Services, asked over HTTP."""

from __future__ import annotations

from typing import Any

import requests
from exchangelib import Build, Configuration, OAuth2AuthorizationCodeCredentials, Version
from exchangelib.properties import DLMailbox
from exchangelib.protocol import FailFast, Protocol
from exchangelib.services import ExpandDL

from sandbox.server.server import Running
from sandbox.tenant.tenant import Person
from tests.support import directories as those

SCOPE = "EWS.AccessAsUser.All"


MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"


TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"


class Ews:
    """A caller of EWS, through exchangelib and by hand."""

    def __init__(self, running: Running, person: Person = those.SERVICE, scope: str = SCOPE) -> None:
        self.world = running.world
        self.url = f"{running.origin}/EWS/Exchange.asmx"
        self.session = those.session(running, scope, person=person)
        token = {"access_token": those.access_token(running, scope, person=person), "token_type": "Bearer"}
        self.protocol = self.connect(OAuth2AuthorizationCodeCredentials(access_token=token))

    def connect(self, credentials: Any) -> Any:
        return Protocol(
            config=Configuration(
                service_endpoint=self.url,
                credentials=credentials,
                version=Version(build=Build(15, 20)),
                retry_policy=FailFast(),
            )
        )

    def expand(self, address: str | None) -> list[Any]:
        mailbox = DLMailbox(email_address=address, mailbox_type="PublicDL")
        return list(ExpandDL(protocol=self.protocol).call(distribution_list=mailbox))

    def post(self, operation: str, version: str = "Exchange2016") -> requests.Response:
        body = (
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            f'xmlns:m="{MESSAGES}" xmlns:t="{TYPES}"><s:Header><t:RequestServerVersion Version="{version}"/>'
            f"</s:Header><s:Body>{operation}</s:Body></s:Envelope>"
        )
        return self.post_raw(body.encode())

    def post_raw(self, body: bytes) -> requests.Response:
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        return self.session.post(self.url, data=body, headers=headers, timeout=10)


def expand_dl(address: str | None) -> str:
    mailbox = f"<t:EmailAddress>{address}</t:EmailAddress>" if address else ""
    return f"<m:ExpandDL><m:Mailbox>{mailbox}</m:Mailbox></m:ExpandDL>"


def resolve_names(entry: str) -> str:
    return (
        '<m:ResolveNames ReturnFullContactData="false" SearchScope="ActiveDirectory">'
        f"<m:UnresolvedEntry>{entry}</m:UnresolvedEntry></m:ResolveNames>"
    )
