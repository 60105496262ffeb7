"""The local Functions host."""
