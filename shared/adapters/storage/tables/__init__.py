"""Table Storage.

account      the storage account, its patience and its errors
expansions   expansions and their recipients
sign_ins     the service account's sign-ins under way
claims       which of several processes does a thing
messages     tracked mails, their links and recipients
parts        large values as numbered rows
journal      events
rows         rows over plain HTTP
opt_outs     objections to tracking
summaries    what events add up to
"""
