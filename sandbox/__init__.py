"""A simulated Microsoft 365 tenant on loopback, and the local Functions host. Never deployed."""
