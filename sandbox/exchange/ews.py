"""Exchange Web Services: ExpandDL, ResolveNames, and ConvertId's refusal."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import cast
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.exchange import quirks, recipients, soap
from sandbox.tenant.fragments import Fragments, Memory
from sandbox.tenant.tenant import Contact, Group, Person
from sandbox.tenant.world import Entry, Refused, World, addresses_of

SCOPE = "EWS.AccessAsUser.All"
_FOLDER = "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn="
_LISTS = ("distribution_list", "mail_enabled_security_group", "dynamic_distribution_list")
_MAILBOX_TYPES = {"microsoft_365_group": "GroupMailbox", "public_folder": "PublicFolder"}
_MOST_NAMES = 100  # ResolveNames shows no more, whatever there is


def routes(world: World) -> list[Route]:
    """The one address of EWS."""
    service = _Service(world)

    async def endpoint(request: Request) -> Response:
        return service.answer(request, await request.body())

    return [Route("/EWS/Exchange.asmx", endpoint, methods=["POST"])]


class _Service:
    def __init__(self, world: World) -> None:
        self.world = world
        self._memory = Memory(world)

    def answer(self, request: Request, body: bytes) -> Response:
        """The answer to one SOAP request. Raises Refused."""
        caller = self._authenticate(request)
        operations: dict[str, Callable[[Element], str]] = {
            "ExpandDL": self._expand,
            "ResolveNames": self._resolve,
            "ConvertId": _refuse_ids,
        }
        try:
            operation = soap.parse(body)
            name = operation.tag.removeprefix(f"{{{soap.MESSAGES}}}")
            if name not in operations:
                raise soap.SoapFault("ErrorInvalidRequest")
            if caller and not caller.address:
                return soap.answer(name, soap.message(name, "Error", "ErrorNameResolutionNoMailbox"))
            return soap.answer(name, operations[name](operation))
        except soap.SoapFault as fault:
            return soap.fault(str(fault))

    def _authenticate(self, request: Request) -> Person | None:
        """Who asks; None where an Exchange Server on premises took a user name and password."""
        basic = quirks.of(self.world).ews_basic
        if basic:
            expected = "Basic " + base64.b64encode(basic.encode()).decode()
            if request.headers.get("authorization") != expected:
                raise Refused(
                    Response(status_code=401, headers={"WWW-Authenticate": 'Basic realm="exchange"'})
                )
            return None
        claims = self.world.check_bearer(request, "exchange", lambda _: _unauthorized(self.world))
        if self.world.switches.ews_disabled:
            raise Refused(Response(status_code=403))
        person = self.world.by_id.get(claims["oid"])
        if SCOPE not in str(claims["scp"]).split() or not isinstance(person, Person):
            reason = '2000008;reason="The token contains not enough scope to make this call."'
            raise Refused(Response(status_code=403, headers={"x-ms-diagnostics": reason}))
        return person

    def _expand(self, operation: Element) -> str:
        settings = quirks.of(self.world)
        address = operation.findtext(f"{{{soap.MESSAGES}}}Mailbox/{{{soap.TYPES}}}EmailAddress", "").strip()
        if not address:
            return soap.message("ExpandDL", "Error", "ErrorMissingInformationEmailAddress")
        found = [
            group for group in self._visible(address) if isinstance(group, Group) and group.kind in _LISTS
        ]
        if not found and settings.ews_missing_is_empty:
            return soap.message("ExpandDL", "Success", "NoError", _expansion([], 0))
        if not found:
            return soap.message("ExpandDL", "Error", "ErrorNameResolutionNoResults")
        if len(found) > 1:
            return soap.message("ExpandDL", "Error", "ErrorNameResolutionMultipleResults")
        if found[0].hidden:
            return soap.message("ExpandDL", "Error", "ErrorAccessDenied")
        ids = self._members(found[0])
        shown = ids[: settings.ews_longest_list or None]
        mailboxes = list(map(self._mailboxes.__getitem__, shown))
        if settings.ews_x500_member and shown:
            mailboxes[0] = _mailbox(self.world.by_id[shown[0]], by_name=True)
        content = soap.message("ExpandDL", "Success", "NoError", _expansion(mailboxes, len(ids)))
        if settings.ews_broken_member:
            content += soap.message("ExpandDL", "Error", "ErrorMailRecipientNotFound")
        return content

    def _resolve(self, operation: Element) -> str:
        wanted = operation.findtext(f"{{{soap.MESSAGES}}}UnresolvedEntry", "").strip()
        if not wanted:
            raise soap.SoapFault("ErrorSchemaValidation")
        found = [entry for entry in self._visible(wanted) if recipients.address_of(entry)]
        if not found:
            return soap.message("ResolveNames", "Error", "ErrorNameResolutionNoResults")
        shown = found[:_MOST_NAMES]
        is_whole = str(len(shown) == len(found)).lower()
        result = (
            f'<m:ResolutionSet TotalItemsInView="{len(shown)}" IncludesLastItemInRange="{is_whole}">'
            + "".join(f"<t:Resolution>{_mailbox(entry).decode()}</t:Resolution>" for entry in shown)
            + "</m:ResolutionSet>"
        )
        if len(found) > 1:
            return soap.message("ResolveNames", "Warning", "ErrorNameResolutionMultipleResults", result)
        return soap.message("ResolveNames", "Success", "NoError", result)

    def _visible(self, name: str) -> list[Entry]:
        """What answers to `name` and stands in the address lists: an address, an X.500 name, or the
        beginning of a name."""
        kind, _, rest = name.partition(":")
        wanted = (rest if kind.lower() in ("smtp", "ex") else name).lower()
        found: Iterable[Entry]
        if "@" in wanted:
            found = self.world.by_address.get(wanted, ())
        elif wanted.startswith("/o="):
            found = (entry for entry in self.world.by_id.values() if _x500(entry).lower() == wanted)
        else:
            found = (entry for entry in self.world.by_id.values() if _is_called(entry, wanted))
        return [entry for entry in found if not getattr(entry, "hidden_from_address_lists", False)]

    def _members(self, group: Group) -> list[str]:
        """Direct members that mail can reach; Exchange lists no others."""

        def make() -> list[str]:
            return [entry.id for entry in self.world.members(group) if recipients.address_of(entry)]

        return cast(list[str], self._memory.get(group.id, make))

    @property
    def _mailboxes(self) -> Fragments:
        by_id = self.world.by_id
        kept = self._memory.get("mailboxes", lambda: Fragments(lambda id: _mailbox(by_id[id])))
        return cast(Fragments, kept)


def _refuse_ids(operation: Element) -> str:
    ids = operation.findall(f"{{{soap.MESSAGES}}}SourceIds/*")
    return soap.message("ConvertId", "Error", "ErrorInvalidIdMalformed") * len(ids)


def _is_called(entry: Entry, name: str) -> bool:
    return any(
        other.lower().startswith(name) for other in (entry.name, *entry.name.split(), *addresses_of(entry))
    )


def _x500(entry: Entry) -> str:
    return f"{_FOLDER}{recipients.guid_of(entry).replace('-', '')}-{recipients.alias_of(entry)}"


def _mailbox(entry: Entry, *, by_name: bool = False) -> bytes:
    if isinstance(entry, Group):
        kind = _MAILBOX_TYPES.get(entry.kind, "PublicDL")
    else:
        kind = "Contact" if isinstance(entry, Contact) else "Mailbox"
    address = _x500(entry) if by_name else recipients.address_of(entry) or ""
    return (
        f"<t:Mailbox><t:Name>{escape(entry.name)}</t:Name><t:EmailAddress>{escape(address)}</t:EmailAddress>"
        f"<t:RoutingType>{'EX' if by_name else 'SMTP'}</t:RoutingType>"
        f"<t:MailboxType>{kind}</t:MailboxType></t:Mailbox>"
    ).encode()


def _expansion(mailboxes: list[bytes], total: int) -> str:
    is_whole = str(len(mailboxes) == total).lower()
    return (
        f'<m:DLExpansion TotalItemsInView="{total}" IncludesLastItemInRange="{is_whole}">'
        f"{b''.join(mailboxes).decode()}</m:DLExpansion>"
    )


def _unauthorized(world: World) -> Response:
    resource = "00000002-0000-0ff1-ce00-000000000000"
    challenge = f'Bearer client_id="{resource}", authorization_uri="{world.origin}/common/oauth2/authorize"'
    return Response(status_code=401, headers={"WWW-Authenticate": challenge})
