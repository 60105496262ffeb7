"""One outside system each, at the wire."""
