"""The card of records: what it says, and what its buttons tell."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.meetings import CONTACT, DEAL, RecordRef
from app.ui.kit.records.card import RecordRow, RecordsCard

Shown = Callable[..., QWidget]

ADA = RecordRef(CONTACT, "1")
ROLLOUT = RecordRef(DEAL, "9")
ROWS = (
    RecordRow(ADA, "Ada Okafor", "Contact", has_labels=True),
    RecordRow(ROLLOUT, "Northwind rollout", "Deal", labels=("Decision",), is_pinned=True, has_labels=True),
)


def _card(shown: Shown) -> RecordsCard:
    card = RecordsCard()
    card.resize(284, 300)
    shown(card)
    card.set_rows(ROWS)
    return card


def test_buttons_say_what_they_do(shown: Shown) -> None:
    card = _card(shown)
    ada, rollout = card.row_view(ADA), card.row_view(ROLLOUT)
    assert ada is not None
    assert rollout is not None
    names = [button.accessibleName() for button in (ada.pin, ada.remove, rollout.pin)]
    assert names == ["Pin to Ada Okafor", "Take off Ada Okafor", "Unpin from Northwind rollout"]
    assert [ada.label.isHidden(), rollout.label.isHidden()] == [False, False]
    assert ada.label.accessibleName() == "Labels of Ada Okafor"


def test_pins_removals_and_labels_are_told(shown: Shown) -> None:
    card = _card(shown)
    told: list[tuple[object, ...]] = []
    card.pin_toggled.connect(lambda ref, wanted: told.append(("pin", ref, wanted)))
    card.removed.connect(lambda ref: told.append(("off", ref)))
    card.labels_wanted.connect(lambda ref: told.append(("labels", ref)))
    card.add_wanted.connect(lambda: told.append(("add",)))
    ada, rollout = card.row_view(ADA), card.row_view(ROLLOUT)
    assert ada is not None
    assert rollout is not None
    for button in (ada.pin, rollout.pin, ada.remove, rollout.label, card.add):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [("pin", ADA, True), ("pin", ROLLOUT, False), ("off", ADA), ("labels", ROLLOUT), ("add",)]


def test_a_row_that_stays_keeps_its_widget(shown: Shown) -> None:
    card = _card(shown)
    before = card.row_view(ROLLOUT)
    card.set_rows(ROWS[1:])
    assert card.row_view(ROLLOUT) is before
    assert card.row_view(ADA) is None


def test_a_pin_that_cannot_be_set_says_why(shown: Shown) -> None:
    card = _card(shown)
    card.set_rows((RecordRow(ADA, "Ada Okafor", "Contact", pin_hint="Needs a permission"),))
    ada = card.row_view(ADA)
    assert ada is not None
    assert not ada.pin.isEnabled()
    assert ada.pin.accessibleName() == "Needs a permission"


def test_a_card_to_look_at_opens_records_and_changes_nothing(shown: Shown) -> None:
    card = RecordsCard(can_change=False)
    shown(card)
    card.set_rows(ROWS)
    opened: list[object] = []
    card.opened.connect(opened.append)
    ada = card.row_view(ADA)
    assert ada is not None
    QTest.mouseClick(ada.open, Qt.MouseButton.LeftButton)
    assert opened == [ADA]
    assert [ada.pin.isVisible(), ada.remove.isVisible(), card.add.isVisible()] == [False, False, False]


def test_hostile_names_stay_plain_text(shown: Shown) -> None:
    card = _card(shown)
    card.set_rows((RecordRow(ADA, "<img src='file:///etc/passwd'> & \u202eevil" + "x" * 10_000, "Contact"),))
    ada = card.row_view(ADA)
    assert ada is not None
    assert "<img" in ada.pin.accessibleName()
