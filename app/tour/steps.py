"""The main job: the steps of the tour in their order."""

from app.tour import booking, recording
from app.tour.tour import Step

MAIN_JOB: tuple[Step, ...] = (
    Step("welcome", booking.welcome),
    Step("signed-in", booking.sign_in),
    Step("link", booking.pick_link, picture=False),
    Step("next-week", booking.next_week, picture=False),
    Step("slot", booking.pick_slot),
    Step("guest", booking.choose_guest),
    Step("book", booking.answer_questions),
    Step("booked", booking.book),
    Step("confirmed", booking.confirm, picture=False),
    Step("month", booking.month),
    Step("palette", booking.palette),
    Step("agenda", recording.agenda),
    Step("to-log", recording.log),
    Step("outcome", recording.outcome),
    Step("log", recording.log_anew),
    Step("logged", recording.logged),
    Step("settings", booking.settings),
)
