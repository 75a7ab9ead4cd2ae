"""The confirmation: panel, plain text and calendar file, in the zone that was booked."""

from dataclasses import replace

from app.domain.booking import Booked, NotFound
from app.ui.screens.book.desk.confirmation import as_text, calendar_file, derive_booked
from app.ui.screens.book.desk.props import derive_desk
from app.ui.screens.book.desk.view import safe_file_name
from tests.fakes.samples import at, sample_link, sample_receipt, sample_request
from tests.ui.screens.book.snapshots import desk

NEW_YORK = "America/New_York"
REQUEST = replace(sample_request(at(24, 17, 30)), zone=NEW_YORK)
BOOKED = Booked(REQUEST, sample_receipt(REQUEST))
JOIN = "https://meet.example/ada"


def test_the_panel_says_what_when_and_to_whom() -> None:
    panel = derive_booked(desk(outcome=BOOKED))
    assert panel is not None
    assert panel.title == "Intro call with Ada Okafor"
    assert panel.when == "Tue 24 Nov, 12:30 – 13:00 in New York"
    assert panel.own_time == "18:30 – 19:00 in Berlin, your time"
    assert panel.invited == ("ada@northwind.example", "sam@northwind.example")
    assert (panel.join_url, panel.location, panel.note) == ("", "", "")


def test_the_booked_zone_stays_though_another_is_looked_at() -> None:
    panel = derive_booked(desk(outcome=BOOKED, guest_zone="Asia/Tokyo"))
    assert panel is not None
    assert panel.when == "Tue 24 Nov, 12:30 – 13:00 in New York"


def test_in_ones_own_zone_the_time_is_said_once() -> None:
    own = replace(REQUEST, zone="Europe/Berlin")
    panel = derive_booked(desk(outcome=Booked(own, sample_receipt(own))))
    assert panel is not None
    assert (panel.when, panel.own_time) == ("Tue 24 Nov, 18:30 – 19:00 in Berlin", "")
    assert panel.text == "Intro call with Ada Okafor\nTue 24 Nov, 18:30 – 19:00 in Berlin"


def test_a_meeting_found_afterwards_says_so() -> None:
    panel = derive_booked(desk(outcome=replace(BOOKED, found_later=True)))
    assert panel is not None
    assert panel.note


def test_a_location_that_is_the_join_link_is_shown_once() -> None:
    both = replace(BOOKED, receipt=replace(BOOKED.receipt, join_url=JOIN, location=JOIN))
    panel = derive_booked(desk(outcome=both))
    assert panel is not None
    assert (panel.join_url, panel.location) == (JOIN, "")
    room = replace(BOOKED, receipt=replace(BOOKED.receipt, location="Room 4"))
    panel = derive_booked(desk(outcome=room))
    assert panel is not None
    assert panel.location == "Room 4"


def test_without_a_booking_there_is_no_panel() -> None:
    assert derive_booked(desk()) is None
    assert derive_booked(desk(outcome=NotFound(REQUEST))) is None


def test_a_meeting_of_another_link_keeps_its_own_name() -> None:
    receipt = replace(BOOKED.receipt, subject="Intro call")
    panel = derive_booked(
        desk(link=sample_link("demo", name="Product demo"), outcome=replace(BOOKED, receipt=receipt))
    )
    assert panel is not None
    assert panel.title == "Intro call with Ada Okafor"


def test_a_guest_without_a_name_is_the_address() -> None:
    nameless = replace(BOOKED, request=replace(REQUEST, first_name="", last_name=""))
    panel = derive_booked(desk(outcome=nameless))
    assert panel is not None
    assert panel.title == "Intro call with ada@northwind.example"


def test_the_text_holds_both_zones_and_how_to_join() -> None:
    online = replace(BOOKED, receipt=replace(BOOKED.receipt, join_url=JOIN, location="Zoom"))
    assert as_text(desk(), online) == (
        "Intro call with Ada Okafor\n"
        "Tue 24 Nov, 12:30 – 13:00 in New York\n"
        "Tue 24 Nov, 18:30 – 19:00 in Berlin\n"
        f"Join: {JOIN}"
    )
    room = replace(BOOKED, receipt=replace(BOOKED.receipt, location="Room 4"))
    assert as_text(desk(), room).endswith("\nWhere: Room 4")


def test_the_calendar_file_has_a_stable_uid_and_the_booked_zone() -> None:
    file = calendar_file(desk(guest_zone="Asia/Tokyo"), BOOKED)
    assert file.uid == "event-1@slotdesk"
    assert file.uid == calendar_file(desk(), BOOKED).uid
    assert (file.start, file.end, file.zone) == (at(24, 17, 30), at(24, 18), NEW_YORK)
    assert file.attendees == ("ada@northwind.example", "sam@northwind.example")
    assert file.description == as_text(desk(), BOOKED)


def test_the_whole_desk_is_derived_at_once() -> None:
    props = derive_desk(desk(outcome=BOOKED))
    assert props.booked is not None
    assert (props.title, props.notice) == ("Intro call", None)
    assert derive_desk(desk(link=None)).title == ""


def test_a_file_name_has_nothing_a_disk_could_trip_over() -> None:
    assert safe_file_name("Intro call with Ada Okafor") == "Intro call with Ada Okafor"
    assert safe_file_name("../../etc/passwd\x00 \u202e\n") == "etc passwd"
    assert safe_file_name("///") == "meeting"
    assert len(safe_file_name("x" * 10_000)) == 80
    assert safe_file_name("Besprechung mit Žofia Müller") == "Besprechung mit Žofia Müller"
