"""Mail in the simulated tenant, and what its readers do with it."""
