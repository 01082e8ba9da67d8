"""The hook of ``mkdocs.yml``: generates pages from the code and adapts links that lead out of ``docs/``.

It generates the command reference (from the argparse parsers), the page of graphs (``docs_graphs``), the API reference
(one page for each package), and pages from Markdown files elsewhere in the repository.
"""

from __future__ import annotations

import argparse
import ast
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docs_graphs import graphs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
# Pages of the site by the file in the repository that they are made from.
ADOPTED = {
    "CONTRIBUTING.md": "develop.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "assets/models/built-in/README.md": "built-in-model.md",
    "assets/portraits/SOURCES.md": "portraits.md",
    "tests/system/README.md": "system-test.md",
}
HOME = "README.md"  # docs/index.md stands for it
COMMON = "results and messages"  # the title of the options that all commands share
COMMANDS_INTRO = """# Commands

This page is generated from the program. `avatarify COMMAND --help` prints the same text. Exit codes: 0 done, 1 failed,
2 wrong command line, 130 interrupted.

Every command takes these options:
"""
# `[`name`](file.py)`, `[text](target#anchor)`; pictures are links, too.
LINK = re.compile(r"\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the API reference to the navigation."""
    develop: list[Any] = next(entry["Develop"] for entry in config.nav or [] if "Develop" in entry)
    develop.append({"API reference": ["reference/index.md", *(reference_page(name) for name in packages())]})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for source, page in ADOPTED.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=adapt_links(text, source, page)))
    files.append(File.generated(config, "commands.md", content=commands()))
    files.append(File.generated(config, "graphs.md", content=graphs()))
    files.append(File.generated(config, "reference/index.md", content=reference_index()))
    for name in packages():
        files.append(File.generated(config, reference_page(name), content=reference(name)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Adapt the links of a page of ``docs/``."""
    name = page.file.src_uri
    return markdown if page.file.generated_by else adapt_links(markdown, f"docs/{name}", name)


def adapt_links(markdown: str, source: str, page: str) -> str:
    """Let relative links of a file in the repository work on the site.

    Args:
        markdown: The file's text.
        source: Its path in the repository.
        page: Its path in the site's sources.

    Returns:
        The text, with links to code pointing into the API reference, and links to files that are not part of the site
        reduced to their text.
    """

    def adapted(match: re.Match[str]) -> str:
        text, target, anchor = match["text"], match["target"], match["anchor"] or ""
        if not target or ":" in target:
            return match[0]
        found = place(posixpath.normpath(posixpath.join(posixpath.dirname(source), target)), text, anchor)
        if found is None:
            return text
        return f"[{text}]({posixpath.relpath(found, posixpath.dirname(page) or '.')})"

    return LINK.sub(adapted, markdown)


def place(file: str, text: str, anchor: str) -> str | None:
    """Return where the site shows a file of the repository, with anchor; None if it does not."""
    if file == HOME:
        return "index.md"
    if file in ADOPTED:
        return ADOPTED[file] + anchor
    if file.startswith("docs/"):
        return file.removeprefix("docs/") + anchor
    if file.startswith("avatarify/") and file.endswith(".py"):
        module = file.removesuffix(".py").replace("/", ".")
        return f"{reference_page(module.rpartition('.')[0])}#{'.'.join([module, *public(text)])}"
    return None


def public(text: str) -> list[str]:
    """Return the parts of a name in backticks up to the first that the API reference leaves out.

    It leaves out private names and constants. Text without backticks is no name.
    """
    parts = text.strip("`").split(".") if text.startswith("`") else []
    absent = (index for index, part in enumerate(parts) if part.startswith("_") or part.isupper())
    return parts[: next(absent, len(parts))]


def packages() -> list[str]:
    """List ``avatarify`` and its packages that hold modules, by dotted name."""
    folders = sorted(file.parent for file in (ROOT / "avatarify").rglob("__init__.py"))
    names = (".".join(folder.relative_to(ROOT).parts) for folder in folders)
    return [name for name in names if list(modules(name))]


def modules(package: str) -> Iterator[str]:
    """List the modules directly in a package, by dotted name."""
    for file in sorted((ROOT / package.replace(".", "/")).glob("*.py")):
        if not file.stem.startswith("__"):
            yield f"{package}.{file.stem}"


def reference_page(package: str) -> str:
    """Return the page of a package in the API reference."""
    return f"reference/{package}.md"


def reference(package: str) -> str:
    """Write the page of a package: every module with its docstrings."""
    parts = [f"# {package}\n", docstring(package)]
    parts += [f"::: {module}\n" for module in modules(package)]
    return "\n".join(parts)


def reference_index() -> str:
    """Write the list of packages."""
    rows = [f"| [{name}]({name}.md) | {docstring(name)} |" for name in packages()]
    return "\n".join(["# API reference\n", "| package | contains |", "| --- | --- |", *rows]) + "\n"


def docstring(package: str) -> str:
    """Return the first line of a package's docstring; empty if it has none."""
    tree = ast.parse((ROOT / package.replace(".", os.sep) / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def commands() -> str:
    """Write the command reference, from the parsers that the app itself uses."""
    from avatarify.cli.main import build_parser

    os.environ["COLUMNS"] = "100"  # the width of the usage lines
    every = build_parser("")
    children = list(subcommands(every))
    common = next(group for group in children[0]._action_groups if group.title == COMMON)
    lines = [COMMANDS_INTRO, *table(common._group_actions)]
    for child in children:
        lines += section(child, 2)
    return "\n".join(lines) + "\n"


def section(parser: argparse.ArgumentParser, level: int) -> Iterator[str]:
    """Write a command with its options, then its subcommands."""
    yield f"\n{'#' * level} {parser.prog}\n"
    yield f"{(parser.description or '')[:1].upper()}{(parser.description or '')[1:]}.\n"
    yield f"```text\n{parser.format_usage().removeprefix('usage: ').rstrip()}\n```\n"
    shared = {action for group in parser._action_groups if group.title == COMMON for action in group._group_actions}
    yield from table([action for action in parser._actions if action not in shared])
    for child in subcommands(parser):
        yield from section(child, level + 1)


def table(actions: Iterable[argparse.Action]) -> Iterator[str]:
    """Write a table of options, without ``--help`` and without subcommands."""
    left_out = (argparse._HelpAction, argparse._SubParsersAction)
    rows = [
        f"| {names(action)} | {(action.help or '') % vars(action)} |"
        for action in actions
        if action.help != argparse.SUPPRESS and not isinstance(action, left_out)
    ]
    if rows:
        yield from ("| option | meaning |", "| --- | --- |", *rows)


def names(action: argparse.Action) -> str:
    """Return how an option is written, with its value."""
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else (action.dest or "").upper())
    if not action.option_strings:
        return f"`{value}`"
    takes = "" if action.nargs == 0 else f" {value}"
    return ", ".join(f"`{option}{takes}`" for option in action.option_strings)


def subcommands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """List the parsers of a command's subcommands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()
