"""The local server is known to the process and the composition root, and to nobody else."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Source, findings, imports, sources

KNOWING = ("app/main.py", "app/arguments.py", "app/compose", "app/sandbox")
WORD = "sandbox"


def _identifier(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            return name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.keyword(arg=str(name)):
            return name
    return ""


def mentions(source: Source) -> Iterator[str]:
    """Identifiers, imports and compared strings that say the word; text for people may."""
    if source.path.startswith(KNOWING):
        return
    for found in imports(source):
        if WORD in found.full.lower():
            yield source.at(found.node, f"imports {found.full}")
    for node in source.nodes:
        if WORD in _identifier(node).lower():
            yield source.at(node, f"has the name {_identifier(node)}")
        if isinstance(node, ast.Compare):
            for part in (node.left, *node.comparators):
                if isinstance(part, ast.Constant) and str(part.value).lower() == WORD:
                    yield source.at(node, "branches on the word")


def test_only_the_process_the_root_and_the_server_know_it() -> None:
    found = findings(sources("app"), mentions)
    assert not found, (
        f"let compose/ pass a value that says what to do, not where the answers come from:\n{found}"
    )
