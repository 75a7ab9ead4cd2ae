"""A rep at the running app: what one does in the window, and what one reads there."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from app.compose.running import RunningApp
from app.tour.hands import Hands, StepFailed
from app.ui.kit.calendar import GridSlot, WeekGrid
from app.ui.kit.widgets.banner import BannerStrip
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.rows import ListRow
from app.ui.screens.book.links.model import ROW
from app.ui.screens.book.links.rows import LinkRow

W = TypeVar("W", bound=QWidget)


class Rep:
    """Acts with mouse and keyboard only; looks at widgets, and at services where nothing is on screen."""

    def __init__(self, running: RunningApp) -> None:
        self.running = running
        self.hands = Hands(running.window)

    @property
    def week(self) -> WeekGrid:
        """The week on screen."""
        return self.hands.find(WeekGrid, "calendar.week")

    @property
    def focused(self) -> str:
        """The name of the widget that has the keyboard, or of the nearest one around it that has a name."""
        widget = QApplication.focusWidget()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    @property
    def notice(self) -> str:
        """What the notice over the form says; empty while there is none."""
        return self._spoken("desk.notice")

    @property
    def booked(self) -> str:
        """What the confirmation says; empty while there is none."""
        return self._spoken("booked.panel")

    @property
    def failure(self) -> str:
        """Why the sign-in failed; empty while it did not."""
        return self._spoken("signInFailure")

    @property
    def banners(self) -> tuple[str, ...]:
        """The banners on screen."""
        strip = self.running.window.findChild(BannerStrip)
        assert strip is not None
        return tuple(banner.accessibleName() for banner in strip.banners if banner.isVisible())

    @property
    def toasts(self) -> tuple[str, ...]:
        """What is said in passing."""
        return tuple(toast.text for toast in self.running.notices.toasts)

    def words_in(self, name: str) -> str:
        """All text that is visible inside a widget: its labels, then what its choices offer."""
        inside = self.hands.find(QWidget, name)
        parts: list[QLabel | QRadioButton] = [
            *inside.findChildren(QLabel),
            *inside.findChildren(QRadioButton),
        ]
        return "\n".join(part.text() for part in parts if part.isVisible())

    def button(self, name: str) -> Button:
        """A visible button."""
        return self.hands.find(Button, name)

    async def sign_in(self) -> None:
        """Open the practice world and wait for links and free times."""
        await self.hands.click("openSandbox")
        await self.sees_links()
        await self.sees_times()

    async def sees_links(self) -> None:
        """Wait for every link to be listed."""
        links = self.running.services.links.state

        def are_listed() -> bool:
            return (
                self.hands.is_there("links.list") and bool(links.value.links) and not links.value.is_loading
            )

        await self.hands.until(are_listed, "the links")

    async def sees_times(self) -> None:
        """Wait for the free times of the open link to be on screen and loading to have ended."""
        await self.settles()
        await self.hands.until(
            lambda: self.hands.is_there("calendar.week") and bool(self.week.props.slots), "free times"
        )

    async def settles(self) -> None:
        """Wait until nothing of the open link is being loaded."""
        state = self.running.services.availability.state

        def is_settled() -> bool:
            if "book" not in self.running.window.screens:
                return False
            link, now = self.running.book.selection.link, state.value
            if link is None or (not link.is_paid and now.slug != link.slug):
                return False
            return not (now.is_opening or now.is_searching or now.loading_months or self._is_loading())

        await self.hands.until(is_settled, "the free times to be loaded")

    async def prepares(self, link: str, *, share: float = 0.5) -> GridSlot:
        """Everything up to the press of the button: signed in, link open, slot picked, Ada as the guest."""
        await self.sign_in()
        await self.open_link(link)
        slot = await self.pick_slot(share)
        await self.choose_guest("ada okaf", "Ada Okafor")
        return slot

    async def open_link(self, name: str) -> None:
        """Find a link by its name, open it with Enter, and wait for its free times."""
        await self.hands.click("links.search")
        await self.hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        await self.hands.type(name.casefold())
        rows = self.hands.find(QListView, "links.list").model()

        def first() -> str:
            titles = (self._title(rows.index(row, 0)) for row in range(rows.rowCount()))
            return next((title for title in titles if title), "")

        await self.hands.until(lambda: first() == name, f"{name} as the first match, not {first()}")
        await self.hands.press(Qt.Key.Key_Return)
        selection = self.running.book.selection
        await self.hands.until(lambda: selection.link is not None and selection.link.title == name, name)
        await self.hands.press(Qt.Key.Key_Escape)
        await self.settles()

    async def pick_slot(self, share: float = 0.5) -> GridSlot:
        """Click the slot that lies `share` of the way through the free ones on screen."""
        slots = self.week.props.slots
        slot = slots[min(int(len(slots) * share), len(slots) - 1)]
        await self.hands.click_slot(self.week, slot.key)
        picked = self.running.book.selection
        await self.hands.until(
            lambda: picked.slot is not None and picked.slot.start == slot.start, "the picked slot"
        )
        return slot

    async def no_longer_sees(self, key: str) -> None:
        """Wait for a slot to be offered no more."""
        await self.hands.until(
            lambda: all(slot.key != key for slot in self.week.props.slots), f"slot {key} to disappear"
        )

    async def choose_guest(self, typed: str, name: str) -> None:
        """Type into the guest field and take the match called `name`, which has to be the first one."""
        if self.focused != "desk.prospect":
            await self.click_into("desk.prospect")
        await self.hands.type(typed)
        prospect = self.running.book.desk.prospect

        def first() -> ListRow | None:
            return prospect.props.rows[0] if prospect.props.rows else None

        def is_found() -> bool:
            row = first()
            return not prospect.props.is_searching and row is not None and row.title == name

        await self.hands.until(is_found, f"{name} among the matches")
        await self.hands.press(Qt.Key.Key_Return)
        await self.knows_guest()

    async def knows_guest(self) -> None:
        """Wait for the chosen contact to have been read and filled in."""
        desk = self.running.book.desk
        await self.hands.until(
            lambda: bool(desk.prospect.props.chosen_title and desk.inputs.answers.email), "the guest's form"
        )

    async def types_guest(self, first: str, last: str, email: str) -> None:
        """Fill in somebody who is not in the CRM."""
        for name, text in (("desk.firstName", first), ("desk.lastName", last), ("desk.email", email)):
            await self.write(name, text)

    async def click_into(self, name: str) -> None:
        """Put the keyboard into a field with the mouse."""
        await self.hands.until(lambda: self.hands.is_there(name), name)
        QTest.mouseClick(self._editor(name), Qt.MouseButton.LeftButton)
        await self.hands.until(lambda: self.focused == name, f"the keyboard in {name}")

    async def write(self, name: str, text: str) -> None:
        """Replace what a text field says."""
        await self.click_into(name)
        await self.hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        await self.hands.type(text)

    async def book(self) -> None:
        """Press the primary button."""
        await self.hands.click("desk.book")

    async def sees_booked(self) -> None:
        """Wait for the confirmation."""
        await self._ends(lambda: bool(self.booked), "the confirmation")

    async def sees_notice(self, words: str) -> None:
        """Wait for a notice over the form that says `words`."""
        await self._ends(lambda: words in self.notice, f"the notice: {words}")

    async def sees_toast(self, words: str) -> None:
        """Wait for something to be said in passing."""
        await self.hands.until(lambda: any(words in toast for toast in self.toasts), f"toast: {words}")

    async def sees_banner(self, words: str) -> None:
        """Wait for a banner that says `words`."""
        await self.hands.until(lambda: any(words in banner for banner in self.banners), f"banner: {words}")

    async def act_on_banner(self, label: str) -> None:
        """Press the button of a banner."""
        strip = self.running.window.findChild(BannerStrip)
        assert strip is not None
        button = next(banner.action for banner in strip.banners if banner.action.accessibleName() == label)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await self.hands.rest()

    async def no_banner(self) -> None:
        """Wait until no banner is left."""
        await self.hands.until(lambda: not self.banners, "the banners to go")

    async def _ends(self, condition: Callable[[], bool], what: str) -> None:
        try:
            await self.hands.until(condition, what)
        except StepFailed as failed:
            errors = dict(self.running.book.desk.props.form.errors)
            raise StepFailed(f"{failed}; notice: {self.notice!r}, errors: {errors}") from None

    def _is_loading(self) -> bool:
        return self.hands.is_there("calendar.week") and self.week.props.loading

    def _spoken(self, name: str) -> str:
        return self.hands.find(QWidget, name).accessibleName() if self.hands.is_there(name) else ""

    def _editor(self, name: str) -> QWidget:
        field = self.hands.find(QWidget, name)
        for kind in (QLineEdit, QPlainTextEdit):
            editor = field.findChild(kind)
            if editor is not None:
                return editor.viewport() if isinstance(editor, QPlainTextEdit) else editor
        return field

    @staticmethod
    def _title(index: QModelIndex) -> str:
        row = index.data(ROW)
        return row.link.title if isinstance(row, LinkRow) else ""
