"""A tracked mail: what stands in it, what was signed, who may see it."""
