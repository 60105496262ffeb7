"""One outside system per room; each speaks our errors and none knows another."""
