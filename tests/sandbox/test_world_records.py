"""The CRM records of the world: how many, how plausible, how linked."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.crm.values import normalised
from app.sandbox.hubspot.scheduler.booking_rules import is_address
from app.sandbox.instants import epoch_ms, parse_instant
from app.sandbox.world import World, build_world
from app.sandbox.world.names import company_names, zone_slug
from app.sandbox.world.people import HANNA, MEI, USERS
from tests.sandbox.scheduler.conftest import Clock


@pytest.fixture(scope="module")
def world() -> World:
    clock = Clock()
    return build_world(seed=7, now=clock, store=RecordStore(clock=clock))


def is_curious(record: Record) -> bool:
    return (record.properties.get("hs_unique_id") or "").startswith("evtodd")


def ordinary(world: World) -> list[Record]:
    """The meetings without those that are there to be odd."""
    return [record for record in world.store.all(MEETING) if not is_curious(record)]


def test_the_counts_are_those_of_the_issue(world: World) -> None:
    counts = {kind: world.store.count(kind) for kind in (CONTACT, COMPANY, DEAL, TICKET, MEETING)}
    assert counts == {CONTACT: 600, COMPANY: 120, DEAL: 200, TICKET: 60, MEETING: 400}


@pytest.mark.parametrize("type_id", [CONTACT, COMPANY, DEAL, TICKET, MEETING])
def test_every_value_is_one_its_property_takes(world: World, type_id: str) -> None:
    owners = frozenset(str(user.owner_id) for user in USERS)
    for record in ordinary(world) if type_id == MEETING else world.store.all(type_id):
        for name, value in record.properties.items():
            definition = DEFINITIONS[type_id][name]
            assert value
            assert normalised(definition, value, owners) == value
        assert record.created_at <= world.now() + timedelta(days=1)


def test_e_mail_addresses_are_different_and_acceptable(world: World) -> None:
    emails = [record.properties["email"] or "" for record in world.store.all(CONTACT)]
    assert len(set(emails)) == 600
    assert all(is_address(email) and email.endswith(".example") for email in emails)


@pytest.mark.parametrize("seed", range(1, 7))
def test_no_two_contacts_share_an_address_whatever_the_seed(seed: int) -> None:
    clock = Clock()
    store = RecordStore(clock=clock)
    build_world(seed=seed, now=clock, store=store, meetings=0)
    assert len({record.properties["email"] for record in store.all(CONTACT)}) == 600


def test_ada_of_northwind_and_her_deal(world: World) -> None:
    store = world.store
    ada = store.find_by(CONTACT, "email", "ada@northwind.example")
    assert ada is not None
    assert ada.properties["firstname"] == "Ada"
    assert ada.properties["lastname"] == "Okafor"
    assert ada.properties["hs_timezone"] == "america_slash_new_york"
    assert ada.properties["numemployees"] == "51-200"
    assert ada.properties["hubspot_owner_id"] == str(MEI.owner_id)
    companies = [store.get(COMPANY, number) for number in store.associated(CONTACT, ada.id, COMPANY)]
    assert [company.properties["name"] for company in companies if company] == ["Northwind"]
    deals = [store.get(DEAL, number) for number in store.associated(CONTACT, ada.id, DEAL)]
    assert "Northwind rollout" in [deal.properties["dealname"] for deal in deals if deal]
    primary = store.associations.between(
        (CONTACT, ada.id), (COMPANY, companies[0].id if companies[0] else "")
    )
    assert {spec.type_id for spec in primary} == {1, 279}


def test_every_contact_works_somewhere_and_every_deal_and_ticket_belongs_to_someone(world: World) -> None:
    store = world.store
    for contact in store.all(CONTACT):
        assert [contact.properties["associatedcompanyid"]] == store.associated(CONTACT, contact.id, COMPANY)
    for type_id in (DEAL, TICKET):
        for record in store.all(type_id):
            assert len(store.associated(type_id, record.id, CONTACT)) == 1
            assert len(store.associated(type_id, record.id, COMPANY)) == 1


def test_everybody_owns_something(world: World) -> None:
    for type_id in (CONTACT, COMPANY, DEAL, TICKET, MEETING):
        owners = Counter(record.properties["hubspot_owner_id"] for record in world.store.all(type_id))
        former = {str(HANNA.owner_id)} if type_id == MEETING else set()
        assert set(owners) == {str(user.owner_id) for user in USERS} | former


def test_meetings_have_the_properties_of_the_reference_and_types_200_and_188(world: World) -> None:
    store = world.store
    always = {
        "hs_timestamp",
        "hs_meeting_title",
        "hubspot_owner_id",
        "hs_meeting_external_url",
        "hs_meeting_location",
        "hs_meeting_start_time",
        "hs_meeting_end_time",
        "hs_meeting_outcome",
        "hs_activity_type",
        "hs_meeting_source",
        "hs_unique_id",
        "hs_engagement_source",
    }
    events = set()
    for meeting in ordinary(world):
        values = meeting.properties
        assert always <= set(values)
        assert values["hs_timestamp"] == values["hs_meeting_start_time"]
        start = parse_instant(values["hs_meeting_start_time"] or "")
        end = parse_instant(values["hs_meeting_end_time"] or "")
        assert start is not None
        assert end is not None
        assert timedelta(minutes=15) <= end - start <= timedelta(hours=1)
        if start > world.now() + timedelta(hours=8):
            assert values["hs_meeting_outcome"] == "SCHEDULED"
        events.add(values["hs_unique_id"])
        for type_id, number in ((CONTACT, 200), (COMPANY, 188)):
            linked, *more = store.associated(MEETING, meeting.id, type_id)
            assert not more or values["hs_meeting_title"] in ("Technical scoping", "Onboarding kick-off")
            types = store.associations.between((MEETING, meeting.id), (type_id, linked))
            assert [spec.type_id for spec in types] == [number]
    assert len(events) == 400 - 16
    notes = [meeting.properties.get("hs_internal_meeting_notes") for meeting in store.all(MEETING)]
    assert any(notes)
    assert not all(notes)


def test_past_and_future_meetings_both_occur_with_every_outcome(world: World) -> None:
    store = world.store
    outcomes = Counter(meeting.properties["hs_meeting_outcome"] for meeting in ordinary(world))
    assert set(outcomes) == {"SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED"}
    now = world.now()
    starts = [parse_instant(each.properties["hs_meeting_start_time"] or "") for each in store.all(MEETING)]
    assert sum(start is not None and start > now for start in starts) > 60
    assert sum(start is not None and start < now for start in starts) > 300


def test_mei_has_three_meetings_to_log_and_some_to_come_today(world: World) -> None:
    mine = [
        meeting.properties
        for meeting in world.store.all(MEETING)
        if meeting.properties["hubspot_owner_id"] == str(MEI.owner_id)
        and meeting.properties.get("hs_meeting_outcome") == "SCHEDULED"
    ]
    now = world.now()
    ended = [parse_instant(values["hs_meeting_end_time"] or "") for values in mine]
    to_log = [
        values["hs_meeting_title"] for values, end in zip(mine, ended, strict=True) if end and end < now
    ]
    assert sorted(filter(None, to_log)) == [
        "Intro call with Ada Okafor",
        "Renewal: Fabrikam",
        "Technical scoping",
    ]
    assert {"Product demo", "Partner call"} <= {values["hs_meeting_title"] for values in mine}


def test_meetings_of_one_person_never_overlap(world: World) -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for meeting in world.store.all(MEETING):
        values = meeting.properties
        start, end = (parse_instant(values[f"hs_meeting_{edge}_time"] or "") for edge in ("start", "end"))
        assert start is not None
        assert end is not None
        spans.setdefault(values["hubspot_owner_id"] or "", []).append((epoch_ms(start), epoch_ms(end)))
    for each in spans.values():
        each.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(each))


def test_meetings_to_come_take_their_owner_s_time(world: World) -> None:
    for meeting in world.store.all(MEETING):
        values = meeting.properties
        start = parse_instant(values["hs_meeting_start_time"] or "")
        owner = world.owner(int(values["hubspot_owner_id"] or 0))
        assert start is not None
        if owner is not None and start > world.now() and not world.is_offline(owner.user_id):
            assert world.busy(owner.user_id, epoch_ms(start), epoch_ms(start) + 1)


def test_company_names_are_different_however_many() -> None:
    assert company_names(3) == ["Northwind", "Fabrikam", "Contoso"]
    assert len(set(company_names(500))) == 500


def test_zone_slugs_are_hubspot_s() -> None:
    assert zone_slug("America/New_York") == "america_slash_new_york"
    assert zone_slug("America/Port-au-Prince") == "america_slash_port_hyphen_au_hyphen_prince"


def test_the_four_kinds_of_ids_never_stand_for_each_other() -> None:
    ids = [(user.user_id, user.owner_id, user.meetings_user_id, user.record_id) for user in USERS]
    assert len({number for each in ids for number in each}) == 4 * len(USERS)
    assert len({user.zone_name for user in USERS}) == 5
