"""Files and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Source, findings, sources

MOST_LINES = 350
MOST_LINES_OF_A_FUNCTION = 50
EVERYWHERE = ("app", "packaging", "tests")


def long_files(source: Source) -> Iterator[str]:
    """Files over the limit."""
    lines = source.text.count("\n")
    if lines > MOST_LINES:
        yield f"{source.path} has {lines} lines"


def long_functions(source: Source) -> Iterator[str]:
    """Functions over the limit, from `def` to their last line."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield source.at(node, f"{node.name} has {lines} lines")


def test_no_file_is_too_long() -> None:
    found = findings(sources(*EVERYWHERE), long_files)
    assert not found, f"split by a noun of the field (at most {MOST_LINES} lines a file):\n{found}"


def test_no_function_is_too_long() -> None:
    found = findings(sources(*EVERYWHERE), long_functions)
    assert not found, f"give its steps names (at most {MOST_LINES_OF_A_FUNCTION} lines a function):\n{found}"
