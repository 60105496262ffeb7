"""The app through its public door."""
