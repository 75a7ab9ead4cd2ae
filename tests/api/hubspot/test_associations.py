"""Which records belong to which."""

import pytest

from app.api.errors import BadReply
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.object_payloads import AssociationType
from app.api.hubspot.object_types import ObjectType
from app.api.paging import Ending
from app.api.versions import PATHS, ApiVersion
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

CUSTOM = "2-77"
BATCH = "/crm/associations/2026-03/meetings"
MEETINGS, CONTACTS, DEALS = ObjectType.MEETINGS, ObjectType.CONTACTS, ObjectType.DEALS


@pytest.mark.parametrize(
    ("version", "base"),
    [
        (ApiVersion.V2026_03, "/crm/objects/2026-03"),
        (ApiVersion.V2026_09, "/crm/objects/2026-09"),
        (ApiVersion.V3, "/crm/v4/objects"),
    ],
)
def test_associated_ids_come_page_by_page(version: ApiVersion, base: str) -> None:
    async def work(client: AssociationsClient) -> tuple[list[str], Ending | None]:
        pages = client.walk(CONTACTS, "70124", DEALS)
        return [each async for page in pages for each in page.rows], pages.ending

    last = answer(200, {"results": [{"toObjectId": "902"}]})
    (ids, ending), seen = use(AssociationsClient, work, replied("associated"), last, paths=PATHS[version])
    assert (ids, ending) == (["900", "901", "902"], Ending.COMPLETE)
    assert target_of(seen[0]) == f"{base}/contacts/70124/associations/0-3?limit=500"
    assert target_of(seen[1]).endswith("?limit=500&after=NTAw")


def test_many_records_are_read_at_once() -> None:
    found, seen = use(
        AssociationsClient,
        lambda client: client.batch_read(MEETINGS, CONTACTS, ["66001", "66002"]),
        replied("associated_batch", 207),
    )
    assert target_of(seen[0]) == "/crm/associations/2026-03/meetings/contacts/batch/read"
    assert json_of(seen[0]) == {"inputs": [{"id": "66001"}, {"id": "66002"}]}
    first, second = found.value.results
    assert (first.from_.id, [each.to_object_id for each in first.to]) == ("66001", ["70124"])
    assert second.to == ()
    assert found.skipped == 1


def test_batches_have_their_sizes() -> None:
    async def work(client: AssociationsClient) -> None:
        with pytest.raises(ValueError, match="1000"):
            await client.batch_read(MEETINGS, CONTACTS, ["1"] * 1_001)
        with pytest.raises(ValueError, match="2000"):
            await client.batch_link(MEETINGS, CONTACTS, [("1", "2")] * 2_001)
        with pytest.raises(ValueError, match="2000"):
            await client.batch_link_as(MEETINGS, CONTACTS, [(("1", "2"), [])] * 2_001)
        with pytest.raises(ValueError, match="2000"):
            await client.batch_unlabel(MEETINGS, CONTACTS, [(("1", "2"), [])] * 2_001)
        with pytest.raises(ValueError, match="100"):
            await client.batch_unlink(MEETINGS, CONTACTS, {str(n): ["1"] for n in range(101)})

    use(AssociationsClient, work)


def test_linking_may_fail_with_a_good_status() -> None:
    found, seen = use(
        AssociationsClient,
        lambda client: client.link(MEETINGS, "66001", CONTACTS, "70124"),
        replied("linked_with_errors"),
    )
    assert (seen[0].method, target_of(seen[0])) == (
        "PUT",
        "/crm/objects/2026-03/meetings/66001/associations/default/contacts/70124",
    )
    assert seen[0].content == b""
    assert [error.category for error in found.errors] == ["VALIDATION_ERROR"]


def test_unlinking_removes_every_association() -> None:
    _, seen = use(
        AssociationsClient,
        lambda client: client.unlink(MEETINGS, "66001", DEALS, "5"),
        answer(204, b"", content_type=""),
    )
    assert (seen[0].method, target_of(seen[0])) == (
        "DELETE",
        "/crm/objects/2026-03/meetings/66001/associations/0-3/5",
    )


def test_a_label_is_known_by_the_accounts_own_number() -> None:
    body = {
        "results": [
            {"category": "HUBSPOT_DEFINED", "typeId": 200, "label": None},
            {"category": "USER_DEFINED", "typeId": 12, "label": "Decision maker"},
            {"label": "without a number"},
        ]
    }
    types, seen = use(AssociationsClient, lambda client: client.types(MEETINGS, CUSTOM), answer(200, body))
    assert target_of(seen[0]) == f"{BATCH}/2-77/labels"
    assert [(each.sent, each.label) for each in types] == [
        (AssociationType(200), None),
        (AssociationType(12, "USER_DEFINED"), "Decision maker"),
    ]


