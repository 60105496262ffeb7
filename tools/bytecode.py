"""What Python makes of the app's code, deployed beside it.

A function app's folder can be read and not written: without this, every cold start compiles each module that
it imports once more. Python uses it where its version is the one that made it, and judges it by the hash of
the source, so what was made of other code is passed over. Source: PEP 552.
"""

from __future__ import annotations

import marshal
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash

_CHECKED = (0b11).to_bytes(4, "little")  # judged by a hash, and that hash by the source
_WITHOUT_REFERENCES = 2
"""The version of the format. Later ones say which objects came before, which depends on who else in this
process holds them: two packages of the same files would differ."""


def bytecode_of(source: bytes, name: str) -> bytes:
    """The file that Python keeps of the module `name`, a path; the same bytes from the same source."""
    code = compile(source, name, "exec", dont_inherit=True)
    return MAGIC_NUMBER + _CHECKED + source_hash(source) + marshal.dumps(code, _WITHOUT_REFERENCES)


def place_of(name: str) -> str:
    """Where Python looks for the bytecode of the module `name`, a path."""
    return cache_from_source(name)
