"""The simulated Exchange: the Admin API and Exchange Web Services."""