def test_associated_records_come_with_their_labels() -> None:
    async def work(client: AssociationsClient) -> list[tuple[str, list[int]]]:
        pages = client.walk_rows(MEETINGS, "66001", CONTACTS)
        return [
            (row.to_object_id, [each.type_id for each in row.association_types])
            async for page in pages
            for row in page.rows
        ]

    odd = {"results": [{"toObjectId": "902", "associationTypes": [{"typeId": 7}, {"label": "no number"}]}]}
    rows, _ = use(AssociationsClient, work, replied("associated"), answer(200, odd))
    assert rows == [("900", [279]), ("901", []), ("902", [7])]


def test_every_associated_record_of_many_is_read_page_by_page() -> None:
    def one(record_id: str, to: str, after: str | None = None) -> dict[str, object]:
        row: dict[str, object] = {"from": {"id": record_id}, "to": [{"toObjectId": to}]}
        return row | ({"paging": {"next": {"after": after}}} if after else {})

    nothing = {"category": "OBJECT_NOT_FOUND", "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND"}
    first = {"results": [one("1", "a", "c1"), one("2", "b")], "errors": [nothing]}
    second = {"results": [one("1", "c")]}
    found, seen = use(
        AssociationsClient,
        lambda client: client.read_all(MEETINGS, CONTACTS, ["1", "2", "3"]),
        answer(207, first),
        answer(200, second),
    )
    ids = {key: [str(row.to_object_id) for row in rows] for key, rows in found.items()}
    assert ids == {"1": ["a", "c"], "2": ["b"], "3": []}
    assert json_of(seen[1]) == {"inputs": [{"id": "1", "after": "c1"}]}


@pytest.mark.parametrize(
    "answers",
    [
        [{"results": [], "errors": [{"category": "VALIDATION_ERROR"}]}],
        [{"results": [{"from": {"id": "1"}, "paging": {"next": {"after": "c"}}}]}] * 2,
    ],
)
def test_a_part_that_could_not_be_read_is_no_empty_list(answers: list[object]) -> None:
    async def work(client: AssociationsClient) -> None:
        with pytest.raises(BadReply):
            await client.read_all(MEETINGS, CONTACTS, ["1"])

    use(AssociationsClient, work, *[answer(207, each) for each in answers])


def test_linking_with_labels() -> None:
    types = [AssociationType(200), AssociationType(12, "USER_DEFINED")]
    reply, seen = use(
        AssociationsClient,
        lambda client: client.link_as(MEETINGS, "66001", CUSTOM, "5", types),
        answer(201, {"fromObjectId": 66001, "toObjectId": 5, "labels": ["Decision maker"]}),
    )
    assert (seen[0].method, target_of(seen[0])) == (
        "PUT",
        "/crm/objects/2026-03/meetings/66001/associations/2-77/5",
    )
    assert json_of(seen[0]) == [
        {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200},
        {"associationCategory": "USER_DEFINED", "associationTypeId": 12},
    ]
    assert (reply.to_object_id, reply.labels) == ("5", ("Decision maker",))


def test_links_in_batches() -> None:
    pair = {"from": {"id": "1"}, "to": {"id": "2"}}
    wire = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}

    async def work(client: AssociationsClient) -> list[int]:
        types = [AssociationType(200)]
        answers = [
            await client.batch_link(MEETINGS, CONTACTS, [("1", "2")]),
            await client.batch_link_as(MEETINGS, CONTACTS, [(("1", "2"), types)]),
            await client.batch_unlabel(MEETINGS, CONTACTS, [(("1", "2"), types)]),
            await client.batch_unlink(MEETINGS, CONTACTS, {"1": ["2", "3"]}),
        ]
        return [len(each.errors) for each in answers]

    bad = [replied("linked_with_errors", status) for status in (200, 207, 200)]
    counts, seen = use(AssociationsClient, work, *bad, answer(204, b"", content_type=""))
    assert counts == [1, 1, 1, 0]
    assert [
        (target_of(each).removeprefix(f"{BATCH}/contacts/"), json_of(each)["inputs"]) for each in seen
    ] == [
        ("batch/associate/default", [pair]),
        ("batch/create", [{**pair, "types": [wire]}]),
        ("batch/labels/archive", [{**pair, "types": [wire]}]),
        ("batch/archive", [{"from": {"id": "1"}, "to": [{"id": "2"}, {"id": "3"}]}]),
    ]
