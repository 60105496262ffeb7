"""The function app, put together: each line is a module of `routes/`, whose docstring says what it is about.

Nothing here is more than a list, so that a cold start reads no setting and opens no connection.
"""

import azure.functions as func

from routes import (
    about,
    addin,
    audit,
    connection,
    dashboard,
    expansions,
    feed,
    links,
    me,
    messages,
    people,
    rest,
    results,
    sharing,
    timers,
    tracking,
)
from shared import console

console.listen()
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

for chapter in (
    expansions,  # POST, GET, DELETE /api/expansions
    messages,  # POST, GET, DELETE /api/messages
    links,  # GET, PUT, DELETE /api/messages/{id}/links
    results,  # GET /api/messages/{id}/report
    dashboard,  # GET /api/dashboard
    feed,  # GET /api/feed
    sharing,  # GET, PUT /api/messages/{id}/readers
    tracking,  # GET /o/{token}, /c/{token}
    people,  # GET, DELETE /api/people, /p
    me,  # GET /me, /api/me/measuring, /api/me/kept
    connection,  # GET, DELETE, POST /api/connection
    audit,  # GET /api/audit
    addin,  # GET /addin
    about,  # GET /api/health, /api/openapi.json, /api
    rest,  # what none of these serves
    timers,
):
    app.register_functions(chapter.routes)
