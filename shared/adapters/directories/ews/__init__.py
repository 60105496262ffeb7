"""Exchange Web Services as a directory: on-premises, and in Exchange Online until 1 April 2027.

directory   what is asked, and what the answers mean for delivery
transport   patience: throttling, trying again, a refused access token; what a refusal means
retirement  when they end in Exchange Online, and what is lost by it
services    exchangelib's two services, asked once and read as a stream
connections exchangelib's connections, with our own sign-in, time limit and judgement of statuses
"""

from shared.adapters.directories.ews.directory import EwsDirectory

__all__ = ["EwsDirectory"]
