"""From the journal to a report: who was a person, and what it adds up to."""
