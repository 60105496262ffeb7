"""The name that tells one environment's registrations from another's: as main.bicep makes it."""

from __future__ import annotations

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
WORD = 0xFFFFFFFF


def name_registrations(subscription_id: str, environment: str, location: str) -> str:
    """What both registrations' unique names begin with, the same as in a deployment."""
    label = environment.replace("_", "-").replace(".", "-").lower()
    token = unique_string(f"/subscriptions/{subscription_id}", environment, location)
    return f"rollcall-{label}-{token}"


def unique_string(*values: str) -> str:
    """What `uniqueString` of a template makes of these values.

    A MurmurHash3 of 64 bits for 32-bit machines over the values with `-` between them, in base 32. Microsoft
    does not describe it; a test asks its compiler.
    """
    data = "-".join(values).encode()
    high, low = 0, 0
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        low = _turn(low ^ _first(data[at : at + 4]), 19) + high
        low = low * 5 + 0x561CCD1B & WORD
        high = _turn(high ^ _second(data[at + 4 : at + 8]), 13) + low
        high = high * 5 + 0x0BCAA747 & WORD
    low ^= _first(data[whole : whole + 4]) ^ len(data)
    high ^= _second(data[whole + 4 :]) ^ len(data)
    low = low + high & WORD
    high = high + low & WORD
    low, high = _mix(low), _mix(high)
    low = low + high & WORD
    high = high + low & WORD
    number = high << 32 | low
    return "".join(
        ALPHABET[number >> 59 - 5 * at & 31 if at < 12 else (number & 15) << 1] for at in range(13)
    )


def _first(data: bytes) -> int:
    return _turn(int.from_bytes(data, "little") * 0x239B961B & WORD, 15) * 0xAB0E9789 & WORD


def _second(data: bytes) -> int:
    return _turn(int.from_bytes(data, "little") * 0xAB0E9789 & WORD, 17) * 0x239B961B & WORD


def _turn(value: int, bits: int) -> int:
    return (value << bits | value >> 32 - bits) & WORD


def _mix(value: int) -> int:
    value = (value ^ value >> 16) * 0x85EBCA6B & WORD
    value = (value ^ value >> 13) * 0xC2B2AE35 & WORD
    return value ^ value >> 16
