"""The simulated tenant: its data, what runs in it, what goes wrong on purpose."""
