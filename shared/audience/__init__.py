"""Whom a mail reaches.

addresses   SMTP addresses and domains
directory   the words (list, page, mailbox) and the port every directory fills
patience    how long we may wait for a directory, and who told us to stop
problems    why a count may be short, in words for people
walk        from typed addresses to unique recipients
balance     what was read and what became of it
expansions  a walk with an id: progress, survival, expiry
"""
