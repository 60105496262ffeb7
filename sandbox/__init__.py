"""A simulated Microsoft 365 tenant on loopback, and the local Functions host. Never deployed.

The tenant       tenant (its data), world (what runs), server and serving (over TLS), faults (what goes wrong
                 on purpose), certificates, control (its own pages and switches), pages/, tenants/
Outlook          outlook/ (a compose window with the add-in in it, Office.js's stand-in, simulated mailboxes)
Entra ID         entra, sign_in, grants, clients, tokens, signing, permissions, aadsts
Key Vault        vault, and the managed identity
Microsoft Graph  graph, graph_calls, graph_answers, graph_sending, entities, odata, cors
Exchange         exchange (the Admin API), ews, soap, recipients, quirks
Generated        enterprise, maker; fragments keeps what was rendered
Functions host   host, routing, worker, timers
All at once      stack, demo, processes, tether, loopback, azurite/
"""
