"""A stand-in for Outlook, in plain HTTP on loopback: the add-in can be tried and tested without the real one.

    http://localhost:8444/outlook      the compose window, the add-in's own pane beside it, the mailboxes
    http://localhost:8444/office.js    Office.js's stand-in, for ROLLCALL_OFFICE_JS_URL

The pages of the add-in are the app's own, unmodified: office.js, loaded into them, talks to the compose
window
by postMessage, and installs `nestedAppAuthBridge` for MSAL.js. Where the app is, says `--app`, or
`PUT /_sandbox/app {"url": ..}` on the sandbox's TLS listener.

Python
    listener     the routes and who may use them        pages        files, and office.js put together
    addin        what the app's manifest says           sign_in      the tokens of nested app authentication
    mail         delivery to the tenant's mailboxes     readers      what each kind of mail client does
    agents       does it, when its time has come        markup       links and pictures in a mail
JavaScript, in static/
    office/      office.js, in the order of OFFICE in pages.py
    compose/     the compose window; main.js begins, calls.js answers Office calls

The test door, in the compose window. Await `outlook.ready` first; what does something is async.

    outlook.load({from, to, cc, bcc, subject, html, type, quoted, compose, attachments,
                  properties, deliverAt})
        A new draft; what is left out is empty (from: as before). Recipients are addresses or
        {emailAddress, displayName, recipientType}, which stays as given. `type` is "html" or "text". `quoted`
        is the thread below a reply, which BodyMode.HostConfig does not see; `compose` what kind of mail
        Outlook says that it is ("reply" with a `quoted`, else "newMail"), `deliverAt` when it
        is to be delivered, in milliseconds since 1970. The pane is closed.
    outlook.knobs        what goes otherwise than well, an ordinary object; all are in static/compose/knobs.js
        fail         {"body.setAsync": true, "item.sendAsync": {code, name, message}}: this call fails
        silent       ["to.getAsync"]: this call is never answered
        latency      milliseconds before each answer
        cap          recipients that getAsync gives (1000, 500, 100; 0: all)
        hints        {"sales-team@company.com": "user"}: wrong recipientType; "*" is for all
        sets         {Mailbox: "1.16", NestedAppAuth: "1.1", ..}: isSetSupported; what a set of Mailbox brings
                     is
                     there only with it, and without NestedAppAuth there is no bridge
        mangle       what becomes of HTML that setAsync writes: any of "drop inline images", "cut tail",
                     "requote attributes", "encode ampersands", "add wrapper", "drop pixel", or a function
        mangleRead   the same of what getAsync gives; mangleSent: of what is delivered
        canSetBody   false: as on phones
        naa          "ok"; "interaction": silent requests fail until somebody signed in; "refused"; "error";
                     "unavailable"
        autoSignIn   true: the dialog for signing in accepts by itself
        undoSeconds  how long Send can be undone (5); 0 delivers at once
        answersSend  true: a sendAsync that succeeded calls back; in Outlook nobody can count on that
        sendFails    true: sending fails, whoever asks for it
        losesDelivery  true: a mail whose sending an add-in stopped has no time of delivery any more
        alerts       false: OnMessageSend is not raised, as in a client without Smart Alerts
        eventRuntime "page": events.html in a hidden frame; "worker": events.js alone, without document
        theme        "", "light", "dark", "contrast"; outlook.theme(name) applies it and raises the event
    outlook.asClient(name)   sets, cap, runtime of "web", "new", "classic", "ltsc2024", "mac" or "mobile";
                             loads an
                             open pane again, as sets and sign-in are read when office.js starts
    outlook.resetKnobs(), outlook.reloadPane()
    outlook.state()      {from, to, cc, bcc, subject, html, quoted, type, properties, session, phase, sent,
                         dirty,
                         notifications, alert, signIn, paneOpen, mail}. `html` is the body byte for byte;
                         `phase`
                         is draft, checking, alert, undoable, scheduled or sent; `alert` is {text, buttons}
                         while it is open;
                         `mail` is {id, recipients, undeliverable} of what was delivered,
                         `opened` the new mails that the pane had Outlook open, as outlook.load takes them
    outlook.log          every Office call: {at, from: "pane" | "event" | "dialog", call, args, status, value,
                         error};
                         names are "to.getAsync", "body.setAsync", "customProperties.saveAsync",
                         "item.sendAsync"
    outlook.openPane(context), outlook.closePane()       the frame is iframe#pane; waits for its office.js
    outlook.read({html, properties})
        Opens the pane beside a mail that is read: the one just sent, as it lies in Sent Items with its custom
        properties, or that text and those properties. outlook.load ends it.
    outlook.send()       as the button; gives "sent", "undoable" (delivered later), "alert" or "failed"
    outlook.undo()       true when it came in time
    outlook.answerAlert("Send anyway"), outlook.answerSignIn(true)
    outlook.edit(html), outlook.setRecipients("to", [..]), outlook.setDeliverAt(milliseconds)
                         as if a person had done so
    outlook.mailboxes()  what was delivered and what became of it
    outlook.act({copy, does: "open" | "click", link})      by hand, in one mailbox
    outlook.setSpeed(n)  1 is the demo, two minutes; at 0 nothing happens by itself; at most 1000
    outlook.setClient(address, kind)      from the next mail on; the kinds are in readers.py
    outlook.empty(), outlook.showTab("mailboxes")

Over HTTP, JSON: GET /outlook/api/mailboxes, POST /outlook/api/send, act, speed, client, reset, token,
resolve.

When sending succeeds, the pane is closed, as Outlook's window is. Undone, the draft is back with its custom
properties, and the pane is to be opened again.

Time. The app's rules look at real time since `sent`: a click within 60 s is unsure at best, an open from
Microsoft's network within 60 s too, a burst within 5 minutes is a machine's. At speed 1 scanners come after 5
to 25 s, people from 30 s on, their clicks from 70 s on, and all is over after 120 s.
"""
