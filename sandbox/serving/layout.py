"""What every page shares: the frame, the looks, and the escaping."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark; --ink: #1b2733; --soft: #5c6b7a; --line: #d9e0e6; --paper: #fff;
  --ground: #f3f6f8; --accent: #0b63c5; --bad: #b3261e; --good: #1a7f4b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #9fb0c0; --line: #33414e;
  --paper: #1c252d; --ground: #12181d; --accent: #6cb0ff; --bad: #ff8a80; --good: #6fd49f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
main.narrow { max-width: 30rem; padding-top: 8vh; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); } small { color: var(--soft); }
section { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem;
  padding: 1.25rem 1.5rem; margin-top: 1.25rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
code { font: .9em ui-monospace, monospace; } a { color: var(--accent); }
.badge { display: inline-block; font-size: .75rem; border: 1px solid var(--line); border-radius: 1rem;
  padding: 0 .55rem; margin-left: .35rem; color: var(--soft); white-space: nowrap; }
.bad { color: var(--bad); } .good { color: var(--good); }
.error { border-left: .25rem solid var(--bad); padding-left: .75rem; }
.tree ul { list-style: none; margin: 0; padding-left: 1.25rem; border-left: 1px solid var(--line); }
.tree summary { cursor: pointer; } .tree li { margin: .1rem 0; }
.switches { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .25rem 1rem; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; } legend { font-weight: 600; padding: 0; }
label { display: block; cursor: pointer; }
.accounts label { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .75rem;
  margin: .3rem 0; }
.accounts label:has(input:checked) { border-color: var(--accent); }
input[type=text] { width: 100%; font: inherit; padding: .4rem .6rem; border: 1px solid var(--line);
  border-radius: .4rem; background: var(--ground); color: var(--ink); }
button { font: inherit; padding: .45rem 1.25rem; border-radius: .4rem; border: 1px solid var(--line);
  background: var(--paper); color: var(--ink); cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--paper); }
.buttons { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 1rem; }
"""


def page(title: str, body: str, *, narrow: bool = False, script: str = "") -> str:
    """A whole page. `body` is HTML whose every fact went through `text`; `title` is plain."""
    width = ' class="narrow"' if narrow else ""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    end = f"<script>{script}</script>" if script else ""
    return (
        f'<!doctype html><html lang="en"><head>{head}<title>{text(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main{width}>{body}</main>{end}</body></html>"
    )


def text(value: object) -> str:
    """`value` as text, harmless in HTML and in a quoted attribute."""
    return escape(str(value), quote=True)


def badge(word: str) -> str:
    """A small remark behind a name."""
    return f'<span class="badge">{text(word)}</span>'
