"""The panel after a booking: both zones, the join link, who was invited, and what to take along."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.labels import Paragraph, caption
from app.ui.kit.theme import MEASURES, line_height
from app.ui.kit.widgets.badges import Tag
from app.ui.kit.widgets.buttons import Button, IconButton, LinkButton
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.screens.book.desk.confirmation import BookedProps

translate = QCoreApplication.translate


class BookedView(QWidget):
    """Emits what the rep wants to do with the confirmation."""

    copy_wanted = Signal(str)
    join_wanted = Signal(str)
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("booked.panel")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(MEASURES.l)
        self._content: QWidget | None = None

    def show_booked(self, props: BookedProps) -> None:
        """Print the confirmation."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.l)
        column.addWidget(self._headline(props))
        if props.join_url:
            column.addLayout(self._join(props.join_url))
        elif props.location:
            column.addLayout(_block(translate("desk", "Where"), Paragraph(props.location)))
        column.addLayout(_block(translate("desk", "Invitation sent to"), _tags(props.invited)))
        column.addLayout(self._takeaways(props))
        self._column.addWidget(self._content)
        self.setAccessibleName(f"{props.title}. {props.when}. {props.own_time}")

    def _headline(self, props: BookedProps) -> Card:
        card = Card(tone="ok", padding=14, spacing=6)
        head = QHBoxLayout()
        head.setSpacing(MEASURES.s)
        sign = IconView("circle-check", tone="ok", size=18)
        sign.setFixedHeight(line_height("strong"))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Paragraph(props.title, role="strong", tone="ok"), 1)
        card.column.addLayout(head)
        card.column.addWidget(Paragraph(props.when, role="medium"))
        for text in (props.own_time, props.note):
            if text:
                card.column.addWidget(Paragraph(text, tone="muted"))
        return card

    def _join(self, url: str) -> QVBoxLayout:
        card = Card(padding=0)
        row = QHBoxLayout()
        row.setContentsMargins(10, 2, MEASURES.xs, 2)
        link = LinkButton(url.removeprefix("https://"), gives_way=True)
        link.setObjectName("booked.joinLink")
        link.clicked.connect(lambda: self.join_wanted.emit(url))
        copy = IconButton("copy", translate("desk", "Copy join link"))
        copy.clicked.connect(lambda: self.copy_wanted.emit(url))
        row.addWidget(link)
        row.addStretch(1)
        row.addWidget(copy)
        card.column.addLayout(row)
        return _block(translate("desk", "Join link"), card)

    def _takeaways(self, props: BookedProps) -> QHBoxLayout:
        copy = Button(translate("desk", "Copy as text"), icon="clipboard")
        copy.setObjectName("booked.copyText")
        copy.clicked.connect(lambda: self.copy_wanted.emit(props.text))
        save = Button(translate("desk", "Save .ics"), icon="calendar-plus")
        save.setObjectName("booked.saveIcs")
        save.clicked.connect(self.file_wanted)
        row = QHBoxLayout()
        row.setSpacing(MEASURES.s)
        row.addWidget(copy, 1)
        row.addWidget(save, 1)
        return row


def _block(title: str, content: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(caption(title))
    column.addWidget(content)
    return column


def _tags(values: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap=6)
    for value in values:
        flow.addWidget(Tag(value))
    return holder
