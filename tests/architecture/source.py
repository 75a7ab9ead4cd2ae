"""The project's Python files, read and parsed once for all rules."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file; `path` is relative to the checkout with forward slashes."""

    path: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    @property
    def module(self) -> str:
        """The dotted name, for example `app.ui.kit.labels`; a package for its `__init__`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.module if self.path.endswith("__init__.py") else self.module.rpartition(".")[0]

    def at(self, node: ast.AST, words: str) -> str:
        """A finding: where, and what."""
        return f"{self.path}:{getattr(node, 'lineno', 1)} {words}"


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module or name: `module` is dotted; `name` is empty for a plain import."""

    module: str
    name: str
    node: ast.AST

    @property
    def full(self) -> str:
        """The module and the name behind it."""
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def top(self) -> str:
        """The top-level package."""
        return self.module.partition(".")[0]


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below the given folders of the checkout."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found.append(_parse(path))
    return tuple(found)


@cache
def _parse(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    return Source(path.relative_to(ROOT).as_posix(), text, tree, tuple(ast.walk(tree)))


@cache
def imports(source: Source) -> tuple[Import, ...]:
    """Every import of a file, those inside functions too, relative ones made absolute."""
    return tuple(_imports(source))


def _imports(source: Source) -> Iterator[Import]:
    for node in source.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, "", node)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                parts = source.package.split(".")
                start = ".".join(parts[: len(parts) - node.level + 1])
                module = f"{start}.{module}" if module else start
            for alias in node.names:
                yield Import(module, alias.name, node)


def called_name(node: ast.AST) -> str:
    """The last part of what a call calls: `f(...)` and `a.b.f(...)` are both `f`; empty for no call."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def findings(files: tuple[Source, ...], rule: Callable[[Source], Iterator[str]]) -> str:
    """What a rule found in all files, one line each; empty when nothing."""
    return "\n".join(line for source in files for line in rule(source))
