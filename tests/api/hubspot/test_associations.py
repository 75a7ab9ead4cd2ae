"""Which records belong to which."""

import pytest

from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.object_payloads import ObjectType
from app.api.paging import Ending
from app.api.versions import PATHS, ApiVersion
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

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


def test_a_batch_read_takes_a_thousand() -> None:
    async def work(client: AssociationsClient) -> None:
        with pytest.raises(ValueError, match="1000"):
            await client.batch_read(MEETINGS, CONTACTS, ["1"] * 1_001)

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
