"""One simulated deployment: the outside, Rollcall's processes, and how both are called."""

from __future__ import annotations

import json
import logging
import re
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import azure.functions as func

from sandbox.entra import tokens
from shared import errors
from shared.services.process import Services
from shared.settings import Settings
from shared.tracking.mail.keys import ASK_AGAIN_AFTER, SECRET
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.privacy.opt_outs import of_message, of_person
from shared.tracking.recording.events import Event
from shared.tracking.recording.journal import Journal
from shared.web.callers import Callers
from tests.simulation import process as processes
from tests.simulation.doors import Identity, Known, handlers
from tests.simulation.outside import HOST, ORIGIN, STORAGE, Outside
from tests.simulation.primitives import State
from tests.simulation.process import Gone, Process, request
from tests.simulation.tables import Asked
from tests.simulation.tenants import ADMIN, draw_tenant
from tests.simulation.weather import NOTHING
from tests.simulation.wire import install as install_wire

PUBLIC = "http://localhost:7071"
_BOUND = 200.0
"""Seconds that an answer may take, beside those that wait for a walk."""
_STRUCK = 0.004
"""How many answers are their process's last deed."""
_STRUCK_AWAY = 0.25
"""How many while storage is away: the platform ends processes that answer its health check badly."""
_WALKS = {"expansions_create"}
_RECORD = re.compile(r"rollcall-entry\.\S+")
SOURCES = ("graph", "graph", "graph,exchange", "graph,exchange", "graph,ews", "graph,exchange,ews")


