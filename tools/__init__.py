"""What is needed to release Rollcall. Never deployed."""
