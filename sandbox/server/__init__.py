"""The sandbox as one server: every service of the tenant, its own pages and switches."""
