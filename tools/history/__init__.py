"""A year of mails for the sandbox, so that a newcomer sees a filled product: `dev.py up --history`.

Mails are registered, sent and reported on by the app's own code, on a clock that begins a year ago; what
their readers do is what the sandbox's mailboxes do. All of it goes into the storage of this machine.
"""
