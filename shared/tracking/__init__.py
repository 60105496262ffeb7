"""What becomes of a mail.

tokens     the signed strings in tracking URLs
keys       where the keys come from
urls       a URL as a browser would have it
links      which links may be tracked, and what a tracked one looks like
messages   tracked mails, from their registration to their end
mails      what stands in them
"""
