"""The tables in `agreement.md`, and the schema beside it, from `shared/agreement`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from shared.agreement.allowances import MEANINGS
from shared.agreement.terms import Agreement

PAGE = Path(__file__).parent / "agreement.md"
TERMS = ("<!-- the terms, made by `dev.py docs` -->\n", "<!-- until here -->\n")
ALLOWANCES = ("<!-- what may be allowed, made by `dev.py docs` -->\n", "<!-- until here, too -->\n")


def schema() -> dict[str, Any]:
    """An agreement as JSON Schema. What contradicts itself, it does not tell: verifying does."""
    made = msgspec.json.schema(Agreement)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_page() -> str:
    """The schema as a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def agreement_page() -> str:
    """The page as it stands, with the terms, and what may be allowed, as the code has them."""
    kinds = schema()["$defs"]
    fields = kinds["Agreement"]["properties"]
    terms = ["| field | what may stand there | |", "|---|---|---|"]
    terms += [
        f"| `{name}` | {_values(field, kinds)} | {field['description']} |" for name, field in fields.items()
    ]
    allowed = ["| word | what it allows |", "|---|---|"]
    allowed += [f"| `{word}` | {meaning} |" for word, meaning in MEANINGS.items()]
    page = PAGE.read_text(encoding="utf-8")
    return _filled(_filled(page, TERMS, terms), ALLOWANCES, allowed)


def _values(field: dict[str, Any], kinds: dict[str, Any]) -> str:
    if "$ref" in field:
        return _values(kinds[field["$ref"].rpartition("/")[2]], kinds)
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    if field["type"] == "array":
        most = field["maxItems"]
        inner = field["items"]
        what = (
            "words of the table below"
            if inner.get("$ref", "").endswith("Allowance")
            else _values(inner, kinds)
        )
        return f"a list of at most {most}: {what}"
    if field["type"] == "integer":
        return f"{field['minimum']} to {field['maximum']}"
    return "a moment, `2027-01-01T00:00:00+01:00`" if field.get("format") else "a line of text"


def _filled(page: str, marks: tuple[str, str], rows: list[str]) -> str:
    before, begin, rest = page.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    return f"{before}{begin}\n" + "\n".join(rows) + f"\n\n{end}{after}"
