"""Copies: a mail that its sender's own devices send to each recipient alone."""
