"""Booking info and availability pages: shape, months, zones, windows, offline hosts, refusals."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.sandbox.instants import epoch_ms, from_epoch_ms
from app.sandbox.world.people import CARLOS, MEI, OLIVER, TOM
from tests.sandbox.scheduler.conftest import VERSIONS, WRITE, Clock, Scheduler, refused
from tests.sandbox.scheduler.field_tables import AVAILABILITY_PAGE, BOOKING_INFO

HOUR = 3_600_000
NEW_YEAR_BERLIN = datetime(2026, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("version", VERSIONS)
def test_booking_info_of_every_link_has_the_documented_fields(scheduler: Scheduler, version: str) -> None:
    scheduler.version = version
    for link in scheduler.world.links:
        slug = link.slug.replace("/", "%2F")
        reply = scheduler.get(f"meeting-links/book/{slug}", timezone="America/New_York")
        assert reply.status_code == 200
        info = reply.json()
        BOOKING_INFO(info)
        assert info["linkId"] == link.id
        assert info["linkType"] == link.type.value
        assert info["customParams"]["durations"] == list(link.settings.durations_ms)
        assert [each["meetingsUser"]["userId"] for each in info["allUsersBusyTimes"]] == [
            str(member) for member in link.members
        ]


def test_availability_page_of_every_link_has_the_documented_fields(scheduler: Scheduler) -> None:
    for link in scheduler.world.links:
        page = scheduler.page(link, 1, "Asia/Kolkata")
        AVAILABILITY_PAGE(page)
        found = page["linkAvailability"]["linkAvailabilityByDuration"]
        assert list(found) == [str(duration) for duration in link.settings.durations_ms]
        for key, each in found.items():
            assert str(each["meetingDurationMillis"]) == key
            slots = [(slot["startMillisUtc"], slot["endMillisUtc"]) for slot in each["availabilities"]]
            assert slots == sorted(set(slots))
            assert all(end - start == each["meetingDurationMillis"] for start, end in slots)


def test_units_are_milliseconds_minutes_and_words(scheduler: Scheduler) -> None:
    info = scheduler.get("meeting-links/book/mei-nelson", timezone="UTC").json()["customParams"]
    assert info["durations"] == [900_000, 1_800_000]
    assert info["startTimeIncrementMinutes"] == "MEETING_DURATION"
    assert info["availability"]["MONDAY"] == {"start": 780, "end": 1380}
    assert "SATURDAY" not in info["availability"]
    demo = scheduler.get("meeting-links/book/sales%2Fproduct-demo", timezone="UTC").json()["customParams"]
    assert demo["meetingBufferTime"] == 900_000


def test_the_user_of_busy_times_has_two_different_ids(scheduler: Scheduler) -> None:
    page = scheduler.page(scheduler.link("Intro call"))
    user = page["allUsersBusyTimes"][0]["meetingsUser"]
    assert (user["id"], user["userId"]) == (str(MEI.meetings_user_id), str(MEI.user_id))
    assert user["userProfile"]["fullName"] == "Mei Nelson"


def test_booking_info_shows_the_same_current_month_as_the_first_page(scheduler: Scheduler) -> None:
    info = scheduler.get("meeting-links/book/mei-nelson", timezone="Asia/Kolkata").json()
    page = scheduler.page(scheduler.link("Intro call"), 0, "Asia/Kolkata")
    assert info["linkAvailability"] == page["linkAvailability"]
    assert info["allUsersBusyTimes"] == page["allUsersBusyTimes"]


def test_without_an_offset_the_page_is_the_current_month(scheduler: Scheduler) -> None:
    reply = scheduler.get("meeting-links/book/availability-page/mei-nelson", timezone="Europe/Berlin")
    assert reply.json() == scheduler.page(scheduler.link("Intro call"), 0)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "US/Eastern"])
def test_months_follow_each_other_at_the_zone_s_own_edges(scheduler: Scheduler, zone: str) -> None:
    link = scheduler.link("Any time, day or night")
    for offset, month in ((0, 11), (1, 12), (2, 1)):
        starts = scheduler.starts(link, offset, zone)
        assert starts
        assert {from_epoch_ms(start).astimezone(ZoneInfo(zone)).month for start in starts} == {month}


def test_no_slot_is_lost_or_doubled_between_months_whatever_the_zone(scheduler: Scheduler) -> None:
    link = scheduler.link("Any time, day or night")
    whole: dict[str, list[int]] = {}
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"):
        months = [scheduler.starts(link, offset, zone) for offset in range(-1, 5)]
        whole[zone] = [start for month in months for start in month]
        assert whole[zone] == sorted(set(whole[zone]))
    assert len({tuple(starts) for starts in whole.values()}) == 1


def test_the_current_month_is_the_one_of_the_asked_zone(scheduler: Scheduler, clock: Clock) -> None:
    clock.moment = NEW_YEAR_BERLIN
    link = scheduler.link("Any time, day or night")
    first = {zone: scheduler.starts(link, 0, zone)[0] for zone in ("Europe/Berlin", "America/New_York")}
    assert from_epoch_ms(first["Europe/Berlin"]) >= NEW_YEAR_BERLIN
    new_york = scheduler.starts(link, 0, "America/New_York")
    assert from_epoch_ms(new_york[-1]) < datetime(2027, 1, 1, 5, tzinfo=UTC)
    assert scheduler.starts(link, 1, "America/New_York")


def test_a_past_month_is_empty_but_more_follows(scheduler: Scheduler) -> None:
    for offset in (-1, -7):
        page = scheduler.page(scheduler.link("Intro call"), offset)
        AVAILABILITY_PAGE(page)
        found = page["linkAvailability"]
        assert all(not each["availabilities"] for each in found["linkAvailabilityByDuration"].values())
        assert found["hasMore"] is True


@pytest.mark.parametrize("offset", [60, 1500, 2**31 - 1])
def test_far_beyond_the_window_is_empty_and_says_so(scheduler: Scheduler, offset: int) -> None:
    found = scheduler.page(scheduler.link("Intro call"), offset)["linkAvailability"]
    assert all(not each["availabilities"] for each in found["linkAvailabilityByDuration"].values())
    assert found["hasMore"] is False


def test_far_before_today_there_is_more_to_come(scheduler: Scheduler) -> None:
    assert scheduler.page(scheduler.link("Intro call"), -(2**31))["linkAvailability"]["hasMore"] is True


def test_has_more_leads_from_the_current_month_to_the_last_slot(scheduler: Scheduler) -> None:
    link = scheduler.link("Next quarter planning")
    offset, found = 0, 0
    while scheduler.page(link, offset)["linkAvailability"]["hasMore"]:
        offset += 1
        found += len(scheduler.starts(link, offset))
        assert offset < 12
    assert found > 20
    assert scheduler.starts(link, offset + 1) == []


def test_a_link_without_free_time_for_six_weeks(scheduler: Scheduler, clock: Clock) -> None:
    link = scheduler.link("Next quarter planning")
    starts = [start for offset in range(6) for start in scheduler.starts(link, offset)]
    assert from_epoch_ms(starts[0]) > clock() + timedelta(weeks=6)
    params = scheduler.get("meeting-links/book/mei-nelson%2Fnext-quarter", timezone="UTC").json()[
        "customParams"
    ]
    assert params["customAvailabilityStartDate"] <= starts[0]
    assert starts[-1] + link.settings.durations_ms[0] <= params["customAvailabilityEndDate"]


def test_notice_pushes_the_first_slot_and_weeks_end_the_last(scheduler: Scheduler, clock: Clock) -> None:
    link = scheduler.link("Well ahead")
    scheduler.world.free_all()
    starts = [start for offset in range(3) for start in scheduler.starts(link, offset)]
    assert starts[0] >= epoch_ms(clock() + timedelta(hours=72))
    assert starts[0] < epoch_ms(clock() + timedelta(hours=96))
    assert epoch_ms(clock() + timedelta(weeks=4)) - 72 * HOUR < starts[-1]
    assert starts[-1] < epoch_ms(clock() + timedelta(weeks=4, days=1))


def test_slots_go_by_as_time_passes(scheduler: Scheduler, clock: Clock) -> None:
    link = scheduler.link("Intro call")
    scheduler.world.free_all()
    before = scheduler.starts(link)
    assert from_epoch_ms(before[0]) == clock()
    clock.advance(seconds=1)
    assert scheduler.starts(link) == before[1:]
    clock.advance(hours=1)
    assert scheduler.starts(link) == before[5:]


def test_the_month_is_computed_again_after_a_calendar_change(scheduler: Scheduler) -> None:
    link = scheduler.link("Intro call")
    before = scheduler.starts(link, 1, nth=1)
    start = from_epoch_ms(before[3])
    scheduler.world.occupy(MEI.user_id, start, start + timedelta(minutes=1))
    assert scheduler.starts(link, 1, nth=1) == [each for each in before if each != before[3]]
    scheduler.world.free_all()
    assert set(before) < set(scheduler.starts(link, 1, nth=1))


def test_busy_times_are_real_sorted_and_within_reach_of_the_month(scheduler: Scheduler) -> None:
    page = scheduler.page(scheduler.link("Intro call"), 1, "UTC")
    busy = [(each["start"], each["end"]) for each in page["allUsersBusyTimes"][0]["busyTimes"]]
    assert len(busy) > 30
    assert busy == sorted(busy)
    assert all(start < end for start, end in busy)
    december = epoch_ms(datetime(2026, 12, 1, tzinfo=UTC)), epoch_ms(datetime(2027, 1, 1, tzinfo=UTC))
    assert all(end > december[0] and start < december[1] for start, end in busy)
    offered = scheduler.starts(scheduler.link("Intro call"), 1, "UTC", nth=1)
    assert not any(start < each + 1_800_000 and each < end for each in offered for start, end in busy)


def test_an_offline_host_has_no_busy_times_and_looks_free(scheduler: Scheduler) -> None:
    link = scheduler.link("Coffee with Tom")
    info = scheduler.get(f"meeting-links/book/{link.slug}", timezone="UTC").json()
    assert info["isOffline"] is True
    member = info["allUsersBusyTimes"][0]
    assert member["isOffline"] is True
    assert member["busyTimes"] == []
    before = scheduler.starts(link, 1)
    scheduler.world.set_offline(TOM.user_id, False)
    info = scheduler.get(f"meeting-links/book/{link.slug}", timezone="UTC").json()
    assert info["isOffline"] is False
    assert info["allUsersBusyTimes"][0]["busyTimes"]
    assert set(scheduler.starts(link, 1)) < set(before)


def test_a_round_robin_is_offline_only_when_everybody_is(scheduler: Scheduler) -> None:
    link = scheduler.link("Partner call")
    info = scheduler.get("meeting-links/book/partners%2Fcall", timezone="UTC").json()
    assert info["isOffline"] is False
    offline = [each["meetingsUser"]["userId"] for each in info["allUsersBusyTimes"] if each["isOffline"]]
    assert offline == [str(TOM.user_id)]
    for member in link.members:
        scheduler.world.set_offline(member, True)
    assert scheduler.get("meeting-links/book/partners%2Fcall", timezone="UTC").json()["isOffline"] is True


def test_a_group_is_offline_with_its_organizer(scheduler: Scheduler) -> None:
    scheduler.world.set_offline(OLIVER.user_id, True)
    scheduler.world.set_offline(MEI.user_id, True)
    for slug, offline in (("solutions%2Ftechnical-scoping", True), ("solutions%2Fboard", False)):
        info = scheduler.get(f"meeting-links/book/{slug}", timezone="UTC").json()
        assert info["isOffline"] is offline


@pytest.mark.parametrize("kind", ["book", "book/availability-page"])
class TestRefusals:
    def test_a_missing_zone(self, scheduler: Scheduler, kind: str) -> None:
        refused(scheduler.get(f"meeting-links/{kind}/mei-nelson"))
        refused(scheduler.get(f"meeting-links/{kind}/mei-nelson", timezone=""))

    @pytest.mark.parametrize(
        "zone",
        [
            "Mars/Olympus",
            "Europe",
            "europe/berlin",
            "CEST",
            "+02:00",
            "../etc/passwd",
            "Europe/Berlin ",
            "\0",
        ],
    )
    def test_a_zone_that_is_not_iana(self, scheduler: Scheduler, kind: str, zone: str) -> None:
        refused(scheduler.get(f"meeting-links/{kind}/mei-nelson", timezone=zone))

    @pytest.mark.parametrize(
        "slug",
        [
            "nobody",
            "product-demo",
            "sales/product-demo",
            "sales%252Fproduct-demo",
            "Mei-Nelson",
            "%00",
            "%FF",
            "a%2F",
        ],
    )
    def test_an_unknown_slug_or_a_bare_slash(self, scheduler: Scheduler, kind: str, slug: str) -> None:
        body = refused(scheduler.get(f"meeting-links/{kind}/{slug}", timezone="UTC"), 404, "OBJECT_NOT_FOUND")
        assert body["message"] == "slug does not exist"

    def test_a_missing_read_scope(self, scheduler: Scheduler, kind: str) -> None:
        scheduler.bearer.scopes = {WRITE}
        refused(scheduler.get(f"meeting-links/{kind}/mei-nelson", timezone="UTC"), 403, "MISSING_SCOPES")


@pytest.mark.parametrize("offset", ["one", "1.5", "2147483648", "-2147483649", "0x1", "1e3"])
def test_a_bad_month_offset_is_refused(scheduler: Scheduler, offset: str) -> None:
    path = "meeting-links/book/availability-page/mei-nelson"
    refused(scheduler.get(path, timezone="UTC", monthOffset=offset))


def test_every_kind_of_form_field_consent_and_guest_rule_occurs(scheduler: Scheduler) -> None:
    seen: dict[str, set[object]] = {"fieldType": set(), "required": set(), "custom": set(), "guests": set()}
    processing: set[str] = set()
    for link in scheduler.world.links:
        slug = link.slug.replace("/", "%2F")
        params = scheduler.get(f"meeting-links/book/{slug}", timezone="UTC").json()["customParams"]
        for each in params["formFields"]:
            seen["fieldType"].add(each["fieldType"])
            seen["required"].add(each["isRequired"])
            seen["custom"].add(each["isCustom"])
        guests = params.get("guestSettings")
        seen["guests"].add(None if guests is None else guests["canAddGuests"])
        assert params["legalConsentEnabled"] == ("legalConsentOptions" in params)
        if "legalConsentOptions" in params:
            processing.add(params["legalConsentOptions"]["processingConsentType"])
    assert len(seen["fieldType"]) == 10
    assert seen["required"] == seen["custom"] == {True, False}
    assert seen["guests"] == {None, True, False}
    assert processing == {"IMPLICIT", "REQUIRED_CHECKBOX"}


def test_carlos_hours_follow_his_own_clock_through_both_changes(scheduler: Scheduler, clock: Clock) -> None:
    clock.moment = datetime(2027, 3, 1, 12, tzinfo=UTC)
    scheduler.world.free_all()
    link = scheduler.link("Meet Carlos")
    days: dict[str, int] = {}
    for start in scheduler.starts(link, 0, "UTC"):
        local = from_epoch_ms(start).astimezone(CARLOS.zone)
        assert (9, 0) <= (local.hour, local.minute) <= (16, 30)
        days[f"{local:%m-%d}"] = days.get(f"{local:%m-%d}", 0) + 1
    assert set(days.values()) == {16}
    assert from_epoch_ms(scheduler.starts(link, 0, "UTC")[-1]) == datetime(2027, 3, 31, 20, 30, tzinfo=UTC)
