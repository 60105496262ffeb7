"""The storage account: tables, queues, and plain HTTP to both for what is in a hurry."""
