"""The record store by itself: ids, look-ups, versions, and the same speed for many records."""

from datetime import UTC, datetime, timedelta

import pytest

from app.sandbox.crm.object_types import CONTACT, MEETING, object_type
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.store import RecordStore
from app.sandbox.instants import epoch_ms, from_epoch_ms, object_instant, parse_instant, property_instant
from app.sandbox.world.fields import COMPANY_SIZES
from app.sandbox.world.world import build_world

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> RecordStore:
    return RecordStore(clock=clock)


def test_ids_are_digits_beyond_32_bits_and_never_reused(store: RecordStore) -> None:
    store.create(CONTACT, {}, record_id="51000000008")
    ids = [store.create(CONTACT, {}).id for _ in range(3)]
    assert ids == ["51000000001", "51000000015", "51000000022"]
    for taken in ("51000000001", "x", "-5"):
        with pytest.raises(ValueError, match="not free digits"):
            store.create(CONTACT, {}, record_id=taken)


def test_look_ups(store: RecordStore) -> None:
    ada = store.create(CONTACT, {"email": "Ada@x.example", "city": "Bonn"})
    assert store.find_by(CONTACT, "email", " ADA@X.example ") is ada
    assert store.find_by(CONTACT, "city", "BONN") is ada
    assert store.find_by(CONTACT, "city", "Ulm") is None
    assert store.find_by(CONTACT, "hs_object_id", ada.id) is ada
    assert store.find_by(CONTACT, "email", "") is None
    assert store.get("0-99", "1") is None
    store.update(ada, {"email": "new@x.example"})
    assert store.find_by(CONTACT, "email", "ada@x.example") is None
    assert store.find_by(CONTACT, "email", "new@x.example") is ada
    store.archive(ada)
    store.archive(ada)
    assert store.find_by(CONTACT, "email", "new@x.example") is None
    assert store.find_by(CONTACT, "hs_object_id", ada.id) is None
    assert store.get(CONTACT, ada.id) is ada
    assert list(store.all(CONTACT)) == []


def test_a_second_contact_with_the_mail_does_not_take_it_over(store: RecordStore) -> None:
    first = store.create(CONTACT, {"email": "a@x.example"})
    second = store.create(CONTACT, {"email": "a@x.example"})
    store.archive(second)
    assert store.find_by(CONTACT, "email", "a@x.example") is first


def test_values_as_they_were(store: RecordStore, clock: Clock) -> None:
    record = store.create(CONTACT, {"city": "Bonn"})
    clock.moment += timedelta(seconds=10)
    store.update(record, {"city": "Ulm"})
    assert store.values_at(record, NOW - timedelta(seconds=1)) is None
    then = store.values_at(record, NOW + timedelta(seconds=5))
    assert then is not None
    assert then["city"] == "Bonn"
    assert store.values_at(record, clock.moment) is record.properties
    assert [version.value for version in store.history(record, "city")] == ["Bonn", "Ulm"]
    assert [version.value for version in store.history(record, "phone")] == [None]


def test_empty_texts_are_no_values(store: RecordStore) -> None:
    record = store.create(CONTACT, {"city": "", "phone": None})
    assert record.properties.keys() == {"createdate", "lastmodifieddate", "hs_object_id"}


def test_archived_records_leave_associations(store: RecordStore) -> None:
    contact, meeting = store.create(CONTACT, {}), store.create(MEETING, {})
    labels = store.associate(MEETING, meeting.id, CONTACT, contact.id)
    assert [spec.type_id for spec in labels] == [200]
    assert store.associated(CONTACT, contact.id, MEETING) == [meeting.id]
    store.archive(meeting)
    assert store.associated(CONTACT, contact.id, MEETING) == []


def test_a_label_of_the_account_keeps_its_number(store: RecordStore) -> None:
    contact, meeting = store.create(CONTACT, {}), store.create(MEETING, {})
    store.associate(MEETING, meeting.id, CONTACT, contact.id, "USER_DEFINED", (37,))
    back = store.associations.of((CONTACT, contact.id), MEETING)[meeting.id]
    assert {(spec.category, spec.type_id) for spec in back} == {
        ("USER_DEFINED", 37),
        ("HUBSPOT_DEFINED", 199),
    }


@pytest.mark.parametrize(
    ("word", "type_id"),
    [("contacts", "0-1"), ("CONTACT", "0-1"), ("Meetings", "0-47"), ("0-47", "0-47"), ("yaks", None)],
)
def test_type_names(word: str, type_id: str | None) -> None:
    kind = object_type(word)
    assert (kind.type_id if kind else None) == type_id


def test_the_world_and_the_properties_agree_on_company_sizes() -> None:
    known = DEFINITIONS[CONTACT]["numemployees"].options
    assert [(o.value, o.label, o.hidden) for o in known] == [
        (size.value, size.label, size.hidden) for size in COMPANY_SIZES
    ]


def test_every_property_of_the_world_is_defined(store: RecordStore) -> None:
    build_world(seed=1, now=lambda: NOW, store=store, links=3, meetings=40)
    for type_id, definitions in DEFINITIONS.items():
        written = {name for record in store.all(type_id) for name in record.properties}
        assert written <= set(definitions), written - set(definitions)
        for record in store.all(type_id):
            for name, value in record.properties.items():
                options = {option.value for option in definitions[name].options}
                assert not options or value in options, (name, value)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("-1000", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("1796115600250", datetime(2026, 12, 1, 9, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-12-01T09:00:00Z", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        (" 2026-12-01T10:00:00+01:00 ", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T09:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9" * 30, None),
        ("99999999999999999", None),
        ("", None),
        ("now", None),
        ("１２３", None),
    ],
)
def test_reading_instants(text: str, moment: datetime | None) -> None:
    assert parse_instant(text) == moment


def test_writing_instants() -> None:
    moment = datetime(2026, 12, 1, 9, 0, 0, 250_999, tzinfo=UTC)
    assert property_instant(moment) == "2026-12-01T09:00:00.250Z"
    assert property_instant(moment.replace(microsecond=0)) == "2026-12-01T09:00:00Z"
    assert object_instant(moment.replace(microsecond=0)) == "2026-12-01T09:00:00.000Z"
    assert from_epoch_ms(epoch_ms(moment)) == moment.replace(microsecond=250_000)
