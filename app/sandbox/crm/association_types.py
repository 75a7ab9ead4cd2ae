"""Association types: the ids HubSpot's client libraries publish, and the labels an account adds to them."""

import itertools
from dataclasses import dataclass
from typing import Final

HUBSPOT_DEFINED: Final = "HUBSPOT_DEFINED"
USER_DEFINED: Final = "USER_DEFINED"
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
_PUBLISHED: Final = (
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
_FIRST_OWN_TYPE: Final = 21

Direction = tuple[str, str]


class AssociationCatalogue:
    """The association types of one account, by direction; its own ones get ids that no other type has."""

    def __init__(self) -> None:
        self._specs: dict[Direction, tuple[AssociationSpec, ...]] = {}
        self._inverse: dict[tuple[str, str, str, int], int] = {}
        self._backwards: dict[tuple[str, str, AssociationSpec], AssociationSpec] = {}
        self._numbers = itertools.count(_FIRST_OWN_TYPE)
        for pair in _PUBLISHED:
            forward = AssociationSpec(HUBSPOT_DEFINED, pair.forward, pair.label)
            backward = AssociationSpec(HUBSPOT_DEFINED, pair.backward, pair.label)
            self._enter(pair.from_type, pair.to_type, forward, backward)

    def specs(self, from_type: str, to_type: str) -> tuple[AssociationSpec, ...]:
        """Return every type of a direction, the default first; empty when the two cannot be associated."""
        return self._specs.get((from_type, to_type), ())

    def find(self, from_type: str, to_type: str, category: str, type_id: int) -> AssociationSpec | None:
        """Return the type with that category and id in that direction."""
        return next(
            (s for s in self.specs(from_type, to_type) if (s.category, s.type_id) == (category, type_id)),
            None,
        )

    def target(self, from_type: str, category: str, type_id: int) -> tuple[str, AssociationSpec] | None:
        """Return the record type a type id leads to from `from_type`, where only the id is given."""
        for start, end in self._specs:
            spec = self.find(start, end, category, type_id) if start == from_type else None
            if spec is not None:
                return end, spec
        return None

    def inverse(self, from_type: str, to_type: str, spec: AssociationSpec) -> AssociationSpec:
        """Return the same association seen from the other record; an unknown id keeps its number."""
        key = (from_type, to_type, spec)
        known = self._backwards.get(key)
        if known is None:
            number = self._inverse.get((from_type, to_type, spec.category, spec.type_id), spec.type_id)
            plain = AssociationSpec(spec.category, number, spec.label)
            known = self.find(to_type, from_type, spec.category, number) or plain
            self._backwards[key] = known
        return known

    def define(
        self, from_type: str, to_type: str, label: str | None, inverse_label: str | None = None
    ) -> tuple[AssociationSpec, AssociationSpec]:
        """Add a USER_DEFINED type both ways; the first of a pair, which has no label, is its default.

        Without `inverse_label` both directions have the same words.
        """
        forward = AssociationSpec(USER_DEFINED, next(self._numbers), label)
        backward = AssociationSpec(USER_DEFINED, next(self._numbers), inverse_label or label)
        self._enter(from_type, to_type, forward, backward)
        return forward, backward

    def rename(self, from_type: str, to_type: str, type_id: int, label: str) -> AssociationSpec | None:
        """Give a USER_DEFINED label other words in one direction; None when there is no such label."""
        old = self.find(from_type, to_type, USER_DEFINED, type_id)
        if old is None or old.label is None:
            return None
        new = AssociationSpec(USER_DEFINED, type_id, label)
        rest = self._specs[from_type, to_type]
        self._backwards.clear()
        self._specs[from_type, to_type] = tuple(new if spec == old else spec for spec in rest)
        return new

    def remove(self, from_type: str, to_type: str, type_id: int) -> AssociationSpec | None:
        """Take a USER_DEFINED label away in both directions; None when there is no such label."""
        old = self.find(from_type, to_type, USER_DEFINED, type_id)
        if old is None or old.label is None:
            return None
        back = self.inverse(from_type, to_type, old)
        self._backwards.clear()
        for start, end, gone in ((from_type, to_type, old), (to_type, from_type, back)):
            self._specs[start, end] = tuple(spec for spec in self._specs[start, end] if spec != gone)
        return old

    def _enter(
        self, from_type: str, to_type: str, forward: AssociationSpec, backward: AssociationSpec
    ) -> None:
        for start, end, spec, other in (
            (from_type, to_type, forward, backward),
            (to_type, from_type, backward, forward),
        ):
            self._inverse[start, end, spec.category, spec.type_id] = other.type_id
            self._backwards.clear()
            if spec not in self.specs(start, end):
                self._specs[start, end] = (*self.specs(start, end), spec)
