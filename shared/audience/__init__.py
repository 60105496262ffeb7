"""Whom a mail reaches.

addresses    SMTP addresses and domains
directory    the words (list, page, mailbox) and the port every directory fills
patience     how long we may wait for a directory, and who told us to stop
problems     why a count may be short, in words for people
planner      which directory reads which list
lookup       what stands behind the typed addresses
walk         from typed addresses to unique recipients
record       what a walk found
balance      what it amounts to: the count, the tree, the balance sheet, the overlaps
warnings     what a sender wants to know before Send
cross_check  one list read by each directory in turn
expansions   a walk with an id: progress, survival, expiry
"""
