"""The service account's life: signing in, watching, disconnecting."""
