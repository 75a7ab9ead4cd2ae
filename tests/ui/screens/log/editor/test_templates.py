"""Templates in the editor, with real keys and clicks: apply, undo, save, manage."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.meetings import MeetingField
from app.domain.ports_meetings import TextTemplate
from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.intact import intact
from app.ui.screens.log.editor.templates_dialog import TemplatesDialog
from tests.fakes.samples import sample_account
from tests.ui.screens.book.stage import quiet, until
from tests.ui.screens.log.editor.bench import ADA, INTRO, Bench

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
DEMO = TextTemplate("", "Demo", "Demo with {contact}", "", "Next: {deal}")
EVIL = TextTemplate("", "<b>&Evil</b>\u202e" + "x" * 300, "{__class__} {0}", "{{", "\x00\u202e{contact")


def action(bench: Bench, text: str) -> QAction:
    """The menu's entry."""
    return next(one for one in bench.pane.templates.menu.actions() if one.text() == text)


async def open_menu(bench: Bench) -> None:
    """Press the button in the footer."""
    await bench.hands.click(bench.hands.find(QWidget, "log.templates.open"))
    await until(bench.pane.templates.menu.isVisible)


async def choose(bench: Bench, text: str) -> None:
    """Take an entry of the menu."""
    await open_menu(bench)
    entry = action(bench, text)
    bench.pane.templates.menu.setActiveAction(entry)
    QTest.keyClick(bench.pane.templates.menu, Qt.Key.Key_Return)
    await bench.rest()


async def opened(bench: Bench) -> TemplatesDialog:
    """The dialog that is open."""
    await until(lambda: any(one.isVisible() for one in bench.pane.findChildren(TemplatesDialog)))
    await quiet()
    return next(one for one in bench.pane.findChildren(TemplatesDialog) if one.isVisible())


def is_shown(dialog: TemplatesDialog) -> bool:
    """Whether the dialog is still there."""
    return intact(dialog) and dialog.isVisible()


def write(field: QWidget, text: str) -> None:
    """Type into a field of the dialog."""
    edit = field.findChild(QLineEdit)
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def names(bench: Bench) -> list[str]:
    """The templates that are kept."""
    return [one.name for one in bench.desk.services.templates.state.value.templates]


async def test_a_template_fills_the_meeting_and_can_be_taken_back(bench: Bench) -> None:
    await bench.desk.services.templates.load()
    await bench.desk.services.templates.save(DEMO)
    await bench.meet(INTRO, ADA)
    await choose(bench, "Demo")
    inputs = bench.pane.viewmodel.inputs
    assert inputs.details.title == "Demo with Ada Okafor"
    assert inputs.details.notes == "Budget\n\nNext: "
    assert bench.toasts == ["Demo applied. Left empty: deal"]
    toast = bench.desk.context.notices.toasts[0]
    bench.desk.context.notices.act(toast.id)
    await bench.rest()
    assert bench.pane.viewmodel.inputs.details == INTRO
    assert bench.sent_fields == []


async def test_undo_leaves_alone_what_was_typed_since_and_other_meetings(bench: Bench) -> None:
    await bench.desk.services.templates.load()
    await bench.desk.services.templates.save(DEMO)
    first = await bench.meet(INTRO, ADA)
    await choose(bench, "Demo")
    bench.pane.viewmodel.type_text(MeetingField.NOTES, "Mine")
    bench.desk.context.notices.act(bench.desk.context.notices.toasts[0].id)
    await bench.rest()
    assert bench.pane.viewmodel.inputs.details.title == INTRO.title
    assert bench.pane.viewmodel.inputs.details.notes == "Mine"
    await choose(bench, "Demo")
    await bench.meet(INTRO)
    bench.desk.context.notices.act(bench.desk.context.notices.toasts[-1].id)
    bench.choose(first.id)
    await bench.rest()
    assert bench.pane.viewmodel.inputs.details.title == "Demo with Ada Okafor"


async def test_escape_closes_the_menu_and_nothing_happens(bench: Bench) -> None:
    await bench.meet(INTRO)
    await open_menu(bench)
    assert not action(bench, "No templates yet").isEnabled()
    QTest.keyClick(bench.pane.templates.menu, Qt.Key.Key_Escape)
    await bench.rest()
    assert not bench.pane.templates.menu.isVisible()
    assert not bench.pane.viewmodel.inputs.is_changed


async def test_save_as_template_names_it_and_a_double_click_on_done_saves_once(bench: Bench) -> None:
    await bench.meet(INTRO)
    await choose(bench, "Save as template…")
    dialog = await opened(bench)
    write(dialog.name, "Mine")
    dialog.close_button.click()
    dialog.close_button.click()
    await bench.rest()
    assert not is_shown(dialog)
    kept = bench.desk.services.templates.state.value.templates
    assert [(one.name, one.title, one.notes) for one in kept] == [("Mine", INTRO.title, INTRO.notes)]


async def test_manage_edit_delete_undo_and_escape_keeps_what_was_typed(bench: Bench) -> None:
    await bench.desk.services.templates.load()
    for template in (DEMO, EVIL):
        await bench.desk.services.templates.save(template)
    await bench.meet(INTRO)
    await choose(bench, "Manage templates…")
    dialog = await opened(bench)
    assert "{__class__}" in dialog.unknown.text()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    await bench.rest()
    assert dialog.name.value() == "Demo"
    assert not dialog.unknown.isVisible()
    dialog.delete.click()
    await bench.rest()
    assert names(bench) == [EVIL.name]
    dialog.undo.click()
    dialog.undo.click()
    await bench.rest()
    assert len(names(bench)) == 2
    assert dialog.name.value() == "Demo"
    write(dialog.name, "Demo 2")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await bench.rest()
    assert "Demo 2" in names(bench)
    assert "Demo" not in names(bench)


async def test_a_new_one_without_a_name_takes_its_title_and_an_empty_one_is_none(bench: Bench) -> None:
    await bench.meet(INTRO)
    await choose(bench, "Manage templates…")
    dialog = await opened(bench)
    dialog.new.click()
    await bench.rest()
    write(dialog.title, "Weekly {contact}")
    dialog.new.click()
    dialog.new.click()
    await bench.rest()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await bench.rest()
    assert names(bench) == ["Weekly {contact}"]


async def test_a_full_disk_keeps_the_dialog_open_and_says_so(bench: Bench) -> None:
    await bench.meet(INTRO)
    await choose(bench, "Save as template…")
    dialog = await opened(bench)
    bench.desk.fakes.templates.fail("save", StorageFailed(StorageTrouble.FULL, "outbox.db"))
    dialog.close_button.click()
    await bench.rest()
    assert dialog.isVisible()
    assert dialog.problem.isVisible()
    dialog.close_button.click()
    await bench.rest()
    assert names(bench) == [INTRO.title]


async def test_signing_out_closes_the_dialog_without_keeping_it(bench: Bench) -> None:
    await bench.meet(INTRO)
    await choose(bench, "Save as template…")
    dialog = await opened(bench)
    await bench.desk.services.accounts.sign_out(sample_account().id)
    await bench.rest()
    assert not is_shown(dialog)
    assert names(bench) == []
