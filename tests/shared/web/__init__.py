"""HTTP: callers, errors, rates."""
