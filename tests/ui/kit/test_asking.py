"""Questions are awaited, answered by their buttons or keys, and never block the loop."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from app.ui.kit.asking import Question, QuestionDialog, answer_of, ask, ask_where_to_save

pytestmark = pytest.mark.qt_loop

DISCARD = Question("Discard this draft?", "What you typed is lost.", "Discard draft", "Keep it", danger=True)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    widget = QWidget()
    widget.show()
    yield widget
    widget.close()
    widget.deleteLater()


async def opened(kind: type[QDialog], parent: QWidget) -> QDialog:
    async with asyncio.timeout(5):
        while not (found := [each for each in parent.findChildren(kind) if each.isVisible()]):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    return found[0]


async def answered(window: QWidget, act: Callable[[QuestionDialog], None]) -> bool:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(ask(window, DISCARD))
        dialog = await opened(QuestionDialog, window)
        assert isinstance(dialog, QuestionDialog)
        act(dialog)
    return task.result()


async def test_the_confirming_button_means_yes(window: QWidget) -> None:
    assert await answered(window, lambda dialog: dialog.confirm.click())


async def test_the_other_button_means_no(window: QWidget) -> None:
    assert not await answered(window, lambda dialog: dialog.cancel.click())


async def test_escape_means_no(window: QWidget) -> None:
    assert not await answered(window, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))


async def test_focus_begins_on_the_harmless_button(window: QWidget) -> None:
    focused: list[bool] = []

    def look(dialog: QuestionDialog) -> None:
        focused.append(dialog.focusWidget() is dialog.cancel)
        dialog.reject()

    await answered(window, look)
    assert focused == [True]


async def test_cancelling_the_task_closes_the_dialog(window: QWidget) -> None:
    dialog = QuestionDialog(DISCARD, parent=window)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(answer_of(dialog))
        await opened(QuestionDialog, window)
        task.cancel()
    assert task.cancelled()
    assert not isValid(dialog) or not dialog.isVisible()


async def test_a_place_to_save(window: QWidget, tmp_path: Path) -> None:
    wanted = tmp_path / "meeting.ics"
    async with asyncio.TaskGroup() as group:
        task = group.create_task(
            ask_where_to_save(window, title="Save", name=str(wanted), kind="Calendar (*.ics)")
        )
        dialog = await opened(QFileDialog, window)
        dialog.done(QDialog.DialogCode.Accepted)
    assert task.result() == wanted


async def test_no_place_to_save(window: QWidget) -> None:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(
            ask_where_to_save(window, title="Save", name="a.ics", kind="Calendar (*.ics)")
        )
        dialog = await opened(QFileDialog, window)
        dialog.reject()
    assert task.result() is None
