"""The commands in docs/: run here as they stand, or marked as needing what is not here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest

import dev
from sandbox.host.host import Host
from sandbox.server.server import Running
from shared.services.process import services

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
MARK = re.compile(r"\*\(needs (Azure|Exchange\s+Online)\)\*")
CLOUD = re.compile(r"(^|[\s$(`])(az|azd|git clone|python3 infra/entra/register\.py)( |$)", re.MULTILINE)
HARMLESS = ("az login", "azd up", "azd provision", "azd deploy", "azd env get-values")
INLINE = re.compile(r"`((?:az|azd) [^`]+)`")


class Block(NamedTuple):
    """A fenced block, and the paragraph before it."""

    page: str
    language: str
    code: str
    before: str


def read_blocks() -> Iterator[Block]:
    """Every fenced block of every page."""
    fence = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
    for page in PAGES:
        text = page.read_text()
        for found in fence.finditer(text):
            before = text[: found.start()].rstrip().rpartition("\n\n")[2]
            code = re.sub(rf"^{found[1]}", "", found[3], flags=re.MULTILINE)
            yield Block(page.name, found[2], code, before)


def _is_request(block: Block) -> bool:
    return block.language == "bash" and "curl " in block.code and not CLOUD.search(block.code)


BLOCKS = list(read_blocks())
CURLS = [block for block in BLOCKS if _is_request(block)]


def test_there_are_commands_to_look_at() -> None:
    assert len(BLOCKS) > 12
    assert len(CURLS) == 4


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.code[:40])
def test_a_block_that_needs_the_cloud_says_so(block: Block) -> None:
    told = block.language != "text" and bool(CLOUD.search(block.code))
    needs = block.language == "powershell" or told
    assert bool(MARK.search(block.before)) == needs


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_in_a_sentence_that_needs_the_cloud_says_so(page: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    unmarked = [
        found[1]
        for paragraph in re.split(r"\n\n|\n(?=- |\d\. )", text)
        for found in INLINE.finditer(paragraph)
        if not MARK.search(paragraph) and " ".join(found[1].split()) not in HARMLESS
    ]
    assert [command for command in unmarked if len(command.split()) > 2 and "<" not in command] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_dev_py_that_is_told_exists(page: Path) -> None:
    told = re.findall(r"python3 dev\.py ([\w-]+)", page.read_text())
    assert [name for name in told if name not in dev.COMMANDS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}, (
                target
            )


@pytest.mark.parametrize("block", CURLS, ids=lambda block: block.code.rpartition("/api/")[2].strip('"\n'))
def test_a_request_runs_as_it_stands(block: Block, host: Host, sandbox: Running) -> None:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("curl and bash are needed")
    environment = os.environ | {"URL": host.origin, "TOKEN": sandbox.caller_token(roles=["Rollcall.Admin"])}
    connect(sandbox)
    done = subprocess.run(
        ["bash", "-euc", block.code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    answer = json.loads(done.stdout)
    if "connection" in block.code:
        assert answer["state"] == "connected"
    elif "health" in block.code:
        assert answer["status"] == "ok"
        assert all(check["ok"] for check in answer["checks"])
    elif "links" in block.code:
        assert isinstance(answer["rows"], list)
    else:
        assert answer["count"]["at_least"] > 0


def connect(sandbox: Running) -> None:
    """Connect the service account, as step 4 does."""
    begun = services().connection.start("the-admin")
    callback = sandbox.sign_in_service_account(begun.authorize_url)
    services().connection.finish(dict(parse_qsl(urlsplit(callback).query)), begun.proof)
