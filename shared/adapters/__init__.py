"""One outside system per file; each speaks our errors and none knows another."""
