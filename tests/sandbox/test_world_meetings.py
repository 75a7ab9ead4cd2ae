"""The meetings around today: as the pictures show them, and the odd ones real accounts hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, SITE, TICKET
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.store import Record
from app.sandbox.hubspot.attachments import note_pages
from app.sandbox.instants import parse_instant
from app.sandbox.world.people import HANNA, MEI, USERS
from tests.sandbox.calling import Caller, calling


def titled(hubspot: Caller, title: str) -> list[Record]:
    return [
        record
        for record in hubspot.store.all(MEETING)
        if record.properties.get("hs_meeting_title") == title
        and record.properties["hubspot_owner_id"] == str(MEI.owner_id)
    ]


@pytest.fixture(scope="module")
def full() -> Iterator[Caller]:
    with calling(meetings=400) as caller:
        yield caller


def test_ada_s_meeting_is_the_pictured_one(standing: Caller) -> None:
    (meeting,) = titled(standing, "Intro call with Ada Okafor")
    reply = standing.get(
        f"/crm/objects/2026-03/meetings/{meeting.id}",
        properties="hs_meeting_location,hs_attachment_ids,hs_internal_meeting_notes",
        associations="contacts,companies,deals,tickets",
    ).json()
    assert reply["properties"]["hs_meeting_location"] == "https://meet.example/ada-okafor"
    assert set(reply["associations"]) == {"contacts", "companies", "deals"}
    deal = reply["associations"]["deals"]["results"][0]["id"]
    shown = standing.get(f"/crm/objects/2026-03/deals/{deal}", properties="dealname,hs_pinned_engagement_id")
    assert shown.json()["properties"]["hs_pinned_engagement_id"] == meeting.id
    assert shown.json()["properties"]["dealname"] == "Northwind rollout"
    file = standing.get(f"/files/2026-03/files/{reply['properties']['hs_attachment_ids']}").json()
    assert (file["name"], file["extension"], file["access"]) == ("call-notes", "pdf", "PRIVATE")
    assert round(file["size"] / 1024) == 84


def test_the_attached_file_is_a_pdf_whose_table_is_right() -> None:
    data = note_pages()
    assert data.startswith(b"%PDF-1.4")
    start = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert data[start : start + 4] == b"xref"
    for number, row in enumerate(data[start:].split(b"\n")[3:8], start=1):
        assert data[int(row[:10]) :].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize(
    ("title", "day", "type_id", "count"),
    [
        ("Technical scoping", 20, CONTACT, 3),
        ("Onboarding kick-off", 19, CONTACT, 5),
        ("Onboarding kick-off", 19, TICKET, 1),
        ("Quarterly review", 20, DEAL, 1),
    ],
)
def test_meetings_of_several_people_and_records(
    standing: Caller, title: str, day: int, type_id: str, count: int
) -> None:
    meeting = next(
        one
        for one in titled(standing, title)
        if (one.properties["hs_meeting_start_time"] or "").startswith(f"2026-11-{day}")
    )
    assert len(standing.store.associated(MEETING, meeting.id, type_id)) == count


def test_the_join_address_is_in_the_location_the_call_or_the_text(standing: Caller) -> None:
    places = {
        (values.get("hs_meeting_location"), bool(values.get("hs_video_conference_url")))
        for one in standing.store.all(MEETING)
        if (values := one.properties)["hs_meeting_outcome"] == "SCHEDULED"
        and values["hubspot_owner_id"] == str(MEI.owner_id)
    }
    assert {("Video call", True), ("+49 30 5550 0142", False), ("Online", False)} <= places
    online = next(
        one for one in standing.store.all(MEETING) if one.properties.get("hs_meeting_location") == "Online"
    )
    assert "https://meet.example/clara" in (online.properties["hs_meeting_body"] or "")


def test_odd_values_are_there_to_be_shown(full: Caller) -> None:
    rows = [record.properties for record in full.store.all(MEETING)]
    outcomes = {option.value: option for option in DEFINITIONS[MEETING]["hs_meeting_outcome"].options}
    stored = {row.get("hs_meeting_outcome") for row in rows}
    assert None in stored
    assert [value for value in stored if value and value not in outcomes] == ["HELD_REMOTELY"]
    assert "HELD_LEGACY" in stored
    assert outcomes["HELD_LEGACY"].hidden
    types = {option.value: option for option in DEFINITIONS[MEETING]["hs_activity_type"].options}
    assert types["Trade fair"].hidden
    assert {"Trade fair", "Imported: webinar", None} <= {row.get("hs_activity_type") for row in rows}
    assert sum(row.get("hs_meeting_title") is None for row in rows) == 1
    titles = [row.get("hs_meeting_title") or "" for row in rows]
    assert max(map(len, titles)) > 300
    assert any("\u05d0" <= letter <= "\u05ea" for title in titles for letter in title)
    assert any("file:///etc/passwd" in (row.get("hs_meeting_body") or "") for row in rows)
    assert any((row.get("hs_meeting_location") or "").startswith("javascript:") for row in rows)


def test_one_owner_has_left_and_colleagues_have_meetings_of_their_own(full: Caller) -> None:
    owners = {record.properties["hubspot_owner_id"] for record in full.store.all(MEETING)}
    assert owners == {str(user.owner_id) for user in (*USERS, HANNA)}
    gone = full.get(f"/crm/owners/2026-03/{HANNA.owner_id}", archived="true").json()
    assert (gone["archived"], gone.get("userId")) == (True, None)
    assert gone["userIdIncludingInactive"] == HANNA.user_id
    meeting = next(
        one for one in full.store.all(MEETING) if one.properties["hubspot_owner_id"] == str(HANNA.owner_id)
    )
    reply = full.patch(
        f"/crm/objects/2026-03/meetings/{meeting.id}", {"properties": {"hubspot_owner_id": HANNA.owner_id}}
    )
    assert reply.status_code == 400


def test_one_meeting_is_on_no_record_and_some_are_labelled(full: Caller) -> None:
    (alone,) = titled(full, "Coffee with nobody in particular")
    assert not any(
        full.store.associated(MEETING, alone.id, kind) for kind in (CONTACT, COMPANY, DEAL, TICKET, SITE)
    )
    labels = {
        spec.label
        for record in full.store.all(MEETING)
        for specs in full.store.associations.of((MEETING, record.id), CONTACT).values()
        for spec in specs
    }
    assert labels == {None, "Decision maker"}
    assert any(full.store.associated(MEETING, record.id, SITE) for record in full.store.all(MEETING))


@pytest.mark.parametrize("weekday", range(7))
def test_mei_has_something_to_log_whatever_day_it_is(weekday: int) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(days=weekday)
    with calling(meetings=400, now=now) as hubspot:
        ended = [
            parse_instant(record.properties["hs_meeting_end_time"] or "")
            for record in hubspot.store.all(MEETING)
            if record.properties["hubspot_owner_id"] == str(MEI.owner_id)
            and record.properties.get("hs_meeting_outcome") == "SCHEDULED"
        ]
        recent = [end for end in ended if end and now - timedelta(days=8) < end < now]
        assert 3 <= len(recent) <= 8
        assert all(end.weekday() < 5 for end in recent)
        assert sum(end is not None and end > now for end in ended) > 5


def test_a_small_world_is_without_the_odd_ones(standing: Caller) -> None:
    ids = [record.properties["hs_unique_id"] or "" for record in standing.store.all(MEETING)]
    assert not any(number.startswith("evtodd") for number in ids)


def test_a_share_of_the_meetings_is_about_deals_and_tickets() -> None:
    with calling(meetings=2000) as hubspot:
        about = [
            sum(bool(hubspot.store.associated(MEETING, one.id, kind)) for one in hubspot.store.all(MEETING))
            for kind in (DEAL, TICKET)
        ]
    assert 150 < about[0] < 600
    assert 20 < about[1] < 300
