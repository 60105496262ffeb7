"""Writes `docs/answers.md`: what each answer of Microsoft's services means, and what a sender and an
administrator are told of it, as the API tells them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from shared.adapters.entra.refusals import REFUSALS
from shared.answers import ews, exchange, graph, storage, vault
from shared.answers.meaning import Course, Meaning, Table, directory_error, store_error
from shared.errors import RollcallError, VaultUnavailable
from shared.web import response

_DIRECTORIES = (graph.TABLE, exchange.TABLE, ews.TABLE)


def answers_page() -> str:
    """The page, a table for each service."""
    parts = [
        "# What Microsoft answers, and what people are told",
        "",
        "One table for each service, made of the same rows that Rollcall goes by. `again`: asked again, as",
        "long as the answer says to wait or with growing pauses, a few times; then it is told as below.",
        "`begin_anew`: the list is read from its first page, twice at most. `lasting`: asking again does not",
        "help. `gone`: there is nothing of that name. `ours`: a mistake of Rollcall's. What stands in no row",
        "is told as an unknown answer, with its code. A sender who cannot mend it is told whom to tell, and",
        "gets the text for it.",
        "",
    ]
    for table in _DIRECTORIES:
        parts += _section(table.service, table.sources, _rows(table))
    parts += _section("Key Vault", vault.TABLE.sources, _rows(vault.TABLE))
    parts += _section(
        "Storage: tables and queues",
        storage.TABLE.sources,
        _rows(storage.TABLE),
    )
    parts += _section(
        "Entra ID",
        "learn.microsoft.com/entra/identity-platform/reference-error-codes",
        _entra_rows(),
    )
    return "\n".join(parts)


def _section(service: str, sources: str, rows: Iterator[tuple[str, str, RollcallError]]) -> list[str]:
    head = [f"## {service}", "", f"Source: {sources}.", ""]
    return [*head, *(line for answers, course, error in rows for line in _told(answers, course, error))]


def _told(answers: str, course: str, error: RollcallError) -> list[str]:
    sender, admin = _shown(error, to_admin=False), _shown(error, to_admin=True)
    lines = [f"**`{error.reason}`**, {course}: {answers}", ""]
    if sender == admin:
        return [*lines, f"- Everybody: {sender['detail']} {sender['remedy']}", ""]
    lines += [f"- Sender: {sender['detail']} {sender['remedy']}"]
    if "forward" in sender:
        lines += [f"  - Text to send: “{sender['forward']}”"]
    return [*lines, f"- Administrator: {admin['detail']} {admin['remedy']}", ""]


def _shown(error: RollcallError, *, to_admin: bool) -> dict[str, str]:
    """What the API answers, by its own door."""

    def serve() -> None:
        response.reader_is_admin.set(to_admin)
        raise error

    answer = response.guarded("answers_page", serve, response.problem)  # type: ignore[arg-type]
    shown: dict[str, str] = json.loads(answer.get_body())
    return shown


def _rows(table: Table) -> Iterator[tuple[str, str, RollcallError]]:
    by_row: dict[Meaning, list[str]] = defaultdict(list)
    for key, row in table.rows.items():
        by_row[row].append(_named(key))
    for row, keys in by_row.items():
        yield ", ".join(keys), row.course.value, _error(table, row)
    yield "anything else", Course.UNKNOWN.value, _error(table, table.unknown(418, "ItsCode"))


def _named(key: str) -> str:
    if key == "0":
        return "no answer"
    return f"`{key.removeprefix('* ')}`"


def _error(table: Table, row: Meaning) -> RollcallError:
    if table in _DIRECTORIES:
        return directory_error(row)
    if table is storage.TABLE:
        return store_error(row)
    sentence, remedy = (text.format(name="rollcall-client-secret") for text in (row.sentence, row.remedy))
    return VaultUnavailable(sentence, remedy, helper=row.helper, reason=row.reason)


def _entra_rows() -> Iterator[tuple[str, str, RollcallError]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, refusal in REFUSALS.items():
        numbers[refusal.reason].append(number)
    for found in numbers.values():
        refusal = REFUSALS[found[0]]
        course = Course.AGAIN if refusal.passing else Course.LASTING
        yield ", ".join(f"`AADSTS{number}`" for number in sorted(found)), course.value, refusal.error()
