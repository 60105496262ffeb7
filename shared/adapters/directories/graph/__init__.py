"""Microsoft Graph as a directory.

directory   what is asked, and what the answers mean for delivery
answers     the shapes of Graph's answers, decoded straight from their bytes
transport   patience: throttling, trying again, a refused access token
wire        one request, plain or batched, and its answer
"""

from shared.adapters.directories.graph.directory import GraphDirectory

__all__ = ["GraphDirectory"]
