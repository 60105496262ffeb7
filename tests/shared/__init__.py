"""The app's own code, room by room."""
