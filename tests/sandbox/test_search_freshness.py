"""When a search notices what was written: at once, after the lag, and on further pages."""

from urllib.parse import quote

from app.sandbox.crm.object_types import CONTACT, MEETING
from tests.sandbox.calling import Caller, calling
from tests.sandbox.test_search import ids, where


def test_changes_appear_after_the_lag() -> None:
    with calling(search_lag_s=10) as hubspot:
        body = {"properties": {"email": "late@person.example", "city": "Bonn"}}
        record_id = hubspot.post("/crm/v3/objects/contacts", body).json()["id"]
        mail = where("email", "EQ", "late@person.example")
        assert ids(hubspot, "contacts", filterGroups=mail) == []
        hubspot.sandbox.clock.advance(11)
        assert ids(hubspot, "contacts", filterGroups=mail) == [record_id]
        hubspot.patch(f"/crm/v3/objects/contacts/{record_id}", {"properties": {"city": "Ulm"}})
        assert ids(hubspot, "contacts", filterGroups=where("city", "EQ", "Bonn")) == [record_id]
        assert ids(hubspot, "contacts", filterGroups=where("city", "EQ", "Ulm")) == []
        hubspot.sandbox.clock.advance(11)
        assert ids(hubspot, "contacts", filterGroups=where("city", "EQ", "Ulm")) == [record_id]


def test_a_lagging_index_finds_what_it_knew_by_start_and_by_contact() -> None:
    with calling(search_lag_s=10) as hubspot:
        contact = hubspot.first_id(CONTACT)
        meeting = hubspot.post(
            "/crm/v3/objects/meetings",
            {
                "properties": {"hs_meeting_start_time": "2027-01-04T09:00:00Z"},
                "associations": [
                    {
                        "to": {"id": contact},
                        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}],
                    }
                ],
            },
        ).json()["id"]
        old = where("hs_meeting_start_time", "EQ", "2027-01-04T09:00:00Z")
        new = where("hs_meeting_start_time", "GTE", "2027-01-05T00:00:00Z")
        by_contact = [
            {"filters": [*old[0]["filters"], *where("associations.contact", "EQ", contact)[0]["filters"]]}
        ]
        listed = hubspot.get(f"/crm/v4/objects/contacts/{contact}/associations/meetings").json()["results"]
        assert meeting in [one["toObjectId"] for one in listed]
        assert (
            ids(hubspot, "meetings", filterGroups=old)
            == ids(hubspot, "meetings", filterGroups=by_contact)
            == []
        )
        hubspot.sandbox.clock.advance(11)
        assert ids(hubspot, "meetings", filterGroups=old) == [meeting]
        assert ids(hubspot, "meetings", filterGroups=by_contact) == [meeting]
        moved = {"properties": {"hs_meeting_start_time": "2027-01-05T09:00:00Z"}}
        hubspot.patch(f"/crm/v3/objects/meetings/{meeting}", moved)
        assert ids(hubspot, "meetings", filterGroups=old) == [meeting]
        assert ids(hubspot, "meetings", filterGroups=new) == []
        hubspot.sandbox.clock.advance(11)
        assert ids(hubspot, "meetings", filterGroups=old) == []
        assert ids(hubspot, "meetings", filterGroups=new) == [meeting]
        hubspot.patch(f"/crm/v3/objects/meetings/{meeting}", {"properties": {"hs_meeting_title": "x"}})
        hubspot.delete(f"/crm/v3/objects/meetings/{meeting}")
        assert ids(hubspot, "meetings", filterGroups=new) == []


def test_further_pages_of_a_search_notice_every_change(hubspot: Caller) -> None:
    def found(after: int = 0) -> list[str]:
        body = {"filterGroups": wanted, "limit": 200, "after": str(after)}
        return [row["id"] for row in hubspot.post("/crm/v3/objects/meetings/search", body).json()["results"]]

    contact = hubspot.first_id(CONTACT)
    wanted = where("associations.contact", "EQ", contact)
    before = found()
    assert found() == before
    assert found(1) == before[1:]
    other = next(one.id for one in hubspot.store.all(MEETING) if one.id not in before)
    link = f"/crm/v3/objects/meetings/{other}/associations/contacts/{contact}/200"
    hubspot.call("PUT", link)
    assert set(found()) == {*before, other}
    hubspot.delete(link)
    assert found() == before
    hubspot.delete(f"/crm/v3/objects/meetings/{before[0]}")
    assert found() == before[1:]


def test_instants_compare_to_the_millisecond_in_either_form(hubspot: Caller) -> None:
    meetings = [
        hubspot.post("/crm/v3/objects/meetings", {"properties": {"hs_meeting_start_time": start}}).json()[
            "id"
        ]
        for start in ("2031-01-01T09:00:00Z", "2031-01-01T09:00:00.250Z", "2031-01-01T09:00:01Z")
    ]

    def found(name: str, operator: str, value: str) -> list[str]:
        sorts = [{"propertyName": name, "direction": "ASCENDING"}]
        late = where(name, operator, value)[0]["filters"]
        filters = [*late, *where("hs_object_id", "IN", *meetings)[0]["filters"]]
        return ids(hubspot, "meetings", filterGroups=[{"filters": filters}], sorts=sorts)

    for name in ("hs_meeting_start_time", "hs_timestamp"):
        assert found(name, "GTE", "1925024400000") == meetings
        assert found(name, "GT", "2031-01-01T09:00:00Z") == meetings[1:]
        assert found(name, "EQ", "1925024400250") == meetings[1:2]
        assert found(name, "LT", "2031-01-01T10:00:00.251+01:00") == meetings[:2]


def test_the_engagement_of_a_booking_is_on_the_contact_before_search_finds_it() -> None:
    with calling(search_lag_s=20) as hubspot:
        stem = "/scheduler/2026-03/meetings/meeting-links/book"
        link = hubspot.sandbox.portals[0].world.links.named("Intro call")
        shown = hubspot.get(
            f"{stem}/availability-page/{quote(link.slug, safe='')}", timezone="UTC", monthOffset=1
        )
        slots = shown.json()["linkAvailability"]["linkAvailabilityByDuration"]["1800000"]["availabilities"]
        start = slots[0]["startMillisUtc"]
        body = {
            "slug": link.slug,
            "startTime": start,
            "duration": 1_800_000,
            "firstName": "Late",
            "lastName": "Index",
            "email": "late@index.example",
            "formFields": [{"name": "numemployees", "value": "1-10"}],
            "legalConsentResponses": [],
            "likelyAvailableUserIds": [],
            "timezone": "UTC",
        }
        booked = hubspot.post(stem, body)
        assert booked.status_code == 200, booked.text
        contact = booked.json()["contactId"]
        linked = hubspot.get(f"/crm/objects/2026-03/contacts/{contact}/associations/meetings").json()[
            "results"
        ]
        (meeting,) = [one["toObjectId"] for one in linked]
        read = hubspot.get(
            f"/crm/objects/2026-03/meetings/{meeting}", properties="hs_meeting_source,hs_meeting_outcome"
        )
        assert read.json()["properties"]["hs_meeting_source"] == "INTEGRATION"
        assert read.json()["properties"]["hs_meeting_outcome"] == "SCHEDULED"
        wanted = [
            {
                "filters": [
                    *where("associations.contact", "EQ", contact)[0]["filters"],
                    *where("hs_meeting_start_time", "EQ", str(start))[0]["filters"],
                ]
            }
        ]
        assert ids(hubspot, "meetings", filterGroups=wanted) == []
        hubspot.sandbox.clock.advance(21)
        assert ids(hubspot, "meetings", filterGroups=wanted) == [meeting]
