"""How one record lies in a card: icon, name and kind over what is said of it, buttons, a line under it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.theme import MEASURES


def lay_out_record(
    row: QWidget,
    *,
    icon: QWidget,
    head: Sequence[QWidget],
    under: Sequence[QWidget],
    buttons: Sequence[QWidget],
    edge: QWidget,
) -> None:
    """Fill `row`; the first widget of `head` takes the room there is, `edge` is the line at the end."""
    first = QHBoxLayout()
    first.setSpacing(MEASURES.s)
    for place, widget in enumerate(head):
        first.addWidget(widget, 0 if place else 1)
    texts = QVBoxLayout()
    texts.setContentsMargins(0, 8, 0, 8)
    texts.setSpacing(2)
    texts.addLayout(first)
    for widget in under:
        texts.addWidget(widget)
    line = QHBoxLayout()
    line.setContentsMargins(MEASURES.m, 0, 6, 0)
    line.setSpacing(1)
    line.addWidget(icon)
    line.addSpacing(6)
    line.addLayout(texts, 1)
    line.addSpacing(MEASURES.xs)
    for button in buttons:
        line.addWidget(button)
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(line)
    column.addWidget(edge)
