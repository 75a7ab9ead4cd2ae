"""Meeting links, booking info and availability, field by field."""

from datetime import UTC, datetime

import pytest

from app.api.hubspot.link_payloads import (
    AvailabilityPagePayload,
    DurationSlotsPayload,
    LinkAvailabilityPayload,
    SlotPayload,
)
from app.api.hubspot.scheduler import SchedulerClient
from app.api.paging import Ending
from app.api.urgency import Urgency
from app.api.versions import PATHS, ApiVersion
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer

START = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
LINKS = "/scheduler/2026-03/meetings/meeting-links"


def test_links_are_asked_for_with_every_filter() -> None:
    page, seen = use(
        SchedulerClient,
        lambda client: client.list_links(
            limit=50,
            after="c/1=",
            name="Intro & more",
            organizer_user_id="2215340",
            link_type="PERSONAL_LINK",
            urgency=Urgency.BACKGROUND,
        ),
        replied("meeting_links"),
    )
    assert target_of(seen[0]) == (
        f"{LINKS}?limit=50&after=c%2F1%3D&name=Intro%20%26%20more&organizerUserId=2215340&type=PERSONAL_LINK"
    )
    assert (page.total, page.after, page.skipped) == (3, "bmV4dA==", 0)
    first, second, third = page.rows
    assert (first.id, first.slug, first.link) == (
        "88001",
        "ana/intro",
        "https://meetings.example.test/ana/intro",
    )
    assert (first.type, first.organizer_user_id) == ("PERSONAL_LINK", "2215340")
    assert (first.default_link, first.name, first.payment_link_id) == (True, "Intro call", None)
    assert first.created == datetime(2025, 2, 3, 10, 15, 30, 123_000, tzinfo=UTC)
    assert first.updated == datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    assert (second.id, second.organizer_user_id, second.payment_link_id) == ("88002", "2215341", "5550")
    assert second.user_ids_of_link_members == ("2215341", "2215342")
    assert (second.name, second.updated) == (None, None)
    assert first.created == second.created == third.created
    assert third.type == "KIND_OF_2028"


def test_all_links_come_page_by_page() -> None:
    last = answer(200, {"total": 4, "results": [{"id": "9", "slug": "last"}, {"id": "10"}]})

    async def walk(client: SchedulerClient) -> tuple[list[list[str]], Ending | None, int]:
        pages = client.walk_links(limit=3, name="x", organizer_user_id="1", link_type="PERSONAL_LINK")
        found = [page async for page in pages]
        return [[row.slug for row in page.rows] for page in found], pages.ending, found[-1].skipped

    (slugs, ending, skipped), seen = use(SchedulerClient, walk, replied("meeting_links"), last)
    assert slugs == [["ana/intro", "sales-team", "new-kind"], ["last"]]
    assert (ending, skipped) == (Ending.COMPLETE, 1)
    assert target_of(seen[0]) == f"{LINKS}?limit=3&name=x&organizerUserId=1&type=PERSONAL_LINK"
    assert target_of(seen[1]).startswith(f"{LINKS}?limit=3&after=bmV4dA%3D%3D&")


@pytest.mark.parametrize("version", list(ApiVersion))
def test_a_slug_is_one_segment_encoded_once(version: ApiVersion) -> None:
    _, seen = use(
        SchedulerClient,
        lambda client: client.booking_info("team/link 50%", timezone="America/New_York"),
        replied("booking_info"),
        paths=PATHS[version],
    )
    assert target_of(seen[0]) == (
        f"/scheduler/{version}/meetings/meeting-links/book/team%2Flink%2050%25?timezone=America%2FNew_York"
    )


