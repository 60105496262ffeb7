"""What becomes of a mail.

tokens     the signed strings in tracking URLs, and the keys that sign them
keys       where the keys come from
urls       a URL as a browser would have it
links      which links may be tracked
"""
