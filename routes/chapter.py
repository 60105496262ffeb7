"""How a route is declared, and what happens around its handler.

A handler gets a `Call`: whoever calls was admitted, and everything that the route takes was read.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import azure.functions as func

from shared import console
from shared.api.declaration import (
    ADMIN,
    ANYONE,
    AUDITOR,
    NOBODY,
    OK,
    SELF,
    UNRECORDED,
    Declaration,
    Lines,
    Parameter,
    Program,
    Recording,
    Reply,
    Who,
)
from shared.errors import NotAllowed
from shared.languages.reader import listen
from shared.record_kinds import LOOKS_AT_MESSAGES, LOOKS_AT_PEOPLE, Written, recording
from shared.services.process import services
from shared.sights import ANY, watching
from shared.tracking.mail.owners import EVERY_OWNER, Colleague, Whose
from shared.web import cursors, response
from shared.web.headers import complete

if TYPE_CHECKING:
    from shared.agreement.allowances import Allowance
    from shared.web.callers import Caller

T = TypeVar("T")
H = TypeVar("H", bound=Callable[["Call"], Any])
Serve = Callable[[func.HttpRequest], func.HttpResponse]
Hot = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]
Takes = tuple[Parameter[Any], ...]

_declared: list[Declaration] = []


def declared() -> list[Declaration]:
    """Every route that there is."""
    import function_app  # noqa: F401 - each chapter in it declares its own

    return list(_declared)


def sealed_for(handler: Callable[[Call], Any], found: T, *brought: str) -> T:
    """The first page of what `handler` lists, for an answer of another route, with a cursor for the next.
    `brought` tells which listing, in the order of the declaration."""
    declaration = next(one for one in _declared if one.handler is handler)
    others = [taken for taken in declaration.takes if cursors.tells_apart(taken)]
    return cursors.sealed(found, cursors.listing_of(declaration, [*zip(others, brought, strict=True)]))


class Call:
    """A request to a route. `call[PARAMETER]` is what it brought."""

    def __init__(self, req: func.HttpRequest, caller: Caller | None, declaration: Declaration) -> None:
        self.req = req
        self._caller = caller
        self._brought = {taken: taken.read(req) for taken in declaration.takes}
        self._listing = cursors.listing_of(declaration, [*self._brought.items()])
        for taken in declaration.takes:
            if isinstance(taken, cursors.After):
                self._brought[taken] = cursors.read(taken, self._listing, self._brought[taken])

    def __getitem__(self, parameter: Parameter[T]) -> T:
        """The parameter's value. Raises KeyError where the route does not declare it."""
        value: T = self._brought[parameter]
        return value

    def sealed(self, found: T) -> T:
        """What is answered, with a cursor for the next page where it is one of several. A handler whose
        answer only holds a page asks for this itself."""
        is_listing = any(isinstance(taken, cursors.After) for taken in self._brought)
        return cursors.sealed(found, self._listing) if is_listing and hasattr(found, "next") else found

    def cursor(self, place: str) -> str:
        """The cursor that leads to `place` in this listing, for an answer that holds several."""
        return cursors.write(self._listing, place)

    @property
    def caller(self) -> Caller:
        """Who calls. Raises LookupError on a route for anyone."""
        if self._caller is None:
            raise LookupError("a route for anyone does not know who calls")
        return self._caller

    @property
    def reach(self) -> Whose:
        """Whose messages the caller may see: its own, its teams'; everybody's for an admin, and a program."""
        if self.caller.is_admin or self.caller.is_program:
            return EVERY_OWNER
        return Colleague(self.caller.id, self.teams) if self.teams else self.caller.id

    @property
    def manages(self) -> Whose:
        """Whose messages the caller may name, share and delete: nobody's for a program."""
        return "" if self.caller.is_program else self.reach

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that the caller is in, by name."""
        from shared.tracking.mail.teams import teams_of

        return teams_of(services().settings.teams, self.caller.known_as)


class Chapter(func.Blueprint):
    """Routes about one subject; `name` and the first line of `text` head them in the API's description."""

    def __init__(self, name: str, text: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._heading = (name.rpartition(".")[2], (text or "").partition("\n")[0])

    def declare(
        self,
        methods: str,
        path: str,
        *,
        who: Who,
        takes: Takes = (),
        answers: Mapping[int, str] = OK,
        recorded: Recording = UNRECORDED,
        limited: bool = False,
        program: Program | None = None,
        under: Allowance | None = None,
    ) -> Callable[[H], H]:
        """Serve `path` by the function below: its docstring is the description, its return annotation what is
        answered. What leaves it as an error is told as `is_page` says. Raises ValueError for what cannot be
        true."""

        def serve(handler: H) -> H:
            what = (self._heading, tuple(methods.split()), path, who, takes, answers)
            declaration = Declaration(*what, recorded, limited, handler, program, under)
            _register(declaration)

            door = response.door_of(declaration)
            # Whoever needs no sign-in may be a reader, of whose request nothing goes to the log.
            said = nullcontext if who is ANYONE else console.carried

            def guarded(req: func.HttpRequest) -> func.HttpResponse:
                listen(req.headers.get("accept-language"))
                with said():
                    found = response.guarded(handler.__name__, lambda: _serve(declaration, req), door)
                    return complete(req, found)

            self._publish(declaration, guarded)
            return handler

        return serve

    def declare_hot(
        self, methods: str, path: str, *, who: Who, takes: Takes, answers: Mapping[int, str]
    ) -> Callable[[Hot], Hot]:
        """Serve `path` by the coroutine below as it is: it reads the request itself and answers whatever
        happens. For what a cold start must not wait for."""

        def serve(handler: Hot) -> Hot:
            what = (self._heading, tuple(methods.split()), path, who, takes, answers)
            declaration = Declaration(*what, UNRECORDED, False, handler)
            _register(declaration)

            async def hot(req: func.HttpRequest) -> func.HttpResponse:
                return complete(req, await handler(req))

            self._publish(declaration, hot)
            return handler

        return serve

    def take_rest(self, path: str) -> Callable[[Serve], Serve]:
        """Serve what no route declares below `path` by the function below, whatever the method. It stands in
        no description, and its name must be the last of all."""

        def serve(handler: Serve) -> Serve:
            def rest(req: func.HttpRequest) -> func.HttpResponse:
                listen(req.headers.get("accept-language"))
                found = response.guarded(handler.__name__, lambda: handler(req), response.error_page)
                return complete(req, found)

            rest.__name__ = handler.__name__
            self.route(path)(rest)
            return handler

        return serve

    def _publish(self, declaration: Declaration, serve: Callable[..., Any]) -> None:
        serve.__name__ = declaration.handler.__name__
        self.route(declaration.path, methods=declaration.methods)(serve)


def _register(declaration: Declaration) -> None:
    in_path = {parameter.name for parameter in declaration.takes if parameter.place == "path"}
    if in_path != set(re.findall(r"{\*?(\w+)}", declaration.path)):
        raise ValueError(f"{declaration.path} declares {sorted(in_path)} in its path")
    if not declaration.handler.__doc__:
        raise ValueError(f"{declaration.handler.__name__} has no docstring to describe it")
    if declaration.who is ANYONE and declaration.limited:
        raise ValueError(f"{declaration.path} is for anyone, whose requests cannot be told apart")
    if declaration.program and (declaration.who in (ANYONE, SELF) or declaration.methods != ("GET",)):
        raise ValueError(f"{declaration.path} lets programs do more than read what others may not")
    if declaration.who is NOBODY and not declaration.program:
        raise ValueError(f"{declaration.path} lets nobody in")
    _declared.append(declaration)


def _serve(declaration: Declaration, req: func.HttpRequest) -> func.HttpResponse:
    caller: Caller | None = None
    try:
        caller = _admit(declaration, req)
        return _serve_caller(declaration, req, caller)
    except NotAllowed as error:
        from shared.web.callers import NotAdmitted

        person = error.person if isinstance(error, NotAdmitted) else caller.id if caller else ""
        if person:
            services().refusals.add(person, f"{req.method} /{declaration.path}")
        raise


def _serve_caller(
    declaration: Declaration, req: func.HttpRequest, caller: Caller | None
) -> func.HttpResponse:
    response.reader_is_admin.set(caller is not None and caller.is_admin)
    if declaration.limited and caller:
        services().rate.take(caller.id)
    if declaration.under:
        services().agreed.demand(declaration.under)
    call = Call(req, caller, declaration)
    with recording(declaration.recorded.kinds) as recorded, watching() as seen:
        found = call.sealed(declaration.handler(call))
    if declaration.recorded.always and not recorded:
        raise RuntimeError(f"{declaration.handler.__name__} did what it had to record, and did not")
    if _is_unrecorded(seen, recorded):
        raise RuntimeError(f"{declaration.handler.__name__} shows what single people did, unrecorded")
    return _answer(declaration, found)


def _is_unrecorded(seen: set[str], recorded: Written) -> bool:
    """Whether single people's acts are shown, of the messages `seen`, and a look at one is not recorded."""
    if not seen or any(kind in LOOKS_AT_PEOPLE for kind, _ in recorded):
        return False
    looked_at = {subject for kind, subject in recorded if kind in LOOKS_AT_MESSAGES}
    return not looked_at or not seen - {ANY} <= looked_at


_ONLY = {
    ADMIN: "Only a Rollcall admin may do this.",
    AUDITOR: "Only a Rollcall admin or auditor may do this.",
    NOBODY: "Only programs may do this.",
}


def _admit(declaration: Declaration, req: func.HttpRequest) -> Caller | None:
    """Who calls; None on a route for anyone. Raises NotAuthenticated or NotAdmitted."""
    who = declaration.who
    if who is ANYONE:
        return None
    shown, needs_role = req.headers.get("authorization"), who not in (SELF, AUDITOR)
    caller = services().callers.identify(shown, needs_role=needs_role, program=declaration.program)
    admitted = {ADMIN: caller.is_admin, AUDITOR: caller.is_auditor, NOBODY: False}
    if not caller.is_program and not admitted.get(who, True):
        from shared.web.callers import NotAdmitted

        raise NotAdmitted(caller.id, _ONLY[who])
    return caller


def _answer(declaration: Declaration, found: Any) -> func.HttpResponse:
    reply = found if isinstance(found, Reply) else Reply(found)
    if isinstance(found, func.HttpResponse):
        answer = found
    elif isinstance(found, Lines):
        answer = response.lines(found.values)
    elif reply.value is None:
        answer = response.no_content()
    else:
        status = reply.status or next(iter(declaration.answers))
        answer = response.answer(reply.value, status, reply.headers)
    if answer.status_code not in declaration.answers:
        name = declaration.handler.__name__
        raise RuntimeError(f"{name} answers {answer.status_code}, which it does not declare")
    return answer