def test_booking_info_is_read_whole() -> None:
    found, _ = use(
        SchedulerClient, lambda client: client.booking_info("x", timezone="UTC"), replied("booking_info")
    )
    assert found.skipped == 0
    info = found.value
    assert (info.link_id, info.link_type, info.is_offline) == ("88001", "PERSONAL_LINK", False)
    params = info.custom_params
    assert params.durations == (900_000, 1_800_000)
    assert (params.start_time_increment_minutes, params.meeting_buffer_time) == ("FIFTEEN", 600_000)
    assert (params.availability["MONDAY"].start, params.availability["MONDAY"].end) == (540, 1_020)
    size, note = params.form_fields
    assert (size.name, size.label, size.type, size.field_type) == (
        "company_size",
        "Company size",
        "enumeration",
        "select",
    )
    assert (size.is_custom, size.is_required) == (False, True)
    assert [(each.value, each.label, each.display_order, each.hidden) for each in size.options] == [
        ("s", "Small", 1, False),
        ("l", "Large", 0, True),
    ]
    assert (note.field_type, note.is_custom) == ("hologram", True)
    consent = params.legal_consent_options
    assert params.legal_consent_enabled
    assert consent is not None
    box = consent.communication_consent_checkboxes[0]
    assert (box.communication_type_id, box.label, box.required) == ("41", "News", True)
    assert consent.processing_consent_type == "REQUIRED_CHECKBOX"
    assert consent.processing_consent_checkbox_label == "I agree"
    guests = params.guest_settings
    assert guests is not None
    assert (guests.can_add_guests, guests.max_guest_count) == (True, 5)
    assert (params.weeks_to_advertise, params.locale, params.location) == (4, "en-us", "Video call")
    assert params.window_start == datetime.fromtimestamp(1_795_000_000, UTC)
    assert params.window_end == datetime.fromtimestamp(1_799_000_000, UTC)
    member = info.all_users_busy_times[0]
    assert (member.meetings_user.user_id, member.meetings_user.id, member.is_offline) == (
        "2215340",
        "990",
        True,
    )
    assert member.meetings_user.user_profile.full_name == "Ana Lopez"
    assert (member.busy_times[0].start, member.busy_times[0].end) == (1_795_100_000_000, 1_795_103_600_000)
    assert info.link_availability is not None
    assert info.link_availability.has_more


def test_bad_parts_of_booking_info_do_not_hide_the_rest() -> None:
    body = {
        "customParams": {
            "durations": [1_800_000],
            "formFields": [{"name": "a", "options": [{"value": "x"}, {"label": "y"}]}, {"label": "b"}],
            "legalConsentOptions": {"communicationConsentCheckboxes": [{"label": "n"}]},
        },
        "linkAvailability": {
            "linkAvailabilityByDuration": {
                "1800000": {"availabilities": [{"startMillisUtc": 1, "endMillisUtc": 2}, {}]}
            }
        },
        "allUsersBusyTimes": [
            {"meetingsUser": {"userId": 1}, "busyTimes": [{"start": 1}, {"start": 1, "end": 2}]},
            {"meetingsUser": None},
        ],
    }
    found, _ = use(
        SchedulerClient, lambda client: client.booking_info("x", timezone="UTC"), answer(200, body)
    )
    assert found.skipped == 6
    info = found.value
    assert [each.name for each in info.custom_params.form_fields] == ["a"]
    assert len(info.custom_params.form_fields[0].options) == 1
    assert len(info.all_users_busy_times) == 1
    assert len(info.all_users_busy_times[0].busy_times) == 1
    assert info.link_availability is not None
    assert len(info.link_availability.by_duration_ms[1_800_000]) == 1


def test_a_month_of_slots_is_asked_for_by_its_offset() -> None:
    found, seen = use(
        SchedulerClient,
        lambda client: client.availability_page("ana/intro", timezone="Europe/Paris", month_offset=2),
        replied("availability_page"),
    )
    assert target_of(seen[0]) == (
        f"{LINKS}/book/availability-page/ana%2Fintro?timezone=Europe%2FParis&monthOffset=2"
    )
    availability = found.value.link_availability
    assert availability is not None
    slots = availability.by_duration_ms
    assert sorted(slots) == [1_800_000, 3_600_000]
    assert [each.start_millis_utc for each in slots[1_800_000]] == [1_795_167_000_000, 1_795_167_900_000]
    first = slots[1_800_000][0]
    assert first.start == datetime.fromtimestamp(1_795_167_000, UTC)
    assert first.end == datetime.fromtimestamp(1_795_168_800, UTC)


def test_odd_duration_keys_lose_no_slot() -> None:
    one, two = SlotPayload(1, 2), SlotPayload(3, 4)
    found = LinkAvailabilityPayload(
        link_availability_by_duration={
            "900000": DurationSlotsPayload(900_000, (one,)),
            "0900000": DurationSlotsPayload(None, (two,)),
            "²": DurationSlotsPayload(900_000, (two,)),
            "9" * 20: DurationSlotsPayload(None, (two,)),
            "0": DurationSlotsPayload(None, (two,)),
        }
    )
    assert found.by_duration_ms == {900_000: (one, two, two)}


def test_a_month_may_hold_nothing_at_all() -> None:
    found, _ = use(
        SchedulerClient, lambda client: client.availability_page("x", timezone="UTC"), answer(200, b"{}")
    )
    assert found.value == AvailabilityPagePayload()
