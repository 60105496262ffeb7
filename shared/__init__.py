"""Rollcall's own code; `routes`, one floor up, is what calls it. docs/architecture.md has its rooms."""
