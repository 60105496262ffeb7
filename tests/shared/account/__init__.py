"""The service account's life."""
