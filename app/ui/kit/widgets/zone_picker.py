"""Choosing a time zone by city, country, abbreviation or offset, with the present time there."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.ports import ZoneEntry, ZoneFinder
from app.domain.zones import abbreviation, city_of, offset_minutes
from app.ui.kit.labels import Paragraph
from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.rows import ListRow, ResultList
from app.ui.kit.widgets.search import SearchField

translate = QCoreApplication.translate
WIDTH, HEIGHT = 340, 380


def derive_zone_rows(
    entries: Sequence[ZoneEntry], usual: Sequence[str], *, now: datetime, words: TimeWords
) -> tuple[ListRow, ...]:
    """A row a zone: city and countries, offset and abbreviation, and what the clocks show there now."""
    return tuple(
        _row(entry.zone, entry.city, ", ".join(entry.countries), now, words, section="")
        if entry.zone not in usual
        else _row(
            entry.zone,
            entry.city,
            ", ".join(entry.countries),
            now,
            words,
            section=translate("zones", "Used here"),
        )
        for entry in entries
    )


def offset_words(minutes: int) -> str:
    """`UTC+5:30`."""
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    amount = f"{hours}:{rest:02}" if rest else str(hours)
    return "UTC" if not minutes else f"UTC{sign}{amount}"


def _row(zone: str, city: str, countries: str, now: datetime, words: TimeWords, *, section: str) -> ListRow:
    parts = [countries, offset_words(offset_minutes(zone, now) or 0), abbreviation(zone, now) or ""]
    shown = [part for part in parts if part and not part.startswith(("+", "-"))]
    return ListRow(
        id=zone,
        title=city,
        detail=" · ".join(shown),
        icon="globe",
        trailing=words.time(now, zone),
        section=section,
    )


class ZonePicker(QFrame):
    """A popup with a search field; `zone_chosen(str)` is an IANA name."""

    zone_chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        index: ZoneFinder,
        usual: Sequence[str],
        now: Callable[[], datetime],
        words: TimeWords,
    ) -> None:
        window = Qt.WindowType
        super().__init__(parent, window.Popup | window.FramelessWindowHint | window.NoDropShadowWindowHint)
        # Lets the rounded corners show through.
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setObjectName("zonePicker")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._index = index
        self._usual = tuple(dict.fromkeys(usual))
        self._now = now
        self._words = words
        self._search = SearchField(translate("zones", "City, country, abbreviation or offset"), keys="")
        self._search.edit.setObjectName("zonePicker.search")
        self._list = ResultList(translate("zones", "Time zones"))
        self._list.setObjectName("zonePicker.list")
        self._none = Paragraph(translate("zones", "No zone matches. Try a larger city nearby."), tone="muted")
        self._none.setObjectName("zonePicker.none")
        column = QVBoxLayout(self)
        column.setContentsMargins(MEASURES.s, MEASURES.s, MEASURES.s, MEASURES.s)
        column.setSpacing(MEASURES.s)
        column.addWidget(self._search)
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        self.setFixedSize(WIDTH, HEIGHT)
        self._search.query_changed.connect(self._show)
        self._search.stepped.connect(self._list.step)
        self._search.entered.connect(self._list.activate)
        self._list.activated_id.connect(self._on_chosen)
        self._show("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(
            painter_on(self),
            QRectF(self.rect()),
            radius=MEASURES.radius_card,
            fill=tokens.surface,
            edge=tokens.edge,
        )

    def open_below(self, anchor: QWidget) -> None:
        """Show under a button, inside the screen, with the keyboard in the search field."""
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + MEASURES.xs))
        room = anchor.screen().availableGeometry()
        x = min(max(place.x(), room.left()), room.right() - self.width())
        y = min(max(place.y(), room.top()), room.bottom() - self.height())
        self.move(x, y)
        self.show()
        self._search.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self, query: str) -> None:
        if query.strip():
            entries = self._index.search(query)
        else:
            known = [
                self._index.entry(zone) or ZoneEntry(zone, city_of(zone) or zone, ()) for zone in self._usual
            ]
            entries = (*known, *(entry for entry in self._index.search("") if entry.zone not in self._usual))
        rows = derive_zone_rows(entries, self._usual, now=self._now(), words=self._words)
        self._list.set_rows(rows)
        self._none.setVisible(not rows)
        if rows:
            self._list.set_current(rows[0].id)

    def _on_chosen(self, zone: str) -> None:
        self.zone_chosen.emit(zone)
        self.close()
