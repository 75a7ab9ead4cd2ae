"""Signing in and booking, as a rep goes through them; each step ends in a condition on screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget

from app.tour.hands import StepFailed
from app.tour.tour import Tour

LINK = "intro call"
GUEST = "ada okafor"


async def welcome(tour: Tour) -> None:
    """The window opens signed out."""
    await tour.hands.until(lambda: tour.hands.is_there("openSandbox"), "the welcome cards")


async def sign_in(tour: Tour) -> None:
    """Sign in through the loopback receiver, and see links and free times."""
    await tour.hands.click("openSandbox")
    await tour.hands.until(lambda: tour.hands.is_there("links.list"), "the links")
    rows = tour.hands.find(QListView, "links.list").model()
    await tour.hands.until(lambda: rows.rowCount() > 1, "the links to be listed")
    await tour.sees_free_times("free times")


async def pick_link(tour: Tour) -> None:
    """Search for a link and open it with Enter."""
    await tour.hands.click("links.search")
    await tour.hands.type(LINK)
    await tour.hands.press(Qt.Key.Key_Return)
    await tour.sees_free_times("the free times of the link")
    await tour.hands.click("links.search")
    await tour.hands.press(Qt.Key.Key_Escape)


async def next_week(tour: Tour) -> None:
    """Go one week forward."""
    before = tour.week.props.days[0].date
    await tour.hands.click("calendar.next")
    await tour.hands.until(lambda: tour.week.props.days[0].date > before, "the next week")
    await tour.sees_free_times("free times in the next week")


async def pick_slot(tour: Tour) -> None:
    """Pick a free time in the middle of the week."""
    slots = tour.week.props.slots
    await tour.hands.click_slot(tour.week, slots[len(slots) // 2].key)
    await tour.hands.until(lambda: tour.hands.is_there("desk.book"), "the desk")
    button = tour.hands.find(QWidget, "desk.book")
    await tour.hands.until(button.isEnabled, "the button that books")


async def choose_guest(tour: Tour) -> None:
    """Type a contact's name and take the first match."""
    prospect = tour.running.book.desk.prospect
    await tour.hands.type(GUEST)

    def is_found() -> bool:
        rows = prospect.props.rows
        return not prospect.props.is_searching and len(rows) > 1 and GUEST in rows[0].title.casefold()

    await tour.hands.until(is_found, "contacts that match")
    await tour.hands.press(Qt.Key.Key_Return)
    await tour.hands.until(lambda: bool(prospect.props.chosen_title), "the chosen contact")
    desk = tour.running.book.desk
    await tour.hands.until(lambda: bool(desk.inputs.answers.email), "the prefilled form")


async def answer_questions(tour: Tour) -> None:
    """Answer what the contact's record did not."""
    desk = tour.running.book.desk
    for props in desk.props.form.fields:
        asked = props.field
        if asked.is_required and not props.value:
            desk.answer(asked.name, asked.choices[0].value if asked.choices else "12")
    await tour.hands.rest()


async def book(tour: Tour) -> None:
    """Book, and see the confirmation."""
    await tour.hands.click("desk.book")
    desk = tour.running.book.desk

    def is_settled() -> bool:
        return desk.props.booked is not None or desk.props.notice is not None or bool(desk.props.form.errors)

    await tour.hands.until(is_settled, "the confirmation")
    if desk.props.booked is None:
        notice = desk.props.notice.title if desk.props.notice is not None else dict(desk.props.form.errors)
        raise StepFailed(f"the booking ended with: {notice}")
    await tour.hands.until(lambda: tour.hands.is_there("booked.done"), "the confirmation's buttons")


async def confirm(tour: Tour) -> None:
    """Put the confirmation away; the slot is no longer offered."""
    booked = tour.running.book.desk.inputs.outcome
    receipt = getattr(booked, "receipt", None)
    await tour.hands.click("booked.done")
    await tour.hands.until(lambda: tour.running.book.desk.props.booked is None, "an empty desk")
    await tour.hands.until(
        lambda: receipt is not None and all(slot.start != receipt.start for slot in tour.week.props.slots),
        "the booked slot to disappear",
    )


async def month(tour: Tour) -> None:
    """Look at the month."""
    tour.running.window.registry.run("book.month")
    await tour.hands.until(lambda: tour.hands.is_there("calendar.month"), "the month")


async def palette(tour: Tour) -> None:
    """Find a person from anywhere."""
    tour.running.window.registry.run("book.week")
    tour.running.window.registry.run("shell.palette")
    await tour.hands.until(lambda: tour.hands.is_there("palette.input"), "the palette")
    await tour.hands.type("okaf")
    shown = tour.hands.find(QListView, "palette.list")
    await tour.hands.until(lambda: shown.model().rowCount() > 2, "people in the palette")


async def settings(tour: Tour) -> None:
    """Look at the accounts page."""
    await tour.hands.click("rail.settings")
    await tour.hands.until(lambda: tour.hands.is_there("settings.list"), "the settings")
