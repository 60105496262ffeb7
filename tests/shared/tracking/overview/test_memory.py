"""What is remembered, and what goes."""

from __future__ import annotations

from shared.tracking.overview.memory import Memory


def test_what_nobody_asked_for_the_longest_goes() -> None:
    memory = Memory[str, str](10, len)
    memory.put("a", "four")
    memory.put("b", "four")
    assert memory.get("a") == "four"
    memory.put("c", "four")
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == ("four", None, "four")


def test_a_new_value_takes_the_place_of_the_old_one() -> None:
    memory = Memory[str, str](10, len)
    for _ in range(5):
        memory.put("a", "four")
    memory.put("b", "four")
    assert memory.get("a") == memory.get("b") == "four"


def test_what_is_too_large_is_not_remembered() -> None:
    memory = Memory[str, str](3, len)
    memory.put("a", "four")
    assert memory.get("a") is None
