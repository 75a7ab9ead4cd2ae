"""CRM records: searches, reads, batches and writes."""

from datetime import UTC, datetime

import httpx
import pytest

from app.api.errors import ApiError, Conflict, Delivery
from app.api.hubspot.object_payloads import Association, Filter, ObjectPayload, Search
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.objects import ObjectsClient
from app.api.paging import Ending
from app.api.session import ApiSession
from app.api.versions import PATHS, ApiPaths, ApiVersion
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

BASE_PATH = "/crm/objects/2026-03/contacts"


def contacts(session: ApiSession, paths: ApiPaths) -> ObjectsClient:
    return ObjectsClient(session, paths, ObjectType.CONTACTS)


def test_a_search_is_sent_as_hubspot_wants_it() -> None:
    search = Search(
        properties=("email", "firstname"),
        query="x" * 4_000,
        groups=[
            [Filter("a", "EQ", "1"), Filter("b", "BETWEEN", "1", "2")],
            [Filter("c", "IN", values=("x", "y")), Filter("d", "HAS_PROPERTY")],
        ],
        sort=("createdate", True),
    )
    page, seen = use(
        contacts, lambda client: client.search(search, limit=3, after="6"), replied("contact_search")
    )
    assert (seen[0].method, target_of(seen[0])) == ("POST", f"{BASE_PATH}/search")
    assert json_of(seen[0]) == {
        "filterGroups": [
            {
                "filters": [
                    {"propertyName": "a", "operator": "EQ", "value": "1"},
                    {"propertyName": "b", "operator": "BETWEEN", "value": "1", "highValue": "2"},
                ]
            },
            {
                "filters": [
                    {"propertyName": "c", "operator": "IN", "values": ["x", "y"]},
                    {"propertyName": "d", "operator": "HAS_PROPERTY"},
                ]
            },
        ],
        "properties": ["email", "firstname"],
        "query": "x" * 3_000,
        "sorts": [{"propertyName": "createdate", "direction": "DESCENDING"}],
        "limit": 3,
        "after": "6",
    }
    assert [row.id for row in page.rows] == ["1", "3"]
    assert (page.total, page.after, page.skipped) == (12, "3", 1)


def test_the_first_page_has_no_offset() -> None:
    _, seen = use(
        contacts, lambda client: client.search(Search(properties=("email",))), replied("contact_search")
    )
    assert json_of(seen[0]) == {"filterGroups": [], "properties": ["email"], "limit": 100}


def test_a_search_can_be_walked() -> None:
    last = answer(200, {"results": [{"id": "4"}]})

    async def walk(client: ObjectsClient) -> tuple[list[str], Ending | None]:
        pages = client.walk_search(Search(properties=(), sort=("email", False)), limit=3)
        return [row.id async for page in pages for row in page.rows], pages.ending

    (ids, ending), seen = use(contacts, walk, replied("contact_search"), last)
    assert (ids, ending) == (["1", "3", "4"], Ending.COMPLETE)
    assert json_of(seen[1])["after"] == "3"
    assert json_of(seen[1])["sorts"] == [{"propertyName": "email", "direction": "ASCENDING"}]


def test_a_record_is_read_with_what_was_asked_for() -> None:
    record, seen = use(
        contacts,
        lambda client: client.read(
            "jane@acme.test",
            properties=("email", "firstname"),
            associations=(ObjectType.COMPANIES, ObjectType.DEALS),
            id_property="email",
        ),
        replied("contact"),
    )
    assert target_of(seen[0]) == (
        f"{BASE_PATH}/jane%40acme.test?properties=email%2Cfirstname"
        "&associations=companies%2C0-3&idProperty=email"
    )
    assert record.id == "70124"
    assert record.text("email") == "jane@acme.test"
    assert [record.text(name) for name in ("lastname", "unasked")] == ["", ""]
    assert [record.text(name) for name in ("num_notes", "score", "is_customer", "opted_out")] == [
        "3",
        "1.5",
        "true",
        "false",
    ]
    assert record.instant("createdate") == datetime(2025, 11, 20, 15, 0, tzinfo=UTC)
    assert record.instant("unasked") is None
    assert record.instant("is_customer") is None
    assert record.updated == datetime.fromtimestamp(1_795_100_000, UTC)
    assert record.associations["companies"].results[0].id == "900"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (ObjectType.COMPANIES, "companies"),
        (ObjectType.DEALS, "0-3"),
        (ObjectType.TICKETS, "tickets"),
        (ObjectType.MEETINGS, "meetings"),
    ],
)
@pytest.mark.parametrize("version", list(ApiVersion))
def test_every_type_has_its_path_in_every_version(kind: ObjectType, path: str, version: ApiVersion) -> None:
    base = "/crm/v3/objects" if version is ApiVersion.V3 else f"/crm/objects/{version}"
    _, seen = use(
        lambda session, paths: ObjectsClient(session, paths, kind),
        lambda client: client.read("1", properties=("a",)),
        replied("contact"),
        paths=PATHS[version],
    )
    assert target_of(seen[0]) == f"{base}/{path}/1?properties=a"


