"""Where lists and their members are read: Microsoft Graph, the Exchange Admin API, Exchange Web Services."""
