"""Finds the sentences that a user can meet in the source code, and what is wrong with how they are written.

A sentence is a template: a literal string with named fields. It stands

- as message or hint of an ``AvatarifyError`` or of a class derived from it, in ``Message(...)``, in ``N_(...)``, or as
  the name of a ``Finding``: the context of its translations is ``Messages``;
- in ``self.tr(...)`` of the window, whose context is the class; or
- in ``translate(context, ...)`` and ``QT_TRANSLATE_NOOP(context, ...)``.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

CONTEXT = "Messages"
_BASE = "AvatarifyError"
_PLACES = {"Message": (0,), "N_": (0,), "Finding": (0,)}  # which arguments are templates
_BUILDERS = ("format", "join", "replace", "removesuffix", "removeprefix", "strip")
_OF_ERRORS = ("message", "hint", "whole")  # attributes that are messages
_OWN = ("avatarify.messages", "avatarify.errors")  # they take templates and have none


@dataclass(frozen=True)
class Template:
    """A sentence in the source.

    Attributes:
        context: Of its translations.
        text: English, with fields.
        module: Where it stands, such as ``avatarify.images``.
    """

    context: str
    text: str
    module: str


@dataclass(frozen=True)
class Problem:
    """A sentence that cannot be translated.

    Attributes:
        module: Where it stands.
        line: Where it stands.
        reason: What is wrong.
    """

    module: str
    line: int
    reason: str


@dataclass
class Found:
    """What the source holds."""

    templates: list[Template] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Source:
    """The modules of a package, parsed.

    Args:
        folder: The package's folder; its name is the package's.
    """

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.rglob("*.py"))
        self.modules = {_name(file.relative_to(folder.parent)): ast.parse(file.read_text("utf-8")) for file in files}

    @cached_property
    def errors(self) -> frozenset[str]:
        """Names of ``AvatarifyError`` and of all classes that derive from it."""
        classes = [node for tree in self.modules.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        known = {_BASE}
        while more := {one.name for one in classes if known & set(map(_last, one.bases))} - known:
            known |= more
        return frozenset(known)

    @cached_property
    def annotations(self) -> dict[str, set[str]]:
        """What functions return and attributes hold, by their bare names."""
        found: dict[str, set[str]] = {}
        for tree in self.modules.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and node.returns is not None:
                    found.setdefault(node.name, set()).add(ast.unparse(node.returns))
                elif isinstance(node, ast.AnnAssign):
                    found.setdefault(_last(node.target), set()).add(ast.unparse(node.annotation))
        return found

    def reached_from(self, package: str) -> set[str]:
        """Return the modules that a package imports, at any depth and inside functions too, and its own."""
        reached: set[str] = set()
        waiting = [name for name in self.modules if f"{name}.".startswith(f"{package}.")]
        while waiting:
            name = waiting.pop()
            if name in self.modules and name not in reached:
                reached.add(name)
                waiting += _imports(self.modules[name])
        return reached

    def find(self) -> Found:
        """Collect all templates and problems, in the order of the source."""
        found = Found()
        for module, tree in self.modules.items():
            if module not in _OWN:
                _Walk(self, module, tree, found).visit(tree)
        return found


class _Walk(ast.NodeVisitor):
    """Goes through one module."""

    def __init__(self, source: Source, module: str, tree: ast.Module, found: Found) -> None:
        self._source, self._module, self._found = source, module, found
        self._classes: list[str] = []
        self._parameters: list[dict[str, str]] = [{}]
        self._assigned = _assignments(tree)
        self._imported = {
            alias.asname or alias.name: (str(node.module), alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Remember the class: it is the context of ``self.tr``."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Remember variables and parameters: one of type ``Template`` or ``Message`` may be passed on."""
        outer, self._assigned = self._assigned, self._assigned | _assignments(node)
        given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        self._parameters.append({one.arg: ast.unparse(one.annotation) if one.annotation else "" for one in given})
        self.generic_visit(node)
        self._parameters.pop()
        self._assigned = outer

    def visit_Call(self, node: ast.Call) -> None:
        """Take the templates of a call."""
        name = _last(node.func)
        if name == "tr" and self._classes:
            self._take_words(self._classes[-1], node.args[0])
        elif name in ("translate", "QT_TRANSLATE_NOOP") and len(node.args) == 2:
            context = node.args[0]
            if isinstance(context, ast.Constant):
                self._take_words(str(context.value), node.args[1])
        elif name in self._source.errors:
            self._take_templates(node, node.args[:2])
        elif name in _PLACES:
            self._take_templates(node, [node.args[at] for at in _PLACES[name] if at < len(node.args)])
        self.generic_visit(node)

    def _take_words(self, context: str, node: ast.expr) -> None:
        if isinstance(node, ast.Constant):
            self._found.templates.append(Template(context, str(node.value), self._module))

    def _take_templates(self, call: ast.Call, parts: list[ast.expr]) -> None:
        texts = [text for part in parts for text in self._texts(part, self._module)]
        self._found.templates += [Template(CONTEXT, text, self._module) for text in texts if has_words(text)]
        fields = {name for text in texts for name in fields_of(text)}
        given = {keyword.arg for keyword in call.keywords}
        passed_on = any(isinstance(part, ast.Name) and part.id in self._parameters[-1] for part in parts)
        if not passed_on and _last(call.func) != "N_" and None not in given and fields != given:
            self._complain(call, f"the fields {sorted(fields)} are not the values {sorted(map(str, given))}")

    def _texts(self, node: ast.expr, module: str) -> Iterator[str]:
        """Yield the literal strings that a template may be; complain of text that is put together."""
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=first, orelse=second):
                yield from (text for part in (first, second) for text in self._texts(part, module))
            case ast.BoolOp(values=values):
                yield from (text for part in values for text in self._texts(part, module))
            case ast.JoinedStr() | ast.BinOp():
                self._complain(node, "a sentence is put together instead of a template with values")
            case ast.Name(id=name):
                yield from self._named(name, module, node)
            case ast.Call(func=func):
                built = isinstance(func, ast.Attribute) and _last(func) in _BUILDERS
                if built or _last(func) == "str" or self._is_plain(_last(func)):
                    self._complain(node, f"{_last(func)}() gives a string, not a Message")
            case ast.Attribute(attr=name) if name not in _OF_ERRORS and self._is_plain(name):
                self._complain(node, f".{name} is a string, not a Message")

    def _named(self, name: str, module: str, node: ast.expr) -> Iterator[str]:
        """Yield the literals that a name stands for, here or where it is imported from."""
        if name in self._parameters[-1]:
            if not re.search("Message|Template|Error", self._parameters[-1][name]):
                self._complain(node, f"{name} is a string, not a Message or a Template")
        elif name in self._assigned:
            for value in self._assigned[name]:
                yield from self._texts(value, module) if not _is_name(value, name) else ()
        elif name in self._imported:
            where, there = self._imported[name]
            values = _assignments(self._source.modules[where]).get(there, []) if where in self._source.modules else []
            yield from (str(value.value) for value in values if isinstance(value, ast.Constant))

    def _is_plain(self, name: str) -> bool:
        kinds = self._source.annotations.get(name, set())
        return bool(kinds) and not any("Message" in kind or kind == "Self" for kind in kinds)

    def _complain(self, node: ast.expr, reason: str) -> None:
        self._found.problems.append(Problem(self._module, node.lineno, reason))


def fields_of(template: str) -> list[str]:
    """Return the names of a template's fields, without formats; empty for a lone brace."""
    try:
        return [name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    except ValueError:
        return []


def has_words(template: str) -> bool:
    """Return whether there is anything to translate beside the fields and the punctuation."""
    try:
        return any(letter.isalpha() for text, *_ in string.Formatter().parse(template) for letter in text)
    except ValueError:
        return True


def _assignments(tree: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _last(node: ast.expr) -> str:
    """Return the last part of a dotted name; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _name(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
