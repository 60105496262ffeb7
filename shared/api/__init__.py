"""The words of the API, and its description of itself."""
