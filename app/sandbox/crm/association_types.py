"""HubSpot's association type ids, taken from the numbers its client libraries publish."""

from dataclasses import dataclass
from typing import Final

HUBSPOT_DEFINED: Final = "HUBSPOT_DEFINED"
CATEGORIES: Final = frozenset({"HUBSPOT_DEFINED", "USER_DEFINED", "INTEGRATOR_DEFINED", "WORK"})


@dataclass(frozen=True, slots=True)
class AssociationSpec:
    """One label on an association: category, type id in that direction, and the words users see, if any."""

    category: str
    type_id: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    from_type: str
    to_type: str
    forward: int
    backward: int
    label: str | None = None


# The first row of a pair is its default (unlabelled) type.
_PAIRS: Final = (
    _Pair("0-1", "0-2", 279, 280),
    _Pair("0-1", "0-2", 1, 2, "Primary"),
    _Pair("0-1", "0-3", 4, 3),
    _Pair("0-1", "0-5", 15, 16),
    _Pair("0-1", "0-47", 199, 200),
    _Pair("0-1", "0-1", 449, 449),
    _Pair("0-2", "0-3", 342, 341),
    _Pair("0-2", "0-3", 6, 5, "Primary"),
    _Pair("0-2", "0-5", 340, 339),
    _Pair("0-2", "0-5", 25, 26, "Primary"),
    _Pair("0-2", "0-47", 187, 188),
    _Pair("0-2", "0-2", 450, 450),
    _Pair("0-3", "0-5", 27, 28),
    _Pair("0-3", "0-47", 211, 212),
    _Pair("0-3", "0-3", 451, 451),
    _Pair("0-5", "0-47", 225, 226),
    _Pair("0-5", "0-5", 452, 452),
)


def _directed() -> dict[tuple[str, str], tuple[AssociationSpec, ...]]:
    table: dict[tuple[str, str], tuple[AssociationSpec, ...]] = {}
    for pair in _PAIRS:
        for key, type_id in (
            ((pair.from_type, pair.to_type), pair.forward),
            ((pair.to_type, pair.from_type), pair.backward),
        ):
            spec = AssociationSpec(HUBSPOT_DEFINED, type_id, pair.label)
            if spec not in table.get(key, ()):
                table[key] = (*table.get(key, ()), spec)
    return table


SPECS: Final = _directed()
_BY_ID: Final = {(*pair, s.category, s.type_id): s for pair, published in SPECS.items() for s in published}
_INVERSE: Final[dict[tuple[str, str, int], int]] = {
    (pair.from_type, pair.to_type, pair.forward): pair.backward for pair in _PAIRS
} | {(pair.to_type, pair.from_type, pair.backward): pair.forward for pair in _PAIRS}


def specs(from_type: str, to_type: str) -> tuple[AssociationSpec, ...]:
    """Return every type of a direction, the default one first; empty when the two cannot be associated."""
    return SPECS.get((from_type, to_type), ())


def find_spec(from_type: str, to_type: str, category: str, type_id: int) -> AssociationSpec | None:
    """Return the published type with that category and id in that direction."""
    return _BY_ID.get((from_type, to_type, category, type_id))


def target(from_type: str, category: str, type_id: int) -> tuple[str, AssociationSpec] | None:
    """Return the record type a type id leads to from `from_type`, as needed where only an id is given."""
    for (start, end, _, _), spec in _BY_ID.items():
        if start == from_type and (spec.category, spec.type_id) == (category, type_id):
            return end, spec
    return None


def inverse(from_type: str, to_type: str, spec: AssociationSpec) -> AssociationSpec:
    """Return the same association seen from the other record; an unknown id keeps its number."""
    type_id = _INVERSE.get((from_type, to_type, spec.type_id), spec.type_id)
    return AssociationSpec(spec.category, type_id, spec.label)
