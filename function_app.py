"""The function app, put together: each line is a module of `routes/`, whose docstring says what it is about.

Nothing here is more than a list, so that a cold start reads one setting, which part of the app this is, and
opens no connection. What a part does not serve it does not import.
"""

import os
from importlib import import_module

import azure.functions as func

from shared import console
from shared.setting_places import ROLE, TRACKING

READERS = (
    "tracking",  # GET /o/{token}, /c/{token}
    "objecting",  # GET, POST /p
    "rest",  # what none of these serves
)
EVERYBODY = (
    "expansions",  # POST, GET, DELETE /api/expansions
    "messages",  # POST, GET, DELETE /api/messages
    "copies",  # GET, PUT, PATCH /api/messages/{id}/copies
    "links",  # GET, PUT, DELETE /api/messages/{id}/links
    "results",  # GET /api/messages/{id}/report
    "dashboard",  # GET /api/dashboard, /api/dashboard/audience
    "feed",  # GET /api/feed
    "sharing",  # GET, PUT /api/messages/{id}/readers
    "tracking",
    "objecting",
    "people",  # GET, DELETE /api/people
    "me",  # GET /me, /api/me/measuring, /api/me/kept
    "connection",  # GET, DELETE, POST /api/connection
    "audit",  # GET /api/audit
    "notifications",  # GET /api/notifications
    "statement",  # GET /api/statement
    "addin",  # GET /addin
    "about",  # GET /api/health, /api/openapi.json, /api
    "rest",
    "timers",
)

console.listen()
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

for chapter in READERS if os.environ.get(ROLE, "").strip() == TRACKING else EVERYBODY:
    app.register_functions(import_module(f"routes.{chapter}").routes)
