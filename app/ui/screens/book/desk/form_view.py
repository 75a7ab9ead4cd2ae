"""The form of the desk: slot, guest, questions, guests, consent; rebuilt only when the questions change."""

from collections.abc import Set as AbstractSet
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.forms import FormField
from app.domain.validation import EMAIL, FIRST_NAME, GUESTS, LAST_NAME, PROCESSING, consent_key, field_key
from app.ui.kit.labels import Paragraph
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import LinkButton
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.chips import ChipsField
from app.ui.kit.widgets.choice_fields import CheckField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.text_fields import TextField
from app.ui.kit.widgets.typeahead import TypeAheadField
from app.ui.screens.book.desk.form import ConsentProps, FormProps, SlotCard
from app.ui.screens.book.desk.questions import Question
from app.ui.screens.book.desk.viewmodel import DeskViewModel
from app.ui.screens.book.recording.view import OffersCard

translate = QCoreApplication.translate
LOCALES = ("en-us", "en-gb", "de-de", "fr-fr", "es-es", "pt-br", "it-it", "nl-nl", "pl-pl", "sv-se", "ja-jp")


class DeskForm(QWidget):
    """Binds the form's props to fields; the rep's changes go straight to the view-model."""

    def __init__(self, viewmodel: DeskViewModel, offers: OffersCard) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._offers = offers
        self._asked: tuple[FormField, ...] = ()
        self._questions: dict[str, Question] = {}
        self._boxes: dict[str, CheckField] = {}
        self._consent: ConsentProps | None = None
        self._processing: CheckField | None = None
        self._make_slot_card()
        self._make_guest_fields()
        self._make_rest()
        self._lay_out()
        self._order_tabs()
        offers.rebuilt.connect(self._order_tabs)

    def show_slot(self, card: SlotCard) -> None:
        """Print when the meeting is, and with whom."""
        self._when.setText(card.when)
        self._guest_zone.setText(card.guest_zone)
        for line, text in (
            (self._own_time, card.own_time),
            (self._hosts, card.hosts),
            (self._slot_warning, card.warning),
        ):
            line.setText(text)
            line.setVisible(bool(text))

    def show_form(self, form: FormProps) -> None:
        """Put answers and mistakes on screen."""
        self._show_text(self._first, form.first_name, form.errors.get(FIRST_NAME, ""))
        self._show_text(self._last, form.last_name, form.errors.get(LAST_NAME, ""))
        self._show_text(self._email, form.email, form.errors.get(EMAIL, ""))
        self._email.setVisible(form.needs_email)
        asked = tuple(props.field for props in form.fields)
        if asked != self._asked:
            self._rebuild_questions(asked)
        for props in form.fields:
            self._questions[props.field.name].show(props)
        self._show_guests(form)
        self._show_consent(form.consent)
        if form.locale and form.locale not in LOCALES:
            self._locale.set_choices(_locale_choices((form.locale, *LOCALES)))
        self._locale.set_value(form.locale)
        self.setEnabled(not form.is_locked)

    def show_prospect(self) -> None:
        """Put the guest field's rows, choice and note on screen."""
        props = self._viewmodel.prospect.props
        self.prospect.set_loading(props.is_searching)
        self.prospect.set_rows(props.rows, message=props.message)
        self.prospect.set_chosen(props.chosen_title, props.chosen_detail, props.chosen_initials)
        self._note.setText(props.note)
        self._note.set_tone("warn" if props.note_is_warning else "muted")
        self._note.setVisible(bool(props.note))
        self._offer.set_label(props.offer)
        self._offer.setVisible(bool(props.offer))

    def take_pending(self) -> None:
        """Count as a guest what was typed and not finished, so that nobody on screen is left out silently."""
        pending = self._guests.pending_text.strip()
        if pending and self._guests.isVisible():
            self._guests.box.edit.clear()
            self._viewmodel.set_guests((*self._guests.values(), pending))

    def focus(self, key: str) -> None:
        """Put the keyboard into the field with this key (of `app.domain.validation`)."""
        fixed = {FIRST_NAME: self._first, LAST_NAME: self._last, EMAIL: self._email, GUESTS: self._guests}
        if key in fixed:
            fixed[key].focus()
        elif key == PROCESSING and self._processing is not None:
            self._processing.focus()
        else:
            for name, question in self._questions.items():
                if field_key(name) == key:
                    question.control.focus()
            for type_id, box in self._boxes.items():
                if consent_key(type_id) == key:
                    box.focus()

    def _make_slot_card(self) -> None:
        self._slot_card = Card(tone="accent", padding=14, spacing=3)
        self._when = Paragraph(role="strong")
        self._guest_zone = Paragraph(tone="accent_text")
        self._own_time = Paragraph(tone="muted")
        self._hosts = Paragraph(role="small", tone="muted")
        self._slot_warning = Paragraph(role="small", tone="warn")
        for line in (self._when, self._guest_zone, self._own_time, self._hosts, self._slot_warning):
            self._slot_card.column.addWidget(line)

    def _make_guest_fields(self) -> None:
        viewmodel = self._viewmodel
        self.prospect = TypeAheadField(
            translate("desk", "Guest"), placeholder=translate("desk", "Name, company or address")
        )
        self.prospect.setObjectName("desk.prospect")
        self.prospect.query_changed.connect(viewmodel.prospect.search)
        self.prospect.picked.connect(viewmodel.prospect.pick)
        self.prospect.cleared.connect(viewmodel.prospect.clear)
        self._note = Paragraph(role="small", tone="muted")
        self._offer = LinkButton("")
        self._offer.setObjectName("desk.useContact")
        self._offer.clicked.connect(viewmodel.prospect.take_offer)
        self._first = self._text_field("desk.firstName", translate("desk", "First name"), FIRST_NAME)
        self._last = self._text_field("desk.lastName", translate("desk", "Last name"), LAST_NAME)
        self._email = self._text_field("desk.email", translate("desk", "E-mail"), EMAIL)

    def _text_field(self, name: str, label: str, key: str) -> TextField:
        field = TextField(label, required=True, max_length=254 if key == EMAIL else 4000)
        field.setObjectName(name)
        field.value_changed.connect(lambda: self._viewmodel.type_text(key, field.value()))
        return field

    def _make_rest(self) -> None:
        self._question_box = QVBoxLayout()
        self._question_box.setSpacing(MEASURES.m)
        self._guests = ChipsField(
            translate("desk", "Add guests"), placeholder=translate("desk", "Addresses, or paste a list")
        )
        self._guests.setObjectName("desk.guests")
        self._guests.value_changed.connect(lambda: self._viewmodel.set_guests(tuple(self._guests.values())))
        self._consent_box = QVBoxLayout()
        self._consent_box.setSpacing(MEASURES.s)
        self._locale = ComboField(
            translate("desk", "Language of the invitation"),
            _locale_choices(LOCALES),
            placeholder=translate("desk", "HubSpot decides"),
        )
        self._locale.setObjectName("desk.locale")
        self._locale.value_changed.connect(lambda: self._viewmodel.set_locale(self._locale.value()))

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(self._first, 1)
        names.addWidget(self._last, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.m)
        column.addWidget(self._slot_card)
        column.addWidget(self.prospect)
        column.addWidget(self._email)
        column.addWidget(self._note)
        column.addWidget(self._offer)
        column.addLayout(names)
        column.addLayout(self._question_box)
        column.addWidget(self._guests)
        column.addLayout(self._consent_box)
        column.addWidget(self._offers)
        column.addWidget(self._locale)
        column.addStretch(1)

    def _show_text(self, field: TextField, value: str, error: str) -> None:
        if field.value() != value:
            field.set_value(value)
        field.set_error(error)

    def _rebuild_questions(self, asked: tuple[FormField, ...]) -> None:
        kept = {name: one for name, one in self._questions.items() if one.field in asked}
        _empty(self._question_box, but={one.widget for one in kept.values()})
        self._asked = asked
        self._questions = {
            field.name: kept.get(field.name) or Question(field, self._viewmodel.answer) for field in asked
        }
        for question in self._questions.values():
            self._question_box.addWidget(question.widget)
        self._order_tabs()

    def _show_guests(self, form: FormProps) -> None:
        self._guests.setVisible(form.takes_guests)
        self._guests.set_limit(form.guest_limit or None)
        if tuple(self._guests.values()) != form.guests:
            self._guests.set_values(form.guests)
        self._guests.set_error(form.errors.get(GUESTS, ""))

    def _show_consent(self, consent: ConsentProps | None) -> None:
        if _wording(consent) != _wording(self._consent):
            self._rebuild_consent(consent)
        self._consent = consent
        if consent is None:
            return
        for type_id, _label, ticked, error in consent.boxes:
            self._boxes[type_id].set_value(ticked)
            self._boxes[type_id].set_error(error)
        if self._processing is not None:
            self._processing.set_value(consent.processing_ticked)
            self._processing.set_error(consent.processing_error)

    def _rebuild_consent(self, consent: ConsentProps | None) -> None:
        _empty(self._consent_box)
        self._boxes, self._processing = {}, None
        if consent is None:
            return
        if consent.intro:
            self._consent_box.addWidget(Paragraph(consent.intro, role="small", tone="muted"))
        for type_id, label, _ticked, _error in consent.boxes:
            self._boxes[type_id] = self._consent_field(type_id, label)
            self._consent_box.addWidget(self._boxes[type_id])
        if consent.processing_label:
            self._processing = CheckField(consent.processing_label, required=True)
            self._processing.setObjectName("desk.processing")
            self._processing.value_changed.connect(self._on_processing)
            self._consent_box.addWidget(self._processing)
        for text in consent.footnotes:
            self._consent_box.addWidget(Paragraph(text, role="small", tone="muted"))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes through the form as it is read."""
        asked = [question.widget for question in self._questions.values()]
        boxes = [*self._boxes.values(), *([self._processing] if self._processing is not None else [])]
        names = (self.prospect, self._email, self._offer, self._first, self._last)
        fields = (*names, *asked, self._guests, *boxes, self._offers, self._locale)
        stops = [stop for field in fields for stop in _stops(field)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _consent_field(self, type_id: str, label: str) -> CheckField:
        field = CheckField(label)
        field.setObjectName(f"desk.consent.{type_id}")
        field.value_changed.connect(lambda: self._viewmodel.tick_consent(type_id, field.value()))
        return field

    def _on_processing(self) -> None:
        if self._processing is not None:
            self._viewmodel.tick_processing(self._processing.value())


def _stops(field: QWidget) -> list[QWidget]:
    """Where the keyboard can stop in a field, in the order in which its parts were made."""
    inside = [part for part in (field, *field.findChildren(QWidget)) if part.window() is field.window()]
    tabbed = Qt.FocusPolicy.TabFocus
    return [part for part in inside if part.focusPolicy() & tabbed and part.focusProxy() is None]


def _wording(consent: ConsentProps | None) -> tuple[object, ...]:
    if consent is None:
        return ()
    boxes = tuple((type_id, label) for type_id, label, _ticked, _error in consent.boxes)
    return (consent.intro, boxes, consent.processing_label, consent.footnotes)


def _locale_choices(locales: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(locale, QLocale(locale.replace("-", "_")).nativeLanguageName() or locale) for locale in locales]


def _empty(layout: QVBoxLayout, *, but: AbstractSet[QWidget] = frozenset()) -> None:
    """Take everything out; what stays is only laid out anew, so that the keyboard stays in it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget not in but:
            widget.hide()
            widget.deleteLater()
