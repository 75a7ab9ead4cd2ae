"""The field tables of the reference (section 5): what every reply must hold, may hold, and of which type."""

from collections.abc import Callable, Mapping
from typing import Any

from app.sandbox.instants import parse_instant

Check = Callable[[Any], None]


def text(value: Any) -> None:
    assert type(value) is str


def some_text(value: Any) -> None:
    assert type(value) is str
    assert value


def digits(value: Any) -> None:
    assert type(value) is str
    assert value.isdigit()


def whole(value: Any) -> None:
    assert type(value) is int


def number(value: Any) -> None:
    assert type(value) in (int, float)


def flag(value: Any) -> None:
    assert type(value) is bool


def date_time(value: Any) -> None:
    assert type(value) is str
    assert "T" in value
    assert value.endswith("Z")
    assert parse_instant(value) is not None


def epoch_ms(value: Any) -> None:
    assert type(value) is int
    assert value > 1_000_000_000_000


def one_of(*choices: str) -> Check:
    def check(value: Any) -> None:
        assert value in choices

    return check


def list_of(item: Check) -> Check:
    def check(value: Any) -> None:
        assert type(value) is list
        for each in value:
            item(each)

    return check


def map_of(key: Check, item: Check) -> Check:
    def check(value: Any) -> None:
        assert type(value) is dict
        for name, each in value.items():
            key(name)
            item(each)

    return check


