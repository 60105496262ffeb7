"""Everything at once: Azurite, the tenant and the app; every process ends with its parent."""
