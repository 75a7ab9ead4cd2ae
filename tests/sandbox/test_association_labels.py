"""The labels an account gave to associations: read, used, made, renamed and removed."""

from typing import Any

import pytest

from app.sandbox.crm.object_types import CONTACT, MEETING
from tests.sandbox.calling import Caller

BASES = (
    "/crm/v4/associations",
    "/crm/associations/v4",
    "/crm/associations/2026-03",
    "/crm/associations/2026-09",
)
LABELS = "/crm/associations/2026-03/meetings/contacts/labels"


def named(hubspot: Caller, path: str = LABELS) -> dict[str | None, int]:
    return {one["label"]: one["typeId"] for one in hubspot.get(path).json()["results"]}


def spec(type_id: int) -> dict[str, Any]:
    return {"associationCategory": "USER_DEFINED", "associationTypeId": type_id}


@pytest.mark.parametrize("base", BASES)
def test_hubspot_s_default_comes_first_and_the_account_s_labels_after(standing: Caller, base: str) -> None:
    rows = standing.get(f"{base}/meetings/contacts/labels").json()["results"]
    assert rows[0] == {"category": "HUBSPOT_DEFINED", "typeId": 200, "label": None}
    assert [(row["category"], row["label"]) for row in rows[1:]] == [
        ("USER_DEFINED", "Decision maker"),
        ("USER_DEFINED", "Led by"),
    ]
    back = standing.get(f"{base}/contacts/meetings/labels").json()["results"]
    assert [row["label"] for row in back] == [None, "Decision maker", "Led the meeting"]
    assert not {row["typeId"] for row in rows} & {row["typeId"] for row in back}


def test_a_meeting_is_made_and_linked_with_the_account_s_labels(hubspot: Caller) -> None:
    contact, label = hubspot.first_id(CONTACT), named(hubspot)["Led by"]
    link = {"to": {"id": contact}, "types": [spec(label)]}
    made = hubspot.post(
        "/crm/objects/2026-03/meetings",
        {"properties": {"hs_timestamp": "2026-12-01T09:00:00Z"}, "associations": [link]},
    ).json()["id"]
    there = hubspot.get(f"/crm/objects/2026-03/meetings/{made}/associations/contacts").json()["results"]
    assert {one["label"] for one in there[0]["associationTypes"]} == {None, "Led by"}
    back = hubspot.get(f"/crm/objects/2026-03/contacts/{contact}/associations/meetings", limit=500).json()
    row = next(one for one in back["results"] if one["toObjectId"] == made)
    assert {one["label"] for one in row["associationTypes"]} == {None, "Led the meeting"}

    pair = {"from": {"id": made}, "to": {"id": contact}, "types": [spec(label)]}
    gone = hubspot.post(
        "/crm/associations/2026-03/meetings/contacts/batch/labels/archive", {"inputs": [pair]}
    )
    assert gone.status_code == 200
    there = hubspot.get(f"/crm/objects/2026-03/meetings/{made}/associations/contacts").json()["results"]
    assert [one["label"] for one in there[0]["associationTypes"]] == [None]


def test_the_older_form_adds_and_removes_one_label(hubspot: Caller) -> None:
    meeting, contact = hubspot.first_id(MEETING), hubspot.first_id(CONTACT)
    label = named(hubspot)["Decision maker"]
    stem = f"/crm/v3/objects/meetings/{meeting}/associations/contacts/{contact}"
    assert hubspot.call("PUT", f"{stem}/{label}").status_code == 200
    labels = hubspot.store.associations.between((MEETING, meeting), (CONTACT, contact))
    assert {one.type_id for one in labels} == {200, label}
    assert hubspot.delete(f"{stem}/{label}").status_code == 204
    labels = hubspot.store.associations.between((MEETING, meeting), (CONTACT, contact))
    assert {one.type_id for one in labels} == {200}
    assert hubspot.delete(f"{stem}/200").status_code == 204
    assert hubspot.store.associations.between((MEETING, meeting), (CONTACT, contact)) == ()


def test_a_label_is_made_renamed_and_removed(hubspot: Caller) -> None:
    meeting, contact = hubspot.first_id(MEETING), hubspot.first_id(CONTACT)
    body = {"label": "Sponsor", "name": "sponsor", "inverseLabel": "Sponsors"}
    made = hubspot.post(LABELS, body)
    assert made.status_code == 200
    there, back = made.json()["results"]
    assert (there["label"], back["label"]) == ("Sponsor", "Sponsors")
    assert hubspot.post(LABELS, body).status_code == 400
    link = f"/crm/objects/2026-03/meetings/{meeting}/associations/contacts/{contact}"
    reply = hubspot.call("PUT", link, json=[spec(there["typeId"])])
    assert reply.json()["labels"] == ["Sponsor"]

    new = {"associationTypeId": there["typeId"], "label": "Patron", "inverseLabel": "Patronises"}
    assert hubspot.call("PUT", LABELS, json=new).status_code == 204
    assert named(hubspot)["Patron"] == there["typeId"]
    assert (
        named(hubspot, LABELS.replace("meetings/contacts", "contacts/meetings"))["Patronises"]
        == back["typeId"]
    )
    labels = hubspot.store.associations.between((MEETING, meeting), (CONTACT, contact))
    assert {one.label for one in labels} == {None, "Patron"}
    assert {
        one.label for one in hubspot.store.associations.between((CONTACT, contact), (MEETING, meeting))
    } == {None, "Patronises"}

    assert hubspot.delete(f"{LABELS}/{there['typeId']}").status_code == 204
    assert "Patron" not in named(hubspot)
    labels = hubspot.store.associations.between((MEETING, meeting), (CONTACT, contact))
    assert [one.label for one in labels] == [None]
    assert hubspot.delete(f"{LABELS}/{there['typeId']}").status_code == 404
    assert hubspot.call("PUT", LABELS, json=new).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"label": "x"},
        {"label": "", "name": "n"},
        {"label": 3, "name": "n"},
        {"label": "x" * 256, "name": "n"},
    ],
)
def test_labels_that_will_not_do(standing: Caller, body: dict[str, Any]) -> None:
    assert standing.post(LABELS, body).status_code == 400


def test_hubspot_s_own_types_cannot_be_renamed_or_removed(standing: Caller) -> None:
    assert standing.delete(f"{LABELS}/200").status_code == 404
    assert standing.call("PUT", LABELS, json={"associationTypeId": 200, "label": "x"}).status_code == 404
