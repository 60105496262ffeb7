"""The words of the API about what people are called."""

from __future__ import annotations

import msgspec


class NamesAnswer(msgspec.Struct, frozen=True):
    """By object id, as the directory has it now. Who is not there, or cannot be looked up now, is missing."""

    names: dict[str, str]
