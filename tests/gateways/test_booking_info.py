"""Booking info: units, questions, consent, members."""

from datetime import timedelta

import pytest

from app.domain.forms import Choice, CommunicationConsent, FieldKind
from app.domain.links import GuestRule, LinkKind, Member, Slug, UserId, WeeklyHours
from app.domain.slots import YearMonth
from app.gateways.hubspot.scheduler import HubSpotSchedulerGateway
from tests.gateways.scheduling import BOOK, SLUG, START, field, info, member, ms
from tests.gateways.service import (
    FakeHubSpot,
    query_of,
    reply,
)

NOVEMBER = YearMonth(2026, 11)


async def test_booking_info_keeps_hubspots_units_apart(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    body = info(
        guestSettings={"canAddGuests": True, "maxGuestCount": 5},
        locale="en-us",
        location="Room 4",
        customAvailabilityStartDate=ms(START),
        customAvailabilityEndDate=ms(START + timedelta(days=9)),
    )
    hubspot.on("GET", f"{BOOK}/team%2Fdemo", reply(body))
    found = await scheduler.booking_info(SLUG, "Europe/Berlin")
    assert query_of(hubspot.asked[0]) == {"timezone": "Europe/Berlin"}
    assert (found.slug, found.kind, found.is_offline) == (SLUG, LinkKind.GROUP, False)
    assert found.durations_ms == (900_000, 1_800_000)
    assert found.increment == timedelta(minutes=45)
    assert found.buffer == timedelta(minutes=5)
    assert found.hours == (WeeklyHours("monday", 540, 1020),)
    assert found.guests == GuestRule(allowed=True, limit=5)
    assert (found.locale, found.location, found.weeks_to_advertise) == ("en-us", "Room 4", 4)
    assert (found.window_start, found.window_end) == (START, START + timedelta(days=9))
    assert found.consent is None


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        ("FIVE", 5),
        ("TEN", 10),
        ("FIFTEEN", 15),
        ("TWENTY", 20),
        ("THIRTY", 30),
        ("FORTY_FIVE", 45),
        ("SIXTY", 60),
        ("NINETY", 90),
        ("ONE_HUNDRED_TWENTY", 120),
        ("thirty", 30),
        ("MEETING_DURATION", None),
        ("SOMETHING_NEW", None),
        ("", None),
    ],
)
async def test_the_raster_comes_in_words(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot, word: str, minutes: int | None
) -> None:
    hubspot.on("GET", f"{BOOK}/x", reply(info(startTimeIncrementMinutes=word)))
    found = await scheduler.booking_info(Slug("x"), "UTC")
    assert found.increment == (None if minutes is None else timedelta(minutes=minutes))


async def test_what_booking_info_leaves_out_is_empty(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", f"{BOOK}/x", reply({"customParams": {"meetingBufferTime": -5}, "linkType": "NEW"}))
    found = await scheduler.booking_info(Slug("x"), "UTC")
    assert (found.kind, found.durations_ms, found.increment) == (LinkKind.OTHER, (), None)
    assert (found.buffer, found.guests, found.members) == (timedelta(0), GuestRule(), ())


async def test_every_kind_of_question_is_asked(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    options = [
        {"value": "b", "label": "B", "displayOrder": 2},
        {"value": "old", "label": "Old", "displayOrder": 0, "hidden": True},
        {"value": "a", "label": "", "displayOrder": 1},
        {"value": "<other>", "label": "Or <else>", "displayOrder": 3},
    ]
    kinds = {kind.value: kind for kind in FieldKind}
    fields = [field(name, name) for name in kinds]
    fields += [
        field("choice", "select", "enumeration", options=options, isRequired=True, isCustom=True),
        field("new-number", "slider", "number"),
        field("new-date", "wheel", "date"),
        field("new-flag", "switch", "bool"),
        field("new-choice", "chips", "enumeration", options=options),
        field("new-enumeration", "chips", "enumeration"),
        field("newer", "hologram", "aura"),
        {**field("nameless"), "label": "  "},
        {**field("angled"), "label": "Size <10 & up"},
    ]
    hubspot.on("GET", f"{BOOK}/x", reply(info(formFields=fields)))
    asked = {one.name: one for one in (await scheduler.booking_info(Slug("x"), "UTC")).form_fields}
    assert {name: asked[name].kind for name in kinds} == kinds
    choice = asked["choice"]
    assert (choice.is_required, choice.is_custom) == (True, True)
    assert choice.choices == (Choice("a", "a"), Choice("b", "B"), Choice("<other>", "Or <else>"))
    assert [asked[f"new-{kind}"].kind for kind in ("number", "date", "flag", "choice", "enumeration")] == [
        FieldKind.NUMBER,
        FieldKind.DATE,
        FieldKind.BOOLEAN,
        FieldKind.SELECT,
        FieldKind.TEXT,
    ]
    assert asked["newer"].kind is FieldKind.TEXT
    assert (asked["nameless"].label, asked["angled"].label) == ("nameless", "Size <10 & up")


CONSENT = {
    "communicationConsentText": "<p>We would <b>like</b> to write.</p>",
    "communicationConsentCheckboxes": [
        {"communicationTypeId": 204981, "label": "News &amp; offers", "required": True},
        {"label": "unreadable"},
    ],
    "processingConsentType": "REQUIRED_CHECKBOX",
    "processingConsentText": "<p>We store it.</p><script>x()</script>",
    "processingConsentCheckboxLabel": "I <em>agree</em>",
    "privacyPolicyText": '<a href="https://x.test">Privacy</a>',
}


async def test_consent_is_words_and_boxes(scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot) -> None:
    body = info(legalConsentEnabled=True, legalConsentOptions=CONSENT)
    hubspot.on("GET", f"{BOOK}/x", reply(body))
    consent = (await scheduler.booking_info(Slug("x"), "UTC")).consent
    assert consent is not None
    assert consent.intro == "We would like to write."
    assert consent.boxes == (CommunicationConsent("204981", "News & offers", is_required=True),)
    assert (consent.processing_text, consent.processing_label) == ("We store it.", "I agree")
    assert consent.processing_required
    assert consent.privacy_text == "Privacy"


@pytest.mark.parametrize(
    ("params", "is_asked"),
    [
        ({"legalConsentEnabled": False, "legalConsentOptions": CONSENT}, False),
        ({"legalConsentEnabled": True}, False),
        ({"legalConsentEnabled": True, "legalConsentOptions": {"processingConsentType": "IMPLICIT"}}, True),
    ],
)
async def test_consent_is_asked_only_where_the_link_does(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot, params: dict[str, object], *, is_asked: bool
) -> None:
    hubspot.on("GET", f"{BOOK}/x", reply(info(**params)))
    consent = (await scheduler.booking_info(Slug("x"), "UTC")).consent
    assert (consent is not None) is is_asked
    assert consent is None or not consent.processing_required


async def test_members_are_named_once(scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot) -> None:
    body = info()
    body["allUsersBusyTimes"] = [
        member("1", fullName=" Ada Lovelace "),
        member("2", is_offline=True, firstName="Bob"),
        member("3"),
        member("1", fullName="Ada Lovelace"),
    ]
    hubspot.on("GET", f"{BOOK}/x", reply(body))
    found = await scheduler.booking_info(Slug("x"), "UTC")
    assert found.members == (
        Member(UserId("1"), "u1@north.test", "Ada Lovelace", is_offline=False),
        Member(UserId("2"), "u2@north.test", "Bob", is_offline=True),
        Member(UserId("3"), "u3@north.test", "u3@north.test", is_offline=False),
    )
    assert found.offline_members == (found.members[1],)
