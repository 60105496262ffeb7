"""What becomes of a mail.

tokens      the signed strings in tracking URLs
keys        where the keys come from
urls        a URL as a browser would have it
links       which links may be tracked, and what a tracked one looks like
messages    tracked mails, from their registration to their end
mails       what stands in them
sharing     who may see a message besides its owner

tracker     the two things a recipient's client does: fetch the pixel, follow a link
hits        what is kept of a request
networks    whose network it came from
opt_outs    who objects
objections  objecting, and withdrawing that
people      what is kept of one person: shown, and erased
person      what an answer says of one
events      what is kept of what was done, and many events as bytes
journal     how events are stored before their requests are answered
batches     the journal's small change
records     entries as text, in the overflow queue and in the log
overflow    bringing home the entries that took the long way

verdicts    whether an event was a person's doing: the rules
bursts      several links at once
folding     from the journal to a summary, each entry once
summaries   what events add up to
reports     what became of a message
sheets      reports as CSV
"""
