"""The table in `privacy.md` of what is kept where, and until when, from `shared/tracking/privacy/ends.py`."""

from __future__ import annotations

from pathlib import Path

from shared.tracking.privacy.ends import ENDS

PAGE = Path(__file__).parent / "privacy.md"
BEGIN, END = "<!-- the ends, made by `dev.py docs` -->\n", "<!-- until here -->\n"


def privacy_page() -> str:
    """The page as it stands, with the ends as the code has them."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = ["| where | what | until | ended by |", "|---|---|---|---|"]
    rows += [f"| {end.place} | {end.holds} | {end.until} | {end.by} |" for end in ENDS]
    return f"{before}{BEGIN}\n" + "\n".join(rows) + f"\n\n{END}{after}"
