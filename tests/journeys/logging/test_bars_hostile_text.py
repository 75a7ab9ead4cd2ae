"""Text from CRMs is hostile: every screen shows two hundred such texts, and nothing is interpreted."""

import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTextEdit, QWidget

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from app.ui.kit.labels import Label
from app.ui.screens.log.listing.model import MeetingsModel
from tests.guards.canaries import laid_bait
from tests.guards.figures import Count, Report
from tests.journeys.house import House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.hostile import hostile_texts
from tests.journeys.logging.log_rep import LogRep

pytestmark = [
    pytest.mark.journey,
    pytest.mark.qt_loop,
    pytest.mark.skipif(sys.platform != "linux", reason="needs inotify"),
]
_NAMES = {CONTACT: "lastname", COMPANY: "name", DEAL: "dealname", TICKET: "subject"}


RichLabel = QLabel
"""What the window never has: a label that guesses."""


class Look:
    """What was seen of a window: how much of the hostile text, and what would be laid out as rich text."""

    def __init__(self, texts: list[str]) -> None:
        self._numbers = {f"#{place}" for place in range(len(texts))}
        self.rich: set[str] = set()
        self.seen = 0

    def at(self, window: QWidget) -> None:
        """Look at every widget of the window, hidden ones too, and at every row's tips."""
        for widget in window.findChildren(QWidget):
            name = f"{type(widget).__name__} {widget.objectName()}"
            if isinstance(widget, QLabel):
                self._text(widget.text())
                if widget.textFormat() is not Qt.TextFormat.PlainText:
                    self.rich.add(name)
            elif isinstance(widget, QTextEdit):
                self.rich.add(name)
            elif isinstance(widget, QAbstractItemView) and widget.isVisible():
                self._tips(widget)
            self._tip(name, widget.toolTip())

    def _tips(self, view: QAbstractItemView) -> None:
        model = view.model()
        for row in range(model.rowCount(QModelIndex()) if model else 0):
            index = model.index(row, 0)
            self._text(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or ""))
            self._tip(type(view).__name__, str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))

    def _tip(self, name: str, tip: str) -> None:
        if any(f"<{tag}" in tip for tag in ("img", "a ", "b>", "link", "svg", "html", "table")):
            self.rich.add(f"tip of {name}")

    def _text(self, text: str) -> None:
        self.seen += any(number in text for number in self._numbers)


def fill(house: House, crm: Crm, texts: list[str]) -> set[str]:
    """Put each text into every property of a meeting that is text, and into its records' names; the ids."""
    store, filled = house.server.store, set()
    for place, text in enumerate(texts):
        meeting = crm.hold(text, hours_ago=1 + place / 8)
        crm.change(
            meeting,
            hs_meeting_body=text,
            hs_internal_meeting_notes=text,
            hs_meeting_location=text,
            hs_meeting_external_url=text,
            hs_activity_type=text,
        )
        for kind, name in _NAMES.items():
            record = store.create(kind, {name: text})
            store.associate(MEETING, meeting.id, kind, record.id)
        filled.add(meeting.id)
    return filled


def is_open(log: LogRep) -> bool:
    """Whether the editor shows a meeting, read anew."""
    inputs = log.editor.viewmodel.inputs
    return inputs.row is not None and not inputs.is_loading


async def walk(log: LogRep, look: Look, filled: set[str]) -> None:
    """Open every meeting of the list in the editor, then the other screens."""
    window = log.rep.running.window
    rows, model = log.rows, log.rows.model()
    assert isinstance(model, MeetingsModel)
    for place in range(model.rowCount()):
        if model.id_at(place) not in filled:
            continue
        index = model.index(place, 0)
        rows.scrollTo(index)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center())
        await log.hands.until(lambda: is_open(log), "the meeting")
        await log.hands.until(lambda: len(log.editor.records.card.rows) >= len(_NAMES), "its records")
        window.grab()
        look.at(window)
    for screen in ("agenda", "book"):
        await log.hands.click(f"rail.{screen}")
        for _ in range(5):
            await log.hands.rest()
        window.grab()
        look.at(window)


async def trouble(log: LogRep, house: House, look: Look, text: str) -> None:
    """Leave hostile changes in the outbox, with hostile reasons, and look at them."""
    await log.hands.click("rail.log")
    await log.shows("all")
    log.rows.selectAll()
    await log.hands.click("log.changeMany")
    await log.hands.until(lambda: log.hands.is_there("bulk.apply"), "the preview")
    look.at(log.rep.running.window)
    log.rep.running.window.grab()
    index = log.rows.model().index(0, 0)
    log.rows.scrollTo(index)
    QTest.mouseClick(log.rows.viewport(), Qt.MouseButton.LeftButton, pos=log.rows.visualRect(index).center())
    await log.hands.until(lambda: is_open(log), "a meeting")
    house.unplug()
    await log.writes("title", f"{text} again")
    await log.saves()
    await log.hands.until(lambda: log.waiting > 0, "a change that waits")
    await log.shows("outbox")
    log.rep.running.window.grab()
    look.at(log.rep.running.window)


@pytest.mark.bar
@pytest.mark.timeout(900)
async def test_hostile_text_is_only_text(
    house: House, crm: Crm, tmp_path: Path, count: Count, figure: Report
) -> None:
    with laid_bait(tmp_path) as bait:
        every = hostile_texts(bait)
        texts = every[:: len(every) // count(10, 200)]
        filled = fill(house, crm, texts)
        look = Look(every)
        async with house.open() as rep:
            await rep.sign_in()
            log = LogRep(rep)
            await log.opens()
            await log.shows("all")
            await rep.hands.until(lambda: "…" not in log.titles[:5], "the rows")
            await walk(log, look, filled)
            await trouble(log, house, look, texts[0])
        reads, calls = bait.reads, bait.calls
    said = f"of {look.seen} texts on screen ({len(texts)} hostile ones)"
    figure("rich-text layouts of hostile text", f"{len(look.rich)} {said}", 0)
    figure("files read for hostile text", f"{reads} {said}", 0)
    figure("connections made for hostile text", f"{calls} {said}", 0)
    assert look.seen > len(texts)
    assert (look.rich, reads, calls) == (set(), 0, 0)


async def test_the_bait_would_be_noticed(tmp_path: Path) -> None:
    with laid_bait(tmp_path) as bait:
        plain, rich = Label(f'<img src="{bait.file}">'), RichLabel(f'<img src="{bait.file}">')
        plain.grab()
        assert bait.reads == 0
        rich.grab()
        assert bait.reads > 0
        with socket.create_connection(("127.0.0.1", urlsplit(bait.address).port or 0)):
            assert bait.calls == 1
