"""Rows that have been read: what is asked for again, and what is forgotten."""

from app.domain.meetings import MeetingId
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.face import MeetingFace
from app.ui.screens.log.listing.shelf import KEPT, PAGE, RowShelf
from tests.fakes.clock import NOW
from tests.ui.screens.log.fakes import row


def shelf() -> tuple[RowShelf, list[str]]:
    made: list[str] = []

    def face(one: MeetingRow) -> MeetingFace:
        made.append(one.meeting.id)
        return MeetingFace("", one.meeting.details.title, "", "", "ok", None, "")

    return RowShelf(face), made


def ids(*names: str) -> tuple[MeetingId, ...]:
    return tuple(MeetingId(name) for name in names)


def test_a_row_is_asked_for_once_and_its_face_made_once() -> None:
    rows, made = shelf()
    assert rows.missing(ids("1", "2")) == ("1", "2")
    rows.put(ids("1", "2"), [row("1", "Intro", NOW), row("2", "Demo", NOW)])
    assert rows.missing(ids("1", "2")) == ()
    face = rows.face(MeetingId("1"))
    assert face is not None
    assert face.title == "Intro"
    assert rows.face(MeetingId("1")) is face
    assert made == ["1"]


def test_an_outdated_row_is_shown_until_it_is_read_again() -> None:
    rows, _ = shelf()
    rows.put(ids("1"), [row("1", "Intro", NOW)])
    rows.outdate()
    assert rows.missing(ids("1")) == ("1",)
    before = rows.face(MeetingId("1"))
    assert before is not None
    assert before.title == "Intro"
    rows.put(ids("1"), [row("1", "Renamed", NOW)])
    after = rows.face(MeetingId("1"))
    assert after is not None
    assert after.title == "Renamed"


def test_a_row_that_is_not_there_is_not_asked_for_for_ever() -> None:
    rows, _ = shelf()
    rows.put(ids("9"), [])
    assert rows.missing(ids("9")) == ()
    rows.outdate()
    assert rows.missing(ids("9")) == ("9",)


def test_a_page_at_a_time() -> None:
    rows, _ = shelf()
    assert len(rows.missing(ids(*(str(number) for number in range(500))))) == PAGE


def test_the_oldest_rows_are_forgotten() -> None:
    rows, _ = shelf()
    many = [row(str(number), "Intro", NOW) for number in range(KEPT + 5)]
    rows.put([one.meeting.id for one in many], many)
    assert rows.row(MeetingId("4")) is None
    assert rows.row(MeetingId("5")) is not None


def test_faces_are_made_anew_for_other_words() -> None:
    rows, made = shelf()
    rows.put(ids("1"), [row("1", "Intro", NOW)])
    rows.face(MeetingId("1"))
    rows.repaint()
    rows.face(MeetingId("1"))
    assert made == ["1", "1"]
    rows.clear()
    assert rows.face(MeetingId("1")) is None
