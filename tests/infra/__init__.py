"""The templates and the registration of the app."""
