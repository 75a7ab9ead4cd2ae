"""The rules themselves: each one finds the fault it is for and lets good code pass."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture import (
    test_dependencies,
    test_event_loop,
    test_failures,
    test_names,
    test_purity,
    test_resources,
    test_sandbox_word,
    test_sizes,
    test_window,
)
from tests.architecture.source import Source, imports

Rule = Callable[[Source], Iterator[str]]

LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 50
GROUPED = "async def f():\n    async with asyncio.TaskGroup() as group:\n        group.create_task(g())\n"
GIVEN = "def f(group: asyncio.TaskGroup):\n    group.create_task(g())\n"
CAUGHT = "try:\n    f()\nexcept {0}:\n    {1}\n"


def source_of(text: str, path: str = "app/services/links.py") -> Source:
    """A file that is not on disk."""
    tree = ast.parse(text)
    return Source(path, text, tree, tuple(ast.walk(tree)))


BROKEN: list[tuple[Rule, str, str]] = [
    (test_sizes.long_files, "x = 1\n" * 351, "app/a.py"),
    (test_sizes.long_functions, LONG_FUNCTION, "app/a.py"),
    (test_names.empty_names, "", "app/api/http_utils.py"),
    (test_names.empty_names, "", "app/core/links.py"),
    (test_names.poor_docstrings, "x = 1", "app/a.py"),
    (test_names.poor_docstrings, '"""No full stop"""', "app/a.py"),
    (test_names.poor_docstrings, '"""One. Two."""', "app/a.py"),
    (test_event_loop.nested_loops, "dialog.exec()", "app/a.py"),
    (test_event_loop.nested_loops, "QApplication.processEvents()", "app/a.py"),
    (test_event_loop.qasync_shortcuts, "from qasync import asyncSlot", "app/a.py"),
    (test_event_loop.qasync_shortcuts, "qasync.asyncClose", "app/a.py"),
    (test_event_loop.unowned_tasks, "asyncio.create_task(f())", "app/a.py"),
    (test_event_loop.unowned_tasks, "loop.create_task(f())", "app/a.py"),
    (test_event_loop.unowned_tasks, "asyncio.ensure_future(f())", "app/a.py"),
    (test_failures.broad_excepts, CAUGHT.format("Exception", "pass"), "app/a.py"),
    (test_failures.broad_excepts, CAUGHT.format("(OSError, BaseException)", "x = 1"), "app/a.py"),
    (test_failures.broad_excepts, "try:\n    f()\nexcept:\n    pass", "app/a.py"),
    (test_failures.broad_excepts, "with suppress(Exception):\n    f()", "app/a.py"),
    (test_window.raw_labels, "from PySide6.QtWidgets import QLabel", "app/ui/kit/a.py"),
    (test_window.widgets_in_view_models, "import PySide6.QtGui", "app/ui/screens/book/viewmodel.py"),
    (test_window.widgets_in_view_models, "from PySide6 import QtGui", "app/ui/screens/book/viewmodel.py"),
    (test_resources.missing_icons, 'icon("no-such-icon", tokens)', "app/ui/a.py"),
    (test_resources.missing_icons, 'Spec(icon="no-such-icon")', "app/ui/a.py"),
    (test_sandbox_word.mentions, "is_sandbox = True", "app/services/a.py"),
    (test_sandbox_word.mentions, "def f(sandbox_url): ...", "app/ui/a.py"),
    (test_sandbox_word.mentions, "from app.sandbox import x", "app/ui/a.py"),
    (test_sandbox_word.mentions, 'if kind == "sandbox": ...', "app/ui/a.py"),
    (test_purity.foreign_imports, "import httpx", "app/domain/a.py"),
    (test_purity.foreign_imports, "import sqlite3", "app/domain/a.py"),
    (test_purity.foreign_imports, "from app.services import x", "app/domain/a.py"),
    (test_purity.foreign_imports, "from ..services import x", "app/domain/a.py"),
    (test_purity.clock_reads, "datetime.now(UTC)", "app/domain/a.py"),
    (test_purity.clock_calls_on_modules, "import time", "app/services/a.py"),
    (test_dependencies.borrowed, "import yaml", "app/a.py"),
    (test_dependencies.borrowed, 'importlib.import_module("yaml.nodes")', "app/a.py"),
    (test_dependencies.astray, "from PySide6.QtCore import QObject", "app/services/a.py"),
    (test_dependencies.astray, 'importlib.import_module("keyring.backends")', "app/ui/a.py"),
]

SOUND: list[tuple[Rule, str, str]] = [
    (test_sizes.long_functions, LONG_FUNCTION.replace("    x = 1\n", "", 1), "app/a.py"),
    (test_names.empty_names, "", "app/api/database.py"),
    (test_names.poor_docstrings, '"""What lives here, e.g. a tree.\n\nMore. And more."""', "app/a.py"),
    (test_event_loop.unowned_tasks, GROUPED, "app/a.py"),
    (test_event_loop.unowned_tasks, GIVEN, "app/a.py"),
    (test_event_loop.unowned_tasks, "loop.create_task(f())", "app/ui/kit/tasks.py"),
    (test_failures.broad_excepts, CAUGHT.format("OSError", "pass"), "app/a.py"),
    (test_failures.broad_excepts, CAUGHT.format("BaseException", "raise"), "app/a.py"),
    (test_failures.broad_excepts, CAUGHT.format("BaseException as e", "f.set_exception(e)"), "app/a.py"),
    (test_failures.broad_excepts, CAUGHT.format("Exception", "pass"), "app/main.py"),
    (test_window.raw_labels, "from PySide6.QtWidgets import QLabel", "app/ui/kit/labels.py"),
    (
        test_window.widgets_in_view_models,
        "from PySide6.QtCore import Signal",
        "app/ui/screens/book/viewmodel.py",
    ),
    (test_window.widgets_in_view_models, "import PySide6.QtGui", "app/ui/screens/book/view.py"),
    (test_sandbox_word.mentions, 'tr("Open the sandbox")', "app/ui/a.py"),
    (test_sandbox_word.mentions, "sandbox = True", "app/compose/a.py"),
    (test_purity.foreign_imports, "from app.domain import slots\nimport datetime", "app/domain/a.py"),
    (test_dependencies.borrowed, "import asyncio, httpx, app.domain", "app/a.py"),
    (test_dependencies.astray, "import httpx", "app/api/a.py"),
]


@pytest.mark.parametrize(("rule", "text", "path"), BROKEN)
def test_a_fault_is_found(rule: Rule, text: str, path: str) -> None:
    assert list(rule(source_of(text, path)))


@pytest.mark.parametrize(("rule", "text", "path"), SOUND)
def test_good_code_passes(rule: Rule, text: str, path: str) -> None:
    assert list(rule(source_of(text, path))) == []


@pytest.mark.parametrize(
    ("path", "text", "full"),
    [
        ("app/ui/kit/icons.py", "from .theme import Theme", "app.ui.kit.theme.Theme"),
        ("app/ui/kit/__init__.py", "from .theme import Theme", "app.ui.kit.theme.Theme"),
        ("app/ui/kit/icons.py", "from .. import context", "app.ui.context"),
        ("app/ui/kit/icons.py", "import app.domain.slots", "app.domain.slots"),
    ],
)
def test_relative_imports_are_understood(path: str, text: str, full: str) -> None:
    assert [found.full for found in imports(source_of(text, path))] == [full]
