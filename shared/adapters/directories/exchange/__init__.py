"""The Exchange Online Admin API (preview) as a directory.

directory   what is asked, and what the answers mean for delivery
answers     the shapes of the API's answers and refusals, decoded straight from their bytes
transport   patience: throttling, trying again, a refused access token; what a refusal means
"""

from shared.adapters.directories.exchange.directory import ExchangeDirectory

__all__ = ["ExchangeDirectory"]
