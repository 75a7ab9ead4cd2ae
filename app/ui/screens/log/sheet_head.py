"""The head of a sheet: its title, without a ground that would cover the round corners."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.theme import MEASURES


def sheet_head(title: QWidget) -> QWidget:
    """A bar that holds the title."""
    head = QWidget()
    head.setFixedHeight(MEASURES.bar)
    row = QHBoxLayout(head)
    row.setContentsMargins(MEASURES.l, 0, MEASURES.l, 0)
    row.addWidget(title, 1)
    return head
