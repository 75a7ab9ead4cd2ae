"""One event loop: nothing nests it, and every task has an owner that ends it."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Source, called_name, findings, imports, sources

NESTING = {"exec", "exec_", "processEvents"}
QASYNC_SHORTCUTS = {"asyncSlot", "asyncClose"}
STARTING = {"create_task", "ensure_future", "run_coroutine_threadsafe"}
GROUP = "TaskGroup"
# Each owns the tasks it starts and ends them: the window's scopes; the one shared token call.
OWNERS = {"app/ui/kit/tasks.py", "app/api/single_flight.py"}


def nested_loops(source: Source) -> Iterator[str]:
    """Calls that run a loop inside the loop."""
    for node in source.nodes:
        if called_name(node) in NESTING:
            yield source.at(node, f"calls {called_name(node)}()")


def qasync_shortcuts(source: Source) -> Iterator[str]:
    """Decorators whose tasks nobody owns."""
    for found in imports(source):
        if found.name in QASYNC_SHORTCUTS:
            yield source.at(found.node, f"imports {found.name}")
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in QASYNC_SHORTCUTS:
            yield source.at(node, f"uses {node.attr}")


def _group_names(source: Source) -> set[str]:
    """Names that stand for an asyncio.TaskGroup: `async with TaskGroup() as x`, or annotated so."""
    names = set()
    for node in source.nodes:
        if isinstance(node, ast.AsyncWith):
            for item in node.items:
                if called_name(item.context_expr) == GROUP and isinstance(item.optional_vars, ast.Name):
                    names.add(item.optional_vars.id)
        if isinstance(node, ast.arg) and node.annotation and ast.unparse(node.annotation).endswith(GROUP):
            names.add(node.arg)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).endswith(GROUP):
            names.add(ast.unparse(node.target).split(".")[-1])
    return names


def unowned_tasks(source: Source) -> Iterator[str]:
    """Tasks started by anything but a TaskGroup or one of the owners."""
    if source.path in OWNERS:
        return
    groups = _group_names(source)
    for node in source.nodes:
        if called_name(node) not in STARTING:
            continue
        assert isinstance(node, ast.Call)
        starter = node.func.value if isinstance(node.func, ast.Attribute) else None
        name = ast.unparse(starter).split(".")[-1] if starter is not None else ""
        if name not in groups:
            yield source.at(node, f"calls {ast.unparse(node.func)}()")


def test_nothing_runs_a_loop_inside_the_loop() -> None:
    found = findings(sources("app"), nested_loops)
    assert not found, f"use open() and await a future, or a signal:\n{found}"


def test_no_qasync_decorator_is_used() -> None:
    found = findings(sources("app"), qasync_shortcuts)
    assert not found, f"write a plain slot that calls tasks.start(...):\n{found}"


def test_every_task_has_an_owner() -> None:
    found = findings(sources("app"), unowned_tasks)
    assert not found, f"start it in a TaskScope (ui/kit/tasks.py) or in an asyncio.TaskGroup:\n{found}"