def table(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    fields = {**required, **(optional or {})}

    def check(value: Any) -> None:
        assert type(value) is dict
        assert set(required) <= set(value), f"missing {set(required) - set(value)}"
        assert set(value) <= set(fields), f"undocumented {set(value) - set(fields)}"
        for name, each in value.items():
            try:
                fields[name](each)
            except AssertionError as problem:
                raise AssertionError(f"{name}: {each!r} {problem}") from problem

    return check


LINK_TYPE = one_of("PERSONAL_LINK", "GROUP_CALENDAR", "ROUND_ROBIN_CALENDAR")
LINK_METADATA = table(
    {
        "id": digits,
        "slug": some_text,
        "link": some_text,
        "type": LINK_TYPE,
        "organizerUserId": digits,
        "userIdsOfLinkMembers": list_of(digits),
        "defaultLink": flag,
        "createdAt": date_time,
    },
    {"updatedAt": date_time, "name": some_text, "paymentLinkId": some_text},
)
LINK_LIST = table(
    {"total": whole, "results": list_of(LINK_METADATA)},
    {"paging": table({"next": table({"after": some_text})})},
)
OPTION = table(
    {
        "value": text,
        "label": text,
        "description": text,
        "displayOrder": whole,
        "hidden": flag,
        "readOnly": flag,
        "doubleData": number,
    }
)
FORM_FIELD = table(
    {
        "name": some_text,
        "label": some_text,
        "type": one_of("string", "enumeration", "date", "number", "bool"),
        "fieldType": one_of(
            "text",
            "textarea",
            "select",
            "radio",
            "checkbox",
            "booleancheckbox",
            "date",
            "number",
            "phonenumber",
            "file",
        ),
        "isCustom": flag,
        "isRequired": flag,
        "options": list_of(OPTION),
    }
)
LEGAL_CONSENT = table(
    {
        "communicationConsentText": text,
        "communicationConsentCheckboxes": list_of(
            table({"communicationTypeId": digits, "label": some_text, "required": flag})
        ),
        "processingConsentType": one_of("IMPLICIT", "REQUIRED_CHECKBOX"),
        "processingConsentText": text,
        "processingConsentCheckboxLabel": text,
        "processingConsentFooterText": one_of(""),
        "privacyPolicyText": text,
        "isLegitimateInterest": flag,
        "legitimateInterestSubscriptionTypes": list_of(whole),
    },
    {
        "legitimateInterestLegalBasis": one_of(
            "CONSENT_WITH_NOTICE",
            "LEGITIMATE_INTEREST_CLIENT",
            "LEGITIMATE_INTEREST_OTHER",
            "LEGITIMATE_INTEREST_PQL",
            "NON_GDPR",
            "PERFORMANCE_OF_CONTRACT",
            "PROCESS_AND_STORE",
        )
    },
)
INCREMENT = one_of(
    *("FIVE", "TEN", "FIFTEEN", "TWENTY", "THIRTY", "FORTY_FIVE", "SIXTY", "NINETY", "ONE_HUNDRED_TWENTY"),
    "MEETING_DURATION",
)
WEEKDAY = one_of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
CUSTOM_PARAMS = table(
    {
        "availability": map_of(WEEKDAY, table({"start": whole, "end": whole})),
        "durations": list_of(whole),
        "startTimeIncrementMinutes": INCREMENT,
        "meetingBufferTime": whole,
        "formFields": list_of(FORM_FIELD),
        "legalConsentEnabled": flag,
        "ownerPrioritized": flag,
        "weeksToAdvertise": whole,
    },
    {
        "customAvailabilityStartDate": epoch_ms,
        "customAvailabilityEndDate": epoch_ms,
        "guestSettings": table({"canAddGuests": flag, "maxGuestCount": whole}),
        "legalConsentOptions": LEGAL_CONSENT,
        "displayInfo": table(
            {},
            {
                "avatar": text,
                "companyAvatar": text,
                "headline": text,
                "publicDisplayAvatarOption": one_of("COMPANY_LOGO", "CUSTOM_AVATAR", "PROFILE_IMAGE"),
            },
        ),
        "welcomeScreenInfo": table(
            {},
            {
                "title": text,
                "description": text,
                "logoUrl": text,
                "useCompanyLogo": flag,
                "showWelcomeScreen": flag,
            },
        ),
        "language": text,
        "locale": text,
        "location": text,
        "redirectUrl": text,
    },
)
BRANDING = table(
    {"logoAltText": text, "showMarketingAd": flag, "showSalesAd": flag},
    {
        **dict.fromkeys(
            (
                "primaryColor",
                "secondaryColor",
                "accentColor",
                "accent2Color",
                "logoUrl",
                "companyName",
                "companyDomain",
                "companyAvatar",
                "companyAddressLine1",
                "companyAddressLine2",
                "companyCity",
                "companyState",
                "companyZip",
                "companyCountry",
            ),
            text,
        ),
        "logoHeight": whole,
        "logoWidth": whole,
    },
)
LINK_AVAILABILITY = table(
    {
        "hasMore": flag,
        "linkAvailabilityByDuration": map_of(
            digits,
            table(
                {
                    "meetingDurationMillis": whole,
                    "availabilities": list_of(table({"startMillisUtc": epoch_ms, "endMillisUtc": epoch_ms})),
                }
            ),
        ),
    }
)
USER_BUSY_TIMES = table(
    {
        "busyTimes": list_of(table({"start": epoch_ms, "end": epoch_ms})),
        "isOffline": flag,
        "meetingsUser": table(
            {
                "id": digits,
                "userId": digits,
                "calendarProvider": one_of("EXCHANGE", "GOOGLE", "OFFICE365", "UNKNOWN"),
                "isSalesStarter": flag,
                "userProfile": table(
                    {"email": some_text}, {"firstName": text, "lastName": text, "fullName": text}
                ),
            }
        ),
    }
)
AVAILABILITY_PAGE = table(
    {"allUsersBusyTimes": list_of(USER_BUSY_TIMES), "linkAvailability": LINK_AVAILABILITY}
)
BOOKING_INFO = table(
    {
        "linkId": digits,
        "linkType": LINK_TYPE,
        "isOffline": flag,
        "customParams": CUSTOM_PARAMS,
        "allUsersBusyTimes": list_of(USER_BUSY_TIMES),
    },
    {"linkAvailability": LINK_AVAILABILITY, "brandingMetadata": BRANDING},
)
CONSENT_RESPONSE = table({"communicationTypeId": text, "consented": flag})
BOOKING_REPLY = table(
    {
        "calendarEventId": text,
        "contactId": digits,
        "start": date_time,
        "end": date_time,
        "duration": whole,
        "subject": some_text,
        "bookingTimezone": some_text,
        "isOffline": flag,
        "guestEmails": list_of(some_text),
        "formFields": list_of(
            table(
                {"name": some_text, "label": some_text, "value": text, "isCustom": flag},
                {"fieldType": text, "translatedLabel": text, "valueLabel": text},
            )
        ),
        "legalConsentResponses": list_of(CONSENT_RESPONSE),
    },
    {"locale": text, "location": text, "webConferenceMeetingId": text, "webConferenceUrl": text},
)
CALENDAR_EVENT = table(
    {
        "id": digits,
        "createdAt": date_time,
        "lastUpdatedAt": date_time,
        "properties": table(
            {
                "hs_meeting_title": some_text,
                "hs_meeting_start_time": date_time,
                "hs_meeting_end_time": date_time,
                "hs_timestamp": date_time,
                "hs_meeting_outcome": some_text,
                "hubspot_owner_id": digits,
                "hs_engagement_source": one_of("MEETINGS"),
                "hs_engagement_source_id": one_of(""),
                "hs_unique_id": some_text,
                "hs_meeting_external_url": some_text,
                "hs_include_description_in_reminder": one_of("true", "false"),
            },
            {
                "hs_meeting_body": text,
                "hs_internal_meeting_notes": text,
                "hs_meeting_location": text,
                "hs_meeting_location_type": one_of("ADDRESS", "CUSTOM", "PHONE"),
                "hs_activity_type": text,
                "hs_attachment_ids": list_of(text),
                "hs_attendee_owner_ids": list_of(digits),
            },
        ),
    }
)
ERROR = table(
    {"status": one_of("error"), "category": some_text, "message": some_text, "correlationId": some_text},
    {
        "subCategory": some_text,
        "context": map_of(some_text, list_of(text)),
        "errors": list_of(lambda value: None),
        "links": map_of(text, text),
    },
)