@pytest.mark.parametrize("status", [200, 207])
def test_a_batch_may_fail_in_parts(status: int) -> None:
    found, seen = use(
        contacts,
        lambda client: client.batch_read(["66001", "66002"], properties=("a",), id_property="email"),
        replied("batch_partial", status),
    )
    assert target_of(seen[0]) == f"{BASE_PATH}/batch/read"
    assert json_of(seen[0]) == {
        "inputs": [{"id": "66001"}, {"id": "66002"}],
        "properties": ["a"],
        "propertiesWithHistory": [],
        "idProperty": "email",
    }
    assert [row.id for row in found.value.results] == ["66001"]
    assert found.value.num_errors == 1
    error = found.value.errors[0]
    assert (error.category, error.context) == ("OBJECT_NOT_FOUND", {"ids": ["66002"]})


def test_a_batch_takes_a_hundred() -> None:
    async def work(client: ObjectsClient) -> None:
        many = [str(n) for n in range(101)]
        with pytest.raises(ValueError, match="100"):
            await client.batch_read(many, properties=())
        with pytest.raises(ValueError, match="100"):
            await client.batch_archive(many)
        await client.batch_read(many[:100], properties=())

    _, seen = use(contacts, work, replied("batch_partial"))
    assert len(seen) == 1
    assert "idProperty" not in json_of(seen[0])


def test_a_record_is_created_once_with_its_associations() -> None:
    record, seen = use(
        contacts,
        lambda client: client.create({"email": "j@a.test"}, associations=[Association("9", 200)]),
        replied("contact", 201),
    )
    assert record.id == "70124"
    assert (seen[0].method, target_of(seen[0])) == ("POST", BASE_PATH)
    assert json_of(seen[0]) == {
        "properties": {"email": "j@a.test"},
        "associations": [
            {
                "to": {"id": "9"},
                "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}],
            }
        ],
    }


def test_what_was_sent_fills_what_the_answer_leaves_out() -> None:
    record, _ = use(contacts, lambda client: client.create({"email": "x"}), replied("contact", 201))
    filled = record.filled({"email": "typed", "lastname": "Lee", "unasked": "kept"})
    assert (filled.text("email"), filled.text("unasked")) == ("jane@acme.test", "kept")
    assert filled.text("lastname") == "Lee"
    assert filled.id == record.id
    assert record.created is not None


def refused(*steps: httpx.Response | Exception) -> tuple[ApiError, int]:
    async def work(client: ObjectsClient) -> ApiError:
        with pytest.raises(ApiError) as refusal:
            await client.create({"email": "j@a.test"})
        return refusal.value

    error, seen = use(contacts, work, *steps)
    return error, len(seen)


def test_a_contact_that_exists_is_named() -> None:
    error, _ = refused(replied("error_contact_exists", 409))
    assert isinstance(error, Conflict)
    assert error.existing_id == "70124"


def test_a_create_without_an_answer_is_unknown_and_not_repeated() -> None:
    error, sent = refused(httpx.ReadError("x"))
    assert (error.delivery, sent) == (Delivery.UNKNOWN, 1)


def test_an_update_and_a_removal_may_be_repeated() -> None:
    async def work(client: ObjectsClient) -> ObjectPayload:
        await client.archive("7/1")
        return await client.update("7/1", {"a": ""})

    record, seen = use(
        contacts, work, answer(502), answer(204, b"", content_type=""), answer(503), replied("contact")
    )
    assert record.id == "70124"
    assert [(each.method, target_of(each)) for each in seen] == [
        ("DELETE", f"{BASE_PATH}/7%2F1"),
        ("DELETE", f"{BASE_PATH}/7%2F1"),
        ("PATCH", f"{BASE_PATH}/7%2F1"),
        ("PATCH", f"{BASE_PATH}/7%2F1"),
    ]
    assert json_of(seen[3]) == {"properties": {"a": ""}}


