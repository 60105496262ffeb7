"""Every route and timer: read the request, make one call, answer. `function_app.py` puts them together.

    expansions   whom a mail reaches
    messages     a tracked mail, from its registration to its end
    results      what became of a message, for its owner and whoever may see it too
    feed         results for programs that copy them, without anybody signed in
    sharing      with whom its owner shares that
    tracking     the pixel and the links in a mail: for anyone, with a signed token
    objecting    objecting to being tracked: for anyone, with a signed link
    people       what is kept of one person, for admins
    connection   the service account, for admins
    audit        the trail, for admins
    notifications what the webhook's address is told, for admins
    addin        the add-in, the pages, the manifests: files, for anyone
    about        who calls, whether Rollcall works, the API's description
    rest         what is none of these: a problem below /api, a page elsewhere
    timers       what happens by itself
    chapter      how a route is declared, and what happens around its handler; no routes

What only some requests need is imported by those that need it: a pixel pays for each import of a cold start.

The host matches routes in the order of the functions' names, so no route may shadow another whatever the
order, but for the last, which takes what the others leave: other paths, and HEAD and every method not named.
"""
