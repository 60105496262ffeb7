"""Table Storage.

account      the storage account, its patience and its errors
expansions   expansions and their recipients
sign_ins     the service account's sign-ins under way
audit        the audit trail
claims       which of several processes does a thing
messages     tracked mails, their links and recipients
parts        large values as numbered rows
sightings    what the canary list last amounted to
"""
