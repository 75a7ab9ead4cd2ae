"""A rep at the Log screen: picks meetings, writes, presses outcomes, looks at the outbox."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.meetings import MeetingId
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.combo import Combo
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.log.editor.pane import EditorPane
from app.ui.screens.log.listing.list_view import MeetingList
from app.ui.screens.log.listing.model import MeetingsModel
from tests.journeys.rep import Rep


class LogRep:
    """Acts on the Log screen of a signed-in rep."""

    def __init__(self, rep: Rep) -> None:
        self.rep = rep
        self.hands = rep.hands
        self.services = rep.running.services

    @property
    def editor(self) -> EditorPane:
        """The editor on screen."""
        return self.hands.find(EditorPane, "log.editor")

    @property
    def rows(self) -> MeetingList:
        """The list on screen."""
        return self.hands.find(MeetingList, "log.list")

    @property
    def titles(self) -> list[str]:
        """The titles of the rows that have been read."""
        model = self.rows.model()
        assert isinstance(model, MeetingsModel)
        faces = [model.face_at(row) for row in range(model.rowCount())]
        return [face.title if face is not None else "…" for face in faces]

    @property
    def waiting(self) -> int:
        """How many changes HubSpot does not have yet."""
        return len(self.services.outbox.state.value.rows)

    async def opens(self) -> None:
        """Show the Log screen and wait until every meeting has been read."""
        await self.hands.click("rail.log")
        await self.hands.until(lambda: self.hands.is_there("log.segments"), "the Log screen")
        await self.is_read()

    async def is_read(self) -> None:
        """Wait until the meetings of HubSpot are on this computer."""
        sync = self.services.meetings.sync

        def is_done() -> bool:
            return sync.value.synced_at is not None and not sync.value.is_running

        await self.hands.until(is_done, "the meetings to be read")

    async def shows(self, segment: str) -> None:
        """Switch between `to-log`, `all` and `outbox`."""
        await self.hands.rest()
        segments = self.hands.find(Segmented, "log.segments")
        QTest.mouseClick(segments.segment(segment), Qt.MouseButton.LeftButton)
        await self.hands.rest()

    async def sees(self, title: str) -> None:
        """Wait for a title in the list."""
        await self.hands.until(
            lambda: self.hands.is_there("log.list") and title in self.titles, f"{title} in the list"
        )

    async def sees_no(self, title: str) -> None:
        """Wait for a title to be gone from the list."""
        await self.hands.until(
            lambda: not self.hands.is_there("log.list") or title not in self.titles, f"{title} to go"
        )

    async def picks(self, title: str, *, also: bool = False, waits: bool = True) -> MeetingId:
        """Click a row, with Ctrl to add it to the selection; `waits` until the editor shows it."""
        await self.sees(title)
        row = self.titles.index(title)
        model = self.rows.model()
        assert isinstance(model, MeetingsModel)
        index = model.index(row, 0)
        self.rows.scrollTo(index)
        await self.hands.rest()
        keys = Qt.KeyboardModifier.ControlModifier if also else Qt.KeyboardModifier.NoModifier
        place = self.rows.visualRect(index).center()
        QTest.mouseClick(self.rows.viewport(), Qt.MouseButton.LeftButton, keys, place)
        meeting_id = model.id_at(row)
        assert meeting_id is not None
        if waits and not also:
            await self.is_open(title)
        return meeting_id

    async def is_open(self, title: str) -> None:
        """Wait until the editor shows a meeting, read anew."""

        def shown() -> bool:
            inputs = self.editor.viewmodel.inputs
            return inputs.row is not None and inputs.details.title == title and not inputs.is_loading

        await self.hands.until(shown, f"{title} in the editor")

    async def begins(self) -> None:
        """Press *Log meeting* and wait for the empty form."""
        await self.hands.click("log.new")
        await self.hands.until(lambda: self.editor.viewmodel.inputs.is_new, "the form of a new meeting")
        await self.hands.rest()

    async def writes(self, field: str, text: str) -> None:
        """Replace what a field of the form says."""
        await self.rep.write(f"log.{field}", text)

    async def clears(self, field: str) -> None:
        """Empty a field of the form."""
        await self.rep.click_into(f"log.{field}")
        await self.hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        await self.hands.press(Qt.Key.Key_Delete)

    async def chooses(self, name: str, label: str) -> None:
        """Choose an entry of a combo box by its label, with the keyboard."""
        combo = self.hands.find(QWidget, name).findChild(Combo)
        assert combo is not None
        await self._steps_to(combo, combo.findText(label))

    async def _steps_to(self, combo: Combo, place: int) -> None:
        combo.setFocus()
        while combo.currentIndex() != place:
            step = Qt.Key.Key_Down if combo.currentIndex() < place else Qt.Key.Key_Up
            QTest.keyClick(combo, step)
            await self.hands.rest()

    async def presses_outcome(self, value: str) -> None:
        """Press one of the outcome buttons."""
        await self.hands.click(f"log.outcome.{value}")

    async def saves(self) -> None:
        """Press the primary button."""
        await self.hands.click("log.save")

    async def associates(self, kind: str, typed: str, name: str) -> None:
        """Find a record of a kind by typing and put the meeting on it."""
        if not self.hands.is_there("records.search"):
            await self.hands.click("records.add")
        await self.hands.until(lambda: self.hands.is_there("records.search"), "the search for records")
        combo = self.hands.find(Combo, "records.kind")
        search = self.editor.search
        await self.hands.until(lambda: len(search.props.kinds) > 1, "the kinds of records")
        place = next(at for at, (_, label) in enumerate(search.props.kinds) if label == kind)
        await self._steps_to(combo, place)
        await self.rep.write("records.search", typed)

        def found() -> bool:
            rows = search.props.rows
            return not search.props.is_searching and bool(rows) and rows[0].title == name

        await self.hands.until(found, f"{name} among the {kind} matches")
        await self.hands.press(Qt.Key.Key_Return)
        await self.stands_on(name)

    async def stands_on(self, *names: str) -> None:
        """Wait until the card shows these records."""
        await self.hands.until(
            lambda: set(names) <= {row.name for row in self.editor.records.card.rows},
            f"{names} on the card",
        )

    async def pins(self, name: str) -> None:
        """Press the pin of a record on the card."""
        row = next(row for row in self.editor.records.card.rows if row.name == name)
        view = self.editor.records.card.row_view(row.ref)
        assert view is not None
        was_pinned = row.is_pinned
        QTest.mouseClick(view.pin, Qt.MouseButton.LeftButton)
        await self.hands.until(lambda: self.is_pinned(name) != was_pinned, f"the pin of {name}")

    def is_pinned(self, name: str) -> bool:
        """Whether the card shows the meeting pinned on a record."""
        return any(row.is_pinned for row in self.editor.records.card.rows if row.name == name)

    async def attaches(self, path: Path) -> None:
        """Drop a file on the editor."""
        self.editor.files.added.emit([path])
        await self.hands.until(lambda: self.editor.files.chip(path.name) is not None, f"{path.name}")

    async def has_sent(self) -> None:
        """Wait until HubSpot has everything."""
        await self.hands.until(lambda: self.waiting == 0, "the outbox to be empty")

    def button(self, name: str) -> Button:
        """A visible button."""
        return self.hands.find(Button, name)

    def says(self, name: str) -> str:
        """All text that is visible inside a widget."""
        if not self.hands.is_there(name):
            return ""
        inside = self.hands.find(QWidget, name)
        return inside.text() if isinstance(inside, QLabel) else self.rep.words_in(name)

    def widget(self, name: str) -> QWidget:
        """A visible widget."""
        return self.hands.find(QWidget, name)