def test_batches_of_writes() -> None:
    async def work(client: ObjectsClient) -> list[tuple[str, bool, str]]:
        made = await client.batch_create([({"a": "1"}, [Association("9", 200)]), ({"a": "2"}, [])])
        changed = await client.batch_update({"66001": {"a": "x"}, "66002": {"a": "y"}})
        await client.batch_archive(["1"])
        return [
            (row.key, row.record is not None, row.error.message if row.error else "")
            for row in (*made, *changed)
        ]

    none = answer(204, b"", content_type="")
    told = {
        "results": [{"id": "1", "objectWriteTraceId": "row-1"}],
        "errors": [{"message": "No such title", "context": {"objectWriteTraceId": ["row-0"]}}],
    }
    rows, seen = use(contacts, work, answer(207, told), replied("batch_partial", 207), none)
    assert rows == [
        ("row-0", False, "No such title"),
        ("row-1", True, ""),
        ("66001", True, ""),
        ("66002", False, "Could not get some objects"),
    ]
    assert [target_of(each) for each in seen] == [
        f"{BASE_PATH}/batch/create",
        f"{BASE_PATH}/batch/update",
        f"{BASE_PATH}/batch/archive",
    ]
    first, second = json_of(seen[0])["inputs"]
    assert first["objectWriteTraceId"] == "row-0"
    assert first["associations"][0]["to"] == {"id": "9"}
    assert second == {"properties": {"a": "2"}, "associations": [], "objectWriteTraceId": "row-1"}
    assert json_of(seen[1]) == {
        "inputs": [
            {"id": "66001", "properties": {"a": "x"}, "objectWriteTraceId": "66001"},
            {"id": "66002", "properties": {"a": "y"}, "objectWriteTraceId": "66002"},
        ]
    }
    assert json_of(seen[2]) == {"inputs": [{"id": "1"}]}


def test_all_records_come_page_by_page_with_their_associations() -> None:
    linked = {"results": [{"id": 900}, {"type": "x"}], "paging": {"next": {"after": "5"}}}
    first = {
        "results": [{"id": "1", "associations": {"companies": linked}}],
        "paging": {"next": {"after": "1"}},
    }
    last = {"results": [{"id": "2", "archivedAt": "2026-11-20T09:00:00Z", "archived": True}]}

    async def walk(client: ObjectsClient) -> tuple[list[ObjectPayload], Ending | None]:
        pages = client.walk_list(
            properties=("a", "b"), associations=(ObjectType.COMPANIES, "2-77"), archived=True, limit=7
        )
        return [row async for page in pages for row in page.rows], pages.ending

    (rows, ending), seen = use(contacts, walk, answer(200, first), answer(200, last))
    assert [target_of(each) for each in seen] == [
        f"{BASE_PATH}?limit=7&archived=true&properties=a%2Cb&associations=companies%2C2-77",
        f"{BASE_PATH}?limit=7&archived=true&properties=a%2Cb&associations=companies%2C2-77&after=1",
    ]
    assert [each.id for each in rows[0].associations["companies"].results] == ["900"]
    assert ending is Ending.COMPLETE
    assert rows[1].archived


def test_the_recycle_bin_is_asked_for() -> None:
    async def work(client: ObjectsClient) -> None:
        await client.read("1", properties=("a",), archived=True)
        await client.batch_read(["1"], properties=("a",), archived=True)

    _, seen = use(contacts, work, replied("contact"), replied("batch_partial"))
    assert [target_of(each) for each in seen] == [
        f"{BASE_PATH}/1?properties=a&archived=true",
        f"{BASE_PATH}/batch/read?archived=true",
    ]


def test_a_batch_of_new_records_is_never_sent_twice() -> None:
    async def work(client: ObjectsClient) -> None:
        with pytest.raises(ApiError):
            await client.batch_create([({"a": "1"}, [])])

    _, seen = use(contacts, work, answer(500))
    assert len(seen) == 1
