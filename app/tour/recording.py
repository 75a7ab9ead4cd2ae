"""The steps after a meeting: the agenda, what is to be logged, one outcome, one meeting logged anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from app.tour.hands import StepFailed
from app.tour.tour import Tour
from app.ui.screens.log.editor.pane import EditorPane

TITLE = "Follow-up with Ada Okafor"


def _editor(tour: Tour) -> EditorPane:
    return tour.hands.find(EditorPane, "log.editor")


async def agenda(tour: Tour) -> None:
    """Put the palette away and see the coming meetings."""
    await tour.hands.press(Qt.Key.Key_Escape)
    await tour.hands.click("rail.agenda")
    await tour.hands.until(lambda: tour.hands.is_there("agenda.list"), "the agenda")
    await tour.hands.rest()


async def log(tour: Tour) -> None:
    """See what is still to be logged, with the first one open."""
    await tour.hands.click("rail.log")
    await tour.hands.until(lambda: tour.hands.is_there("log.list"), "the meetings")
    sync = tour.running.services.meetings.sync

    def is_read() -> bool:
        return sync.value.synced_at is not None and not sync.value.is_running

    await tour.hands.until(is_read, "the meetings to be read")
    rows = tour.hands.find(QAbstractItemView, "log.list").model()
    await tour.hands.until(lambda: rows.rowCount() > 0, "a meeting to log")
    await tour.hands.until(lambda: _editor(tour).viewmodel.inputs.is_open, "the open meeting")
    await tour.hands.until(lambda: not _editor(tour).viewmodel.inputs.is_loading, "its records")


async def outcome(tour: Tour) -> None:
    """Say with one key how the first meeting went; the next one opens."""
    before = _editor(tour).viewmodel.inputs.meeting_id
    tour.hands.find(QAbstractItemView, "log.list").setFocus()
    await tour.hands.press(Qt.Key.Key_1)

    def has_advanced() -> bool:
        return _editor(tour).viewmodel.inputs.meeting_id not in (None, before)

    await tour.hands.until(has_advanced, "the next meeting")
    await tour.hands.rest()


async def log_anew(tour: Tour) -> None:
    """Write down a meeting that HubSpot does not know, on a contact."""
    await tour.hands.click("log.new")
    editor = _editor(tour)
    await tour.hands.until(lambda: editor.viewmodel.inputs.is_new, "the form of a new meeting")
    await tour.hands.type(TITLE)
    await tour.hands.click("records.add")
    await tour.hands.until(lambda: tour.hands.is_there("records.search"), "the search for records")
    await tour.hands.type("ada okaf")

    def is_found() -> bool:
        rows = editor.search.props.rows
        return not editor.search.props.is_searching and bool(rows)

    await tour.hands.until(is_found, "contacts that match")
    await tour.hands.press(Qt.Key.Key_Return)
    await tour.hands.until(lambda: bool(editor.records.card.rows), "the contact on the card")
    if editor.viewmodel.inputs.details.title != TITLE:
        raise StepFailed("the title was not written down")


async def logged(tour: Tour) -> None:
    """Send it, and see it in the list with nothing left in the outbox."""
    await tour.hands.click("log.save")
    outbox = tour.running.services.outbox.state
    editor = _editor(tour)
    await tour.hands.until(lambda: not editor.viewmodel.inputs.is_new, "the meeting to be kept")
    await tour.hands.until(
        lambda: all(row.not_before is not None for row in outbox.value.rows), "the meeting to be sent"
    )
    await tour.hands.rest()
