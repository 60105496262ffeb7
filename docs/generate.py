"""Writes the pages of `docs/` that the code knows best. Tests fail while they differ from it.

python dev.py docs
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from shared.settings import Settings

HERE = Path(__file__).parent


def settings_page() -> str:
    """`settings.md`: every setting, from `shared/settings.py`."""
    rows = ["| setting | default | |", "|---|---|---|"]
    for setting in fields(Settings):
        data = setting.metadata
        default = "required" if data["required"] else f"`{data['default']}`" if data["default"] else "empty"
        secret = " Secret." if data["secret"] else ""
        rows.append(f"| `{data['name']}` | {default} | {data['meaning']}{secret} |")
    return "\n".join(
        [
            "# Settings",
            "",
            "Rollcall reads its settings from the function app's application settings, once per process. It",
            "says everything that is missing or malformed at once, in its log, and answers 503 until that is",
            "put right. A setting that names an outside service is an https URL, and TLS is always verified;",
            "an authority of your own is trusted through `REQUESTS_CA_BUNDLE` and `SSL_CERT_FILE`.",
            "Durations are in seconds. Secrets are not settings: they are in Key Vault",
            "(`rollcall-client-secret` or `rollcall-client-certificate`, and `rollcall-token-cache`, which",
            "Rollcall writes itself).",
            "",
            *rows,
            "",
            "`local.settings.sample.json` has the same settings, with the values of `python3 dev.py up`,",
            "which says at its start where they differ from those of a deployment that sets nothing.",
            "",
        ]
    )


PAGES = {"settings.md": settings_page}


def main() -> None:
    """Write every page: those made of the code, and the one made of what it does in the sandbox."""
    from docs.agreements import agreement_page, schema_page
    from docs.answers import answers_page
    from docs.compatibility import compatibility_page
    from docs.ends import privacy_page
    from docs.house import architecture_page
    from docs.verdicts import verdicts_page

    made = {
        "agreement.md": agreement_page,
        "agreement.schema.json": schema_page,
        "answers.md": answers_page,
        "architecture.md": architecture_page,
        "compatibility.md": compatibility_page,
        "privacy.md": privacy_page,
        "verdicts.md": verdicts_page,
    }
    for name, page in {**PAGES, **made}.items():
        (HERE / name).write_text(page(), encoding="utf-8", newline="\n")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
