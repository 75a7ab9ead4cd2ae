"""Unexpected errors are caught at the two ends of the program and nowhere between."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Source, called_name, findings, sources

BROAD = {"Exception", "BaseException"}
# The task scopes, the process, and the local server's outermost answer.
ALLOWED = {"app/ui/kit/tasks.py", "app/main.py", "app/sandbox/errors.py"}


def _names(expression: ast.expr | None) -> set[str]:
    parts = expression.elts if isinstance(expression, ast.Tuple) else [expression]
    return {ast.unparse(part) if part is not None else "BaseException" for part in parts}


def _hands_on(handler: ast.ExceptHandler) -> bool:
    """Whether the handler ends by raising the same error again or giving it to whoever awaits a future."""
    last = handler.body[-1]
    if isinstance(last, ast.Expr) and called_name(last.value) == "set_exception":
        return True
    return isinstance(last, ast.Raise) and last.exc is None


def broad_excepts(source: Source) -> Iterator[str]:
    """Handlers and `suppress` calls that swallow everything."""
    if source.path in ALLOWED:
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _names(node.type) & BROAD and not _hands_on(node):
            yield source.at(node, "catches everything")
        if isinstance(node, ast.Call) and called_name(node) == "suppress":
            swallowed = {ast.unparse(argument) for argument in node.args} & BROAD
            if swallowed:
                yield source.at(node, "suppresses everything")


def test_no_broad_except() -> None:
    found = findings(sources("app"), broad_excepts)
    assert not found, f"catch what you can answer; the rest belongs to the task scope's sink:\n{found}"
