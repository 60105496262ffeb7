"""Objecting, showing what is kept of a person, erasing it."""
