"""Whom a mail reaches."""
