"""The maintained list of crawlers' user agents."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(4096)
def is_crawler(agent: str) -> bool:
    """Whether crawler-user-agents knows this user agent, which may be a reduced one."""
    import crawleruseragents

    return bool(crawleruseragents.is_crawler(agent))
