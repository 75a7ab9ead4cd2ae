"""Object types in paths and answers."""

import pytest

from app.api.hubspot.object_types import ObjectType, known_type, type_segment


@pytest.mark.parametrize("kind", [*ObjectType, "0-1", "2-3456789", "p4711_vehicle", "Cars"])
def test_names_and_ids_stand_in_paths(kind: str) -> None:
    assert type_segment(kind) == str(kind)


@pytest.mark.parametrize("kind", ["", "2-", "-2", "a/b", "a b", "../x", "2-3?x", "contacts\n", "²-1", "é"])
def test_nothing_else_does(kind: str) -> None:
    with pytest.raises(ValueError, match="object type"):
        type_segment(kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("contacts", ObjectType.CONTACTS),
        ("0-1", ObjectType.CONTACTS),
        ("COMPANY", ObjectType.COMPANIES),
        ("deals", ObjectType.DEALS),
        ("0-3", ObjectType.DEALS),
        ("tickets", ObjectType.TICKETS),
        ("0-5", ObjectType.TICKETS),
        ("0-47", ObjectType.MEETINGS),
        ("2-77", "2-77"),
        ("p4711_vehicle", "p4711_vehicle"),
    ],
)
def test_hubspots_spellings_mean_one_type(name: str, kind: str) -> None:
    assert known_type(name) == kind
