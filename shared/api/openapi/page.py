"""The description as a page for people. It is made of the document alone and needs no script.

The renderers that there are would be the largest part of the package, and bring scripts and styles of their
own along, which the page's policy would have to let in.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}"
"""Of the page's only style, for its policy."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rollcall: the API</title>
<style>{style}</style></head>
<body><header><h1>Rollcall: the API</h1>
<p>{about} A program sends an access token of Entra's for this app, as <code>Authorization: Bearer</code>.
What goes wrong is told as problem details (RFC 9457).
For programs: <a href="/api/openapi.json">openapi.json</a>, which is OpenAPI {version}.</p></header>
<nav aria-label="Subjects"><ul>{subjects}</ul></nav>
<main>{operations}<section id="schemas"><h2>What stands in requests and answers</h2>{schemas}</section></main>
</body></html>
"""
Schema = Mapping[str, Any]


def page(document: Mapping[str, Any]) -> str:
    """The page that says what `document`, an OpenAPI document of ours, says."""
    tags = [tag for tag in document["tags"] if any(_operations(document, tag["name"]))]
    links = [f'<li><a href="#{escape(tag["name"])}">{escape(tag["name"])}</a></li>' for tag in tags]
    links.append('<li><a href="#schemas">schemas</a></li>')
    return _PAGE.format(
        style=_STYLE,
        about=escape(document["info"]["description"]),
        version=escape(document["openapi"]),
        subjects="".join(links),
        operations="".join(_section(document, tag) for tag in tags),
        schemas="".join(_component(*one) for one in document["components"]["schemas"].items()),
    )


def _operations(document: Mapping[str, Any], tag: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """HEAD is left out: it is what GET is, without the answer."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if tag in operation["tags"] and method != "head":
                yield method.upper(), path, operation


def _section(document: Mapping[str, Any], tag: Mapping[str, str]) -> str:
    shown = "".join(_operation(*one) for one in _operations(document, tag["name"]))
    name = escape(tag["name"])
    return f'<section id="{name}"><h2>{name}</h2><p>{_text(tag["description"])}</p>{shown}</section>'


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    parts = [f"<p>{_text(operation['description'])}</p>", _parameters(operation["parameters"])]
    if "requestBody" in operation:
        parts.append(f"<h4>Request</h4>{_contents(operation['requestBody']['content'])}")
    for status, answer in operation["responses"].items():
        name = "Otherwise" if status == "default" else status
        parts.append(f"<h4>{escape(name)}: {escape(answer['description'])}</h4>")
        parts.append(_contents(answer.get("content", {})))
    title = f"<h3><code>{method} {escape(path)}</code></h3><p>{_text(operation['summary'])}</p>"
    return _fold(operation["operationId"], title, "".join(parts))


def _parameters(parameters: Sequence[Mapping[str, Any]]) -> str:
    if not parameters:
        return ""
    rows = [
        (one["name"], f"{_kind(one['schema'])}, in the {one['in']}", one.get("description", ""))
        for one in parameters
    ]
    return f"<h4>Parameters</h4>{_table(rows)}"


def _contents(contents: Mapping[str, Mapping[str, Any]]) -> str:
    return "".join(_content(*one) for one in contents.items())


def _content(media: str, content: Mapping[str, Any]) -> str:
    schema = f": {_kind(content['schema'])}" if "schema" in content else ""
    said = f"<p><code>{escape(media)}</code>{schema}</p>"
    if "example" in content:
        text = escape(json.dumps(content["example"], indent=2, ensure_ascii=False))
        said += f'<pre tabindex="0" role="group" aria-label="Example"><code>{text}</code></pre>'
    return said


def _component(name: str, schema: Schema) -> str:
    required = schema.get("required", ())
    rows = [
        (each, _kind(one) + ("" if each in required else ", may be left out"), one.get("description", ""))
        for each, one in schema.get("properties", {}).items()
    ]
    about = f"<p>{_text(schema['description'])}</p>" if "description" in schema else ""
    shown = _table(rows) if rows else f"<p>{_kind({**schema, 'title': None})}</p>"
    return _fold(f"schema-{name}", f"<h3><code>{escape(name)}</code></h3>", f"{about}{shown}")


def _kind(schema: Schema) -> str:
    """What a value may be, in words."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#schema-{name}">{name}</a>'
    if "enum" in schema:
        return "one of " + ", ".join(f"<code>{escape(json.dumps(one))}</code>" for one in schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(_kind(one) for one in schema[several])
    if "const" in schema:
        return f"<code>{escape(json.dumps(schema['const']))}</code>"
    kinds = schema.get("type", "anything")
    named = [kinds] if isinstance(kinds, str) else kinds
    words = " or ".join(escape(each) for each in named)
    if "array" in named and isinstance(schema.get("items"), Mapping):
        words += f" of {_kind(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        words += f", each {_kind(schema['additionalProperties'])}"
    return words + (f" ({escape(schema['format'])})" if "format" in schema else "")


def _table(rows: Sequence[tuple[str, str, str]]) -> str:
    head = "<thead><tr><th>name</th><th>what it may be</th><th>what it says</th></tr></thead>"
    body = "".join(
        f'<tr><th scope="row"><code>{escape(name)}</code></th><td>{kind}</td><td>{_text(text)}</td></tr>'
        for name, kind, text in rows
    )
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _fold(identifier: str, title: str, body: str) -> str:
    return f'<details id="{escape(identifier)}"><summary>{title}</summary>{body}</details>'


def _text(text: str) -> str:
    """A text of ours, in which `words` are code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
