"""Putting a payment link on a meeting link, in the versions that have the call."""

from typing import Any

import pytest

from tests.sandbox.scheduler.conftest import READ, Scheduler, refused
from tests.sandbox.scheduler.field_tables import LINK_METADATA


def patch(scheduler: Scheduler, slug: str, body: Any) -> Any:
    return scheduler.http.request(
        "PATCH", f"/scheduler/{scheduler.version}/meetings/meeting-links/{slug}", json=body
    )


@pytest.mark.parametrize("version", ["v3", "2026-09"])
def test_a_payment_link_makes_a_link_unbookable_until_it_is_taken_off(
    scheduler: Scheduler, version: str
) -> None:
    scheduler.version = version
    link = scheduler.link("Pricing")
    body = scheduler.body(link)
    changed = patch(scheduler, "mei-nelson%2Fpricing", {"paymentLinkId": "77"}).json()
    LINK_METADATA(changed)
    assert changed["paymentLinkId"] == "77"
    assert changed["updatedAt"] > changed["createdAt"]
    listed = scheduler.get("meeting-links", name="Pricing").json()["results"]
    assert listed == [changed]
    refused(scheduler.post("meeting-links/book", body))
    assert "paymentLinkId" not in patch(scheduler, "mei-nelson%2Fpricing", {"paymentLinkId": None}).json()
    assert scheduler.post("meeting-links/book", body).status_code == 200


def test_an_empty_body_changes_nothing(scheduler: Scheduler) -> None:
    scheduler.version = "v3"
    before = scheduler.get("meeting-links", name="consulting").json()["results"][0]
    assert patch(scheduler, "mei-nelson%2Fconsulting", {}).json() == before


@pytest.mark.parametrize("version", ["2025-09", "2026-03"])
def test_the_other_versions_do_not_have_the_call(scheduler: Scheduler, version: str) -> None:
    scheduler.version = version
    assert patch(scheduler, "mei-nelson", {"paymentLinkId": "77"}).status_code == 404


@pytest.mark.parametrize("body", [[], {"paymentLinkId": 77}, {"paymentLinkId": []}])
def test_a_wrong_body(scheduler: Scheduler, body: Any) -> None:
    scheduler.version = "v3"
    refused(patch(scheduler, "mei-nelson", body))


def test_an_unknown_slug_and_a_missing_scope(scheduler: Scheduler) -> None:
    scheduler.version = "v3"
    for slug in ("nobody", "mei-nelson/pricing"):
        refused(patch(scheduler, slug, {"paymentLinkId": "77"}), 404, "OBJECT_NOT_FOUND")
    scheduler.bearer.scopes = {READ}
    refused(patch(scheduler, "mei-nelson", {"paymentLinkId": "77"}), 403, "MISSING_SCOPES")
