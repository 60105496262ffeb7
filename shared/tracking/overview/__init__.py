"""What somebody sees of all their messages at once: found quickly, and never more than reports tell."""
