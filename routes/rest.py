"""What no other route serves: problem details below /api, a page everywhere else.

The host asks the functions in the order of their names, whatever their methods: this one is the last.
"""

from __future__ import annotations

import re
from functools import cache

import azure.functions as func

from routes.chapter import Chapter, declared
from shared.web import response
from shared.web.nowhere import MethodNotAllowed, NoSuchAddress

routes = Chapter(__name__, __doc__)

FOR_PROGRAMS = "The page /api shows what there is."


@routes.take_rest("{*path}")
def zz_rest(req: func.HttpRequest) -> func.HttpResponse:
    """Say that there is nothing, or that what there is takes no such request."""
    path = req.route_params.get("path") or ""
    if not path:
        return response.no_content()  # as the host answers where its own home page is switched off
    served = [one for one in declared() if _pattern(one.path).fullmatch(path)]
    if served:
        refusal = MethodNotAllowed(sorted({method for one in served for method in one.methods}))
        return response.door_of(served[0])(refusal)
    if path.lower().partition("/")[0] == "api":
        return response.problem(NoSuchAddress(remedy=FOR_PROGRAMS))
    return response.error_page(NoSuchAddress())


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What a path looks like that a route with this template serves, as the host compares them."""
    parts = re.split(r"(/?\{\*?\w+\})", template)
    spelt = (
        re.escape(part) if not part.endswith("}") else "(?:/.*)?" if "*" in part else "/[^/]+"
        for part in parts
    )
    return re.compile("".join(spelt) + "/?", re.IGNORECASE | re.DOTALL)
