"""The right pane: header, notice, form or confirmation, and the footer with the one primary button."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.booking import BookingOutcome
from app.domain.slots import Slot
from app.ui.kit.asking import ask_where_to_save
from app.ui.kit.intact import intact
from app.ui.kit.labels import heading, muted
from app.ui.kit.notices import Action, Notices, Tone
from app.ui.kit.opening import Opener
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.screens.book.desk.booked_view import BookedView
from app.ui.screens.book.desk.form_view import DeskForm
from app.ui.screens.book.desk.notice_view import DeskNotice
from app.ui.screens.book.desk.outcome import DeskAction, elsewhere_words
from app.ui.screens.book.desk.viewmodel import DeskViewModel
from app.ui.screens.book.recording.view import OffersCard, RecordsView
from app.ui.screens.book.recording.viewmodel import RecordingViewModel

translate = QCoreApplication.translate


class DeskView(Pane):
    """Binds `DeskViewModel` to widgets.

    `closed` fires when the rep puts the desk away, `link_wanted(slug)` when a link is to be opened.
    """

    closed = Signal()
    link_wanted = Signal(str)

    def __init__(
        self,
        viewmodel: DeskViewModel,
        recording: RecordingViewModel,
        *,
        notices: Notices,
        opener: Opener,
        tasks: TaskScope,
    ) -> None:
        super().__init__("surface", lines=())
        self.setObjectName("desk")
        self._viewmodel = viewmodel
        self._recording = recording
        self._notices = notices
        self._opener = opener
        self._tasks = tasks
        self._was_typing_in: QWidget | None = None
        self.form = DeskForm(viewmodel, OffersCard(recording))
        self._notice = DeskNotice()
        self._booked = BookedView()
        self._records = RecordsView(recording)
        self._build()
        self._connect()
        for show in (self._show_title, self._show_slot, self._show_form, self._show_notice):
            show()
        self._show_footer()
        self._show_booked()
        self.form.show_prospect()

    def focus_prospect(self) -> None:
        """Put the keyboard where the guest is typed, or on the button that a link without a form has."""
        if self._viewmodel.props.takes_bookings:
            self.form.prospect.focus()
        else:
            self._notice.take_focus()

    def focus_primary(self) -> None:
        """Put the keyboard on the button that books, or that ends what was booked."""
        primary = self._book if self._viewmodel.props.booked is None else self._done
        primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """What the primary button and Ctrl+Enter do."""
        if self._viewmodel.props.booked is None:
            self.form.take_pending()
            self._viewmodel.submit()

    def _build(self) -> None:
        bar = Bar()
        self._title = heading()
        close = IconButton("x", translate("desk", "Close"))
        close.setObjectName("desk.close")
        close.clicked.connect(self._on_close)
        bar.row.addWidget(self._title, 1)
        bar.row.addWidget(close)
        self._scroll = ScrollArea(padding=14, spacing=MEASURES.m)
        self._scroll.column.addWidget(self._notice)
        self._scroll.column.addWidget(self.form, 1)
        self._scroll.column.addWidget(self._booked)
        self._scroll.column.addWidget(self._records)
        self._scroll.column.addStretch(1)
        self._footer = Bar(lines=("top",))
        self._hint = muted()
        self._cancel = Button(translate("desk", "Cancel"))
        self._cancel.setObjectName("desk.cancel")
        self._book = Button(translate("desk", "Book meeting"), kind="primary")
        self._book.setObjectName("desk.book")
        self._next_step = Button(translate("desk", "Book next step"))
        self._next_step.setObjectName("booked.nextStep")
        self._done = Button(translate("desk", "Done"), kind="primary")
        self._done.setObjectName("booked.done")
        self._footer.row.addWidget(self._hint)
        self._footer.row.addStretch(1)
        for button in (self._cancel, self._book, self._next_step, self._done):
            self._footer.row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._footer)
        QWidget.setTabOrder(self._cancel, self._book)

    def _connect(self) -> None:
        viewmodel = self._viewmodel
        viewmodel.title_changed.connect(self._show_title)
        viewmodel.slot_card_changed.connect(self._show_slot)
        viewmodel.form_changed.connect(self._show_form)
        viewmodel.notice_changed.connect(self._show_notice)
        viewmodel.footer_changed.connect(self._show_footer)
        viewmodel.booked_changed.connect(self._show_booked)
        viewmodel.takes_bookings_changed.connect(self._show_booked)
        viewmodel.field_wanted.connect(self.form.focus)
        viewmodel.draft_kept.connect(self._on_draft_kept)
        viewmodel.settled.connect(self._on_settled)
        viewmodel.settled_elsewhere.connect(self._on_settled_elsewhere)
        viewmodel.calendar_file_ready.connect(self._on_calendar_file)
        viewmodel.prospect.props_changed.connect(self.form.show_prospect)
        self._notice.slot_picked.connect(self._on_nearest)
        self._notice.acted.connect(self._on_acted)
        self._booked.copy_wanted.connect(self._copy)
        self._booked.join_wanted.connect(self._opener.open)
        self._booked.file_wanted.connect(viewmodel.make_calendar_file)
        self._cancel.clicked.connect(self._on_close)
        self._book.clicked.connect(self.submit)
        self._next_step.clicked.connect(self._on_next_step)
        self._done.clicked.connect(self._on_close)

    def _show_title(self) -> None:
        if self._viewmodel.props.booked is not None:
            self._title.setText(translate("desk", "Booked"))
            return
        title = self._viewmodel.props.title
        self._title.setText(translate("desk", "Book {link}").format(link=title) if title else "")

    def _show_slot(self) -> None:
        self.form.show_slot(self._viewmodel.props.slot_card)

    def _show_form(self) -> None:
        is_locked = self._viewmodel.props.form.is_locked
        focused = QApplication.focusWidget()
        if is_locked and self.form.isEnabled() and focused is not None and self.form.isAncestorOf(focused):
            self._was_typing_in = focused
        self.form.show_form(self._viewmodel.props.form)

    def _on_settled(self) -> None:
        """The form is open again: the keyboard goes back to its field, unless the outcome took it."""
        field, self._was_typing_in = self._was_typing_in, None
        if field is not None and intact(field) and QApplication.focusWidget() is None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_notice(self) -> None:
        is_new = self._notice.isHidden()
        self._notice.show_notice(self._viewmodel.props.notice)
        if is_new and not self._notice.isHidden():
            self._scroll.verticalScrollBar().setValue(0)

    def _show_footer(self) -> None:
        footer = self._viewmodel.props.footer
        self._hint.setText(footer.hint)
        self._book.set_label(footer.label)
        self._book.set_busy(bool(footer.busy_label), footer.busy_label)
        self._book.setEnabled(footer.is_enabled or bool(footer.busy_label))
        self._cancel.setEnabled(not footer.busy_label)

    def _show_booked(self) -> None:
        booked = self._viewmodel.props.booked
        is_booked = booked is not None
        is_new = self._booked.isHidden()
        self._recording.show(self._viewmodel.inputs.outcome)
        if booked is not None:
            self._booked.show_booked(booked)
        before: tuple[QWidget, ...] = (self.form, self._cancel, self._book, self._hint)
        after: tuple[QWidget, ...] = (self._booked, self._records, self._next_step, self._done)
        takes_bookings = self._viewmodel.props.takes_bookings
        self._footer.setVisible(is_booked or takes_bookings)
        for widget in before:
            widget.setVisible(not is_booked and takes_bookings)
        for widget in after:
            widget.setVisible(is_booked)
        self._show_title()
        if is_booked and is_new:
            self._scroll.verticalScrollBar().setValue(0)
            self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_close(self) -> None:
        if self._viewmodel.props.booked is not None:
            self._viewmodel.finish()
        else:
            self._viewmodel.cancel()
        self.closed.emit()

    def _on_nearest(self, slot: Slot) -> None:
        self._viewmodel.pick_nearest(slot)
        self.focus_primary()

    def _on_next_step(self) -> None:
        self._viewmodel.start_over()
        self.closed.emit()

    def _on_acted(self, action: str) -> None:
        self._viewmodel.act(DeskAction(action))

    def _on_draft_kept(self, is_kept: bool) -> None:
        if is_kept:
            kept = translate(
                "desk", "Saved as a draft. It is never sent by itself: book it when you are back."
            )
            self._notices.say(kept, tone=Tone.OK)
        else:
            lost = translate("desk", "The draft could not be written to disk. Keep Slotdesk open.")
            self._notices.say(lost, tone=Tone.BAD)

    def _on_settled_elsewhere(self, slug: str, outcome: BookingOutcome) -> None:
        tone, text = elsewhere_words(outcome, link=self._viewmodel.title_of(slug))
        show = Action(translate("desk", "Show"), lambda: self.link_wanted.emit(slug))
        self._notices.say(text, tone=tone, action=show, seconds=30.0)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._notices.say(translate("desk", "Copied"), tone=Tone.OK, seconds=2.0)

    def _on_calendar_file(self, title: str, content: bytes) -> None:
        self._tasks.start(self._save_file(title, content), key="save", policy=Policy.LATEST)

    async def _save_file(self, title: str, content: bytes) -> None:
        path = await ask_where_to_save(
            self,
            title=translate("desk", "Save the meeting"),
            name=f"{safe_file_name(title)}.ics",
            kind=translate("desk", "Calendar files (*.ics)"),
        )
        if path is None:
            return
        try:
            path.write_bytes(content)
        except OSError as reason:
            text = translate("desk", "The file could not be written: {reason}")
            self._notices.say(text.format(reason=reason.strerror or str(reason)), tone=Tone.BAD)
            return
        self._notices.say(translate("desk", "Saved"), tone=Tone.OK)


def safe_file_name(title: str) -> str:
    """A base name without anything a file system or a hostile CRM name could make trouble with."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:80] or "meeting"
