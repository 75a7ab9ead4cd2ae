"""Every rule of booking with its documented refusal, and every wrong shape of the body."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.instants import property_instant
from tests.sandbox.scheduler.conftest import Clock, Scheduler, refused

START = "MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"
DURATION = "MeetingsBookingSchedulingError.MEETING_DURATION_NOT_VALID"
BLOCKED = "MeetingsBookingCreatedError.BLOCKED_EMAIl"


def refused_untouched(scheduler: Scheduler, body: Any, sub: str | None = None, **query: Any) -> Any:
    """Assert that a body is refused and that neither a contact nor a meeting came of it."""
    store = scheduler.world.store
    before = store.count(CONTACT), store.count(MEETING), scheduler.world.assignments.total()
    answer = refused(scheduler.post("meeting-links/book", body, **query), sub=sub)
    assert (store.count(CONTACT), store.count(MEETING), scheduler.world.assignments.total()) == before
    return answer


def change(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**body, **changes}.items() if value is not ...}


@pytest.mark.parametrize("shift", [-60_000, 60_000, 7 * 60_000, 1])
def test_a_start_off_the_raster(scheduler: Scheduler, shift: int) -> None:
    body = scheduler.body(scheduler.link("Follow-up"))
    refused_untouched(scheduler, change(body, startTime=body["startTime"] + shift), START)


def test_a_start_in_the_past_at_night_on_sunday_and_beyond_the_window(
    scheduler: Scheduler, clock: Clock
) -> None:
    body = scheduler.body(scheduler.link("Follow-up"))
    monday = clock().replace(hour=10, minute=0)
    for moment in (
        monday - timedelta(weeks=1),
        monday + timedelta(days=7, hours=15),
        monday + timedelta(days=6),
        monday + timedelta(weeks=60),
        monday.replace(year=9998),
        monday.replace(year=1971),
    ):
        refused_untouched(scheduler, change(body, startTime=property_instant(moment)), START)


@pytest.mark.parametrize("duration", [15, 30, 1800, 0, -900_000, 899_999, 3_600_000, 1_800_000_000])
def test_a_duration_that_is_not_offered_minutes_included(scheduler: Scheduler, duration: int) -> None:
    body = scheduler.body(scheduler.link("Intro call"), duration=duration)
    refused_untouched(scheduler, body, DURATION)
    iso = change(body, startTime="2026-12-01T13:00:00Z", duration=duration)
    refused_untouched(scheduler, iso, DURATION)


@pytest.mark.parametrize("slug", ["nobody", "product-demo", "sales%2Fproduct-demo", "", "MEI-NELSON", "\0"])
def test_an_unknown_slug(scheduler: Scheduler, slug: str) -> None:
    body = scheduler.body(scheduler.link("Intro call"), slug=slug)
    refused(scheduler.post("meeting-links/book", body), 404, "OBJECT_NOT_FOUND")


def test_a_paid_link(scheduler: Scheduler) -> None:
    refused_untouched(scheduler, scheduler.body(scheduler.link("Paid consulting hour")))


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@",
        "@northwind.example",
        "ada@northwind",
        "ada northwind@northwind.example",
        "ada@north_wind.example",
        "ada@-northwind.example",
        "ada@@northwind.example",
        "a" * 250 + "@n.example",
        "ada@example.com",
        "ada@EXAMPLE.com",
        "ada@mail.example.org",
        "ada@example.net",
        "",
        "ada@northwind.example\nbcc: x@y.example",
        "<ada@northwind.example>",
    ],
)
def test_an_invalid_or_reserved_address(scheduler: Scheduler, email: str) -> None:
    refused_untouched(scheduler, scheduler.body(scheduler.link("Pricing"), email=email), "INVALID_EMAIL")


@pytest.mark.parametrize(
    "email", ["ada@northwind.example", "o'brien+sales@sub.northwind.example", "zoë@müller.example", "a@b.co"]
)
def test_a_valid_address(scheduler: Scheduler, email: str) -> None:
    assert scheduler.book(scheduler.link("Pricing"), email=email).status_code == 200


@pytest.mark.parametrize(
    "email",
    ["buyer@rival.example", "Buyer@RIVAL.example", "x@freemail.example", "imani.yusuf@tailspin.example"],
)
def test_a_blocked_domain_or_address(scheduler: Scheduler, email: str) -> None:
    refused_untouched(scheduler, scheduler.body(scheduler.link("Customers only"), email=email), BLOCKED)
    assert scheduler.book(scheduler.link("Pricing"), email=email).status_code == 200


@pytest.mark.parametrize("name", ["Private advice", "Contract talk"])
def test_guests_where_none_are_allowed(scheduler: Scheduler, name: str) -> None:
    body = scheduler.body(scheduler.link(name), guestEmails=["sam@northwind.example"])
    refused_untouched(scheduler, body, "INVALID_EMAIL_GUESTS")
    assert scheduler.post("meeting-links/book", change(body, guestEmails=[])).status_code == 200


def test_more_guests_than_allowed_and_exactly_as_many(scheduler: Scheduler) -> None:
    guests = [f"guest{number}@northwind.example" for number in range(3)]
    body = scheduler.body(scheduler.link("Customers only"), guestEmails=guests)
    answer = refused_untouched(scheduler, body, "INVALID_EMAIL_GUESTS")
    assert answer["context"]["guestEmails"] == guests[2:]
    assert scheduler.post("meeting-links/book", change(body, guestEmails=guests[:2])).status_code == 200


@pytest.mark.parametrize("guest", ["", "sam", "sam@northwind"])
def test_a_guest_address_that_is_none(scheduler: Scheduler, guest: str) -> None:
    body = scheduler.body(scheduler.link("Intro call"), guestEmails=["sam@northwind.example", guest])
    assert refused_untouched(scheduler, body, "INVALID_EMAIL_GUESTS")["context"]["guestEmails"] == [guest]


def test_a_guest_may_be_on_an_example_domain(scheduler: Scheduler) -> None:
    reply = scheduler.book(scheduler.link("Intro call"), guestEmails=["sam@example.com"])
    assert reply.json()["guestEmails"] == ["sam@example.com"]


def test_the_slot_is_judged_before_the_form(scheduler: Scheduler) -> None:
    """As seen of HubSpot: with minutes for milliseconds and a field missing, it names the duration."""
    body = change(scheduler.body(scheduler.link("Full questionnaire")), formFields=[])
    refused_untouched(scheduler, change(body, duration=30), DURATION)
    refused_untouched(scheduler, change(body, startTime=body["startTime"] + 60_000), START)


def test_each_required_form_field_is_missed_by_name(scheduler: Scheduler) -> None:
    link = scheduler.link("Full questionnaire")
    body = scheduler.body(link)
    required = [field.name for field in link.settings.fields if field.is_required]
    assert len(required) == 6
    for name in required:
        left = [answer for answer in body["formFields"] if answer["name"] != name]
        for fields in (left, [*left, {"name": name, "value": " "}]):
            answer = refused_untouched(scheduler, change(body, formFields=fields))
            assert answer["message"] == f"Required form field {name} has no matching value."
            assert answer["context"] == {"formField": [name]}


@pytest.mark.parametrize("name", ["nonsense", "email", "firstname", "COMPANY", ""])
def test_an_unknown_form_field(scheduler: Scheduler, name: str) -> None:
    body = scheduler.body(scheduler.link("Full questionnaire"))
    fields = [*body["formFields"], {"name": name, "value": "x"}]
    assert refused_untouched(scheduler, change(body, formFields=fields))["context"] == {"formField": [name]}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("numemployees", ["51-200", "unknown"], ["51 – 200", "51-200;1-10", "many"]),
        ("channel", ["friend"], ["Recommendation", "search;event"]),
        ("products", ["crm", "crm;support", "<other>"], ["crm,support", "Sales & CRM", "crm;"]),
        ("recording_ok", ["true", "false"], ["yes", "True", "1"]),
        ("seats", ["12", "-1", "1.5"], ["twelve", "1,5", "1e5", "٣", "--1"]),
        ("go_live_date", ["2026-12-24", "1798070400000"], ["24.12.2026", "2026-13-01", "soon"]),
        ("phone", ["+49 30 1", "anything"], []),
        ("preparation", ["two\nlines <b>"], []),
        ("requirements_file", ["https://files.example/a.pdf"], []),
    ],
)
def test_answers_must_fit_their_field(
    scheduler: Scheduler, name: str, good: list[str], bad: list[str]
) -> None:
    link = scheduler.link("Full questionnaire")
    for value in bad:
        body = scheduler.body(link)
        fields = [answer for answer in body["formFields"] if answer["name"] != name]
        fields.append({"name": name, "value": value})
        answer = refused_untouched(scheduler, change(body, formFields=fields))
        assert answer["context"] == {"formField": [name], "value": [value]}
    for value in good:
        body = scheduler.body(link)
        fields = [answer for answer in body["formFields"] if answer["name"] != name]
        fields.append({"name": name, "value": value})
        booked = scheduler.post("meeting-links/book", change(body, formFields=fields)).json()
        assert {answer["name"]: answer["value"] for answer in booked["formFields"]}[name] == value


class TestConsent:
    def test_required_communication_consent(self, scheduler: Scheduler) -> None:
        link = scheduler.link("Newsletter and call")
        body = scheduler.body(link)
        required = body["legalConsentResponses"][0]["communicationTypeId"]
        for responses in ([], [{"communicationTypeId": required, "consented": False}]):
            answer = refused_untouched(scheduler, change(body, legalConsentResponses=responses))
            assert answer["context"] == {"communicationTypeId": [required]}
        assert scheduler.post("meeting-links/book", body).status_code == 200

    def test_optional_consent_may_be_refused(self, scheduler: Scheduler) -> None:
        link = scheduler.link("Intro call")
        response = {"communicationTypeId": "204981", "consented": False}
        booked = scheduler.book(link, legalConsentResponses=[response]).json()
        assert booked["legalConsentResponses"] == [response]

    def test_an_unknown_communication_type(self, scheduler: Scheduler) -> None:
        response = {"communicationTypeId": "1", "consented": True}
        refused_untouched(
            scheduler, scheduler.body(scheduler.link("Intro call"), legalConsentResponses=[response])
        )

    def test_a_link_without_consent_echoes_what_it_gets(self, scheduler: Scheduler) -> None:
        response = {"communicationTypeId": "1", "consented": True}
        booked = scheduler.book(scheduler.link("Pricing"), legalConsentResponses=[response]).json()
        assert booked["legalConsentResponses"] == [response]


@pytest.mark.parametrize("name", ["slug", "startTime", "duration", "firstName", "lastName", "email"])
@pytest.mark.parametrize("value", [..., None])
def test_a_required_field_is_missing(scheduler: Scheduler, name: str, value: Any) -> None:
    body = change(scheduler.body(scheduler.link("Pricing")), **{name: value})
    assert name in refused_untouched(scheduler, body)["message"]


@pytest.mark.parametrize("name", ["firstName", "lastName"])
@pytest.mark.parametrize("value", ["", "   ", "\n"])
def test_an_empty_name(scheduler: Scheduler, name: str, value: str) -> None:
    refused_untouched(scheduler, change(scheduler.body(scheduler.link("Pricing")), **{name: value}))


def test_a_dash_as_last_name_is_taken(scheduler: Scheduler) -> None:
    assert scheduler.book(scheduler.link("Pricing"), lastName="-").status_code == 200


WRONG: dict[str, list[Any]] = {
    "slug": [1, True, [], {}],
    "startTime": ["tomorrow", "2026-12-01T10:00:00", True, 1.5, [], {}, 10**18, 10**30, "-", "1e400"],
    "duration": ["1800000", "half an hour", True, 1.5, [], {}, 2**63],
    "firstName": [1, False, ["Ada"], {}],
    "lastName": [1, False, ["Ada"], {}],
    "email": [1, False, ["ada@northwind.example"], {}],
    "formFields": ["x", {}, [1], ["x"], [{}], [{"name": "topic"}], [{"name": 1, "value": "x"}]],
    "legalConsentResponses": ["x", {}, [1], [{}], [{"communicationTypeId": "1", "consented": "yes"}]],
    "likelyAvailableUserIds": ["x", {}, [1], [None], [["1"]]],
    "guestEmails": ["sam@northwind.example", {}, [1], [None]],
    "timezone": [1, [], "Mars/Olympus", "europe/berlin", {}],
    "locale": [1, [], {}],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_value_of_the_wrong_type(scheduler: Scheduler, name: str, value: Any) -> None:
    refused_untouched(scheduler, change(scheduler.body(scheduler.link("Pricing")), **{name: value}))


@pytest.mark.parametrize("name", ["firstName", "locale", "timezone"])
def test_a_text_without_end(scheduler: Scheduler, name: str) -> None:
    refused_untouched(scheduler, change(scheduler.body(scheduler.link("Pricing")), **{name: "x" * 70_000}))


def test_a_whole_number_written_with_a_point_counts(scheduler: Scheduler) -> None:
    assert scheduler.book(scheduler.link("Pricing"), duration=900_000.0).status_code == 200


def test_a_wrong_zone_in_the_query(scheduler: Scheduler) -> None:
    body = scheduler.body(scheduler.link("Pricing"), timezone=...)
    refused_untouched(scheduler, body, timezone="Mars/Olympus")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"x"', b"null", b"12", b"\xff\xfe", b'{"slug": "\xff"}', b"[" * 5000, b"{}x", b"NaN"],
)
def test_a_body_that_is_no_json_object(scheduler: Scheduler, content: bytes) -> None:
    target = "/scheduler/2026-03/meetings/meeting-links/book"
    headers = {"content-type": "application/json"}
    refused(scheduler.http.request("POST", target, content=content, headers=headers))


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "\\u202e", "\\ud83d\\ude00"])
def test_odd_characters_in_every_text(scheduler: Scheduler, text: str) -> None:
    body = scheduler.body(scheduler.link("Full questionnaire"), firstName="A@@", lastName="B@@", locale="@@")
    for answer in body["formFields"]:
        if answer["name"] in ("topic", "company"):
            answer["value"] = "x@@"
    encoded = json.dumps(body).replace("@@", text)
    target = "/scheduler/2026-03/meetings/meeting-links/book"
    reply = scheduler.http.request("POST", target, content=encoded.encode())
    assert reply.status_code in (200, 400)
    assert reply.json()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(name=st.sampled_from(sorted(WRONG)), value=JSON)
def test_whatever_is_sent_the_answer_is_200_400_or_404(scheduler: Scheduler, name: str, value: Any) -> None:
    body = {
        "slug": "mei-nelson/pricing",
        "startTime": "2026-12-01T09:00:00Z",
        "duration": 900_000,
        "firstName": "Ada",
        "lastName": "Okafor",
        "email": "ada@northwind.example",
        name: value,
    }
    try:
        reply = scheduler.post("meeting-links/book", body)
    except (ValueError, UnicodeEncodeError):
        return
    assert reply.status_code in (200, 400, 404)
    if reply.status_code != 200:
        refused(reply, reply.status_code, reply.json()["category"], reply.json().get("subCategory"))
