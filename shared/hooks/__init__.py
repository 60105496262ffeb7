"""Webhooks: what the address that an admin names is told, and that nothing of it is lost."""