class World:
    """One deployment, from its first process to the last. `wrong` is what should not be."""

    def __init__(self, seed: int) -> None:
        scheduler = State.scheduler
        self.seed = seed
        self.draw = scheduler.random
        self.tenant = draw_tenant(self.draw)
        self.outside = Outside(self.tenant, self.draw, lambda: State.scheduler.now)
        services = self.outside.services
        services["localhost"] = services[f"{HOST}/secrets"]
        install_wire(services)
        self.handlers, self.hot = handlers()
        self.settings = self._settings()
        self.processes: list[Process] = []
        self.started = 0
        self.ended_at = 0.0
        """When nobody was busy any more: what comes then is the purge alone."""
        self.wrong: list[str] = []
        self.log: list[str] = []
        self.calls: Counter[str] = Counter()
        self._tokens: dict[str, tuple[str, float]] = {}
        self.offered: dict[Event, tuple[str, bytes, float, Process]] = {}
        self.kept: dict[Event, float] = {}
        self.hits = self.reading_now = 0
        self.rotated_at = 0.0
        self.reading = self.draw.choice((10.0, 60.0, 600.0))
        """Seconds between two looks of one reader at a mail, on the whole."""
        self.erased: dict[str, list[float]] = {}
        """When the erasures began that came to their end, by address."""
        self.objections: dict[str, list[tuple[float, bool, bool]]] = {}
        """By reference: when, whether somebody objects or withdraws that, and whether that only began."""
        self._watch_log()
        self._watch_journal()

    # -- what is stored, and who objects

    def row(self, table: str, partition: str, key: str) -> dict[str, Any] | None:
        """A row as it is stored."""
        held = self.outside.tables.tables.get(table, {}).get(partition)
        return held.rows[key].values if held and key in held.rows else None

    def recipients(self, message: str) -> list[str]:
        """The addresses that are kept of a message."""
        found: list[str] = []
        for _, key, values in self.outside.tables.rows("MessageParts", message):
            if key.startswith("recipients-"):
                columns = sorted(name for name in values if name.startswith("data") and "@" not in name)
                packed = b"".join(b64decode(values[name]) for name in columns)
                found += zlib.decompress(packed).decode().split("\n")
        return found

    def signer(self) -> Signer | None:
        """The keys as the vault has them."""
        versions = self.outside.world.secrets.get(SECRET)
        return Signer(Keyring.parse(versions[-1].value)) if versions else None

    def damaged(self, what: str) -> None:
        """`what` called a token of ours damaged; but a process asks for newer keys once in some seconds."""
        if State.scheduler.now - self.rotated_at > ASK_AGAIN_AFTER + 1:
            self.blame(f"{what} calls a good token damaged")

    def person(self, address: str) -> str | None:
        """What stands for an address among objections."""
        signer = self.signer()
        return of_person(signer.person(address)) if signer else None

    def objecting(self, reference: str, objects: bool, *, began: bool) -> None:
        """Somebody asked to object, or to withdraw that; or was told that it is so."""
        self.objections.setdefault(reference, []).append((State.scheduler.now, objects, began))
        row = self.row("OptOuts", "objection", reference)
        busy = sum(1 if b else -1 for _, _, b in self.objections[reference])
        of_mail = reference.split("-")[1] if reference.startswith("recipient-") else ""
        if of_mail and self.row("OptOuts", "objection", of_message(of_mail)):
            return  # it is deleted, and nothing of it recorded: there is nothing left to object to
        if not began and not busy and (row is not None) != objects:
            self.blame(
                f"{reference} was told that it {'objects' if objects else 'objects no more'}: it is not so"
            )

    # -- processes

    def start(self) -> Process:
        """One more process."""
        self.started += 1
        skew = self.draw.choice((0.0, 0.0, self.draw.uniform(-2, 2), self.draw.uniform(-20, 20)))
        made = Process(f"process {self.started}", self.settings, skew, self._adjust)
        self.processes.append(made)
        return made

    def alive(self) -> list[Process]:
        """Those that run; one at least."""
        self.processes = [process for process in self.processes if process.alive]
        if not self.processes:
            self.start()
        return self.processes

    def any(self) -> Process:
        """One of those that run."""
        return self.draw.choice(self.alive())

    def _adjust(self, services: Services) -> None:
        services.__dict__["identity"] = Identity(self.outside.world)
        services.__dict__["callers"] = Known(Callers(services.settings))

    def _settings(self) -> Settings:
        tenant = self.tenant
        return Settings.from_env(
            {
                "ROLLCALL_TENANT_ID": tenant.tenant_id,
                "ROLLCALL_CLIENT_ID": tenant.client_id,
                "ROLLCALL_ADDIN_CLIENT_IDS": self.outside.world.addin.client_id,
                "ROLLCALL_DIRECTORIES": self.draw.choice(SOURCES),
                "ROLLCALL_AUTHORITY": ORIGIN,
                "ROLLCALL_GRAPH_URL": f"{ORIGIN}/v1.0",
                "ROLLCALL_EXCHANGE_URL": f"{ORIGIN}/adminapi/v2.0",
                "ROLLCALL_EWS_URL": f"{ORIGIN}/EWS/Exchange.asmx",
                "ROLLCALL_KEY_VAULT_URL": "https://localhost",
                "ROLLCALL_PUBLIC_URL": PUBLIC,
                "ROLLCALL_STORAGE_CONNECTION": STORAGE,
                "ROLLCALL_MODES": "counting,pseudonymous,individual",
                "ROLLCALL_INDIVIDUAL_BASIS": "objection",
                "ROLLCALL_CONCURRENCY": "3",
                # Reports that tell all, or of groups alone.
                "ROLLCALL_SMALLEST_GROUP": self.draw.choice(("1", "1", "5")),
            }
        )

    # -- calls

    def call(
        self,
        name: str,
        who: str = "",
        *,
        body: Any = None,
        form: str = "",
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        process: Process | None = None,
        **route: str,
    ) -> func.HttpResponse:
        """What the route `name` answers to the person `who` (an id). Raises Gone where no answer came."""
        handler, method = self.handlers[name]
        sent = {"content-type": "application/json"} if body is not None else {}
        if who:
            sent["authorization"] = f"Bearer {self._token(who)}"
        content = form.encode() if form else b"" if body is None else json.dumps(body).encode()
        req = request(
            method, PUBLIC, body=content, headers=sent | dict(headers or {}), params=params or {}, route=route
        )
        began, on = State.scheduler.now, process or self.any()
        self.calls[name] += 1
        try:
            answer = on.call(handler, req, hot=name in self.hot)
        except Gone as gone:
            if gone.args == ("cut",) and name not in _WALKS:
                self.blame(f"{name} did not answer within {processes.PLATFORM:.0f} s")
            raise
        except Exception as error:
            self.blame(f"{name} raised {error!r}")
            raise Gone from error
        took = State.scheduler.now - began
        if took > _BOUND and name not in _WALKS:
            self.blame(f"{name} took {took:.0f} s")
        self._judge(name, answer)
        climate = self.outside.climate
        if not climate.is_calm and self.draw.random() < (_STRUCK_AWAY if climate.is_away else _STRUCK):
            on.kill()
        return answer

    def _judge(self, name: str, answer: func.HttpResponse) -> None:
        """No 5xx but those that say what is wrong with somebody else."""
        status, body = answer.status_code, answer.get_body()
        State.scheduler.note(name, status)
        if status < 500:
            return
        if status not in (502, 503, 504):
            self.blame(f"{name} answered {status}: {body[:300]!r}")
        if answer.mimetype == "application/problem+json":
            said = json.loads(body)
            if not (str(said.get("detail")).endswith(".") and str(said.get("remedy")).endswith(".")):
                self.blame(f"{name} answered {status} without words: {body[:300]!r}")
        elif b"<h1>" not in body:
            self.blame(f"{name} answered {status} without words: {body[:300]!r}")

    def _token(self, who: str) -> str:
        known, until = self._tokens.get(who, ("", 0.0))
        if State.scheduler.now < until:
            return known
        made = tokens.caller_token(self.outside.world, who, {})
        self._tokens[who] = made, State.scheduler.now + 3000
        return made

    def connect(self) -> bool:
        """What an admin and the service account do once, in one browser; whether it came to a good end."""
        if (start := self.call("connection_start", ADMIN)).status_code != 200:
            return False
        url = urlsplit(json.loads(start.get_body())["authorize_url"])
        form = urlencode({"account": self.tenant.service_account, "action": "accept"}).encode()
        target = f"{url.path}?{url.query.replace('response_mode=form_post', 'response_mode=query')}"
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = self.outside._ask(Asked("entra", "POST", target, headers, form), NOTHING)
        params = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
        cookie = start.headers["Set-Cookie"].partition(";")[0]
        end = self.call("connection_callback", params=params, headers={"cookie": cookie})
        return int(end.status_code) == 200

    # -- what is watched

    def blame(self, what: str) -> None:
        """This should not have been."""
        State.scheduler.note(what)
        moment = State.scheduler.now - 1000.0
        self.wrong.append(f"at {moment / 3600:.2f} h: {what}")

    def _watch_log(self) -> None:
        world = self

        class Watch(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                text = record.getMessage()
                if text.startswith("an entry is not stored yet"):
                    world.log.append(text)
                elif hasattr(errors, text.removeprefix("unexpected ").partition(" ")[0]):
                    return  # one of ours, which the reader was told of
                elif text.startswith("unexpected") or record.exc_info:
                    detail = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
                    if "Killed" not in detail:
                        world.blame(f"{record.name}: {text} {detail}")

        logger = logging.getLogger()
        logger.handlers[:] = [Watch()]
        for name in ("shared", "routes"):  # what the app prints is told here as well
            logging.getLogger(name).handlers.clear()
        logger.setLevel(logging.ERROR)

    def _watch_journal(self) -> None:
        """Take down what is offered to a journal, and what it calls safe."""
        world, add = self, _ADD

        async def watched(journal: Journal, message: str, event: Event, person: bytes, *more: Any) -> None:
            owner = State.scheduler.current.owner
            world.offered[event] = message, person, State.scheduler.now, owner
            await add(journal, message, event, person, *more)
            world.kept[event] = State.scheduler.now

        journal: Any = Journal
        journal.add = watched


_ADD = Journal.add
