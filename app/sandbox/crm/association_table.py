"""Who is associated with whom: both directions of every association, ordered by when they were made."""

from app.sandbox.crm.association_types import HUBSPOT_DEFINED, AssociationSpec, find_spec, inverse, specs

Specs = tuple[AssociationSpec, ...]


class AssociationTable:
    """Associations between records (type id, record id); every one is kept in both directions."""

    def __init__(self) -> None:
        self._edges: dict[tuple[str, str], dict[str, dict[str, Specs]]] = {}

    def add(self, start: tuple[str, str], end: tuple[str, str], wanted: Specs) -> Specs:
        """Associate `start` with `end`, adding labels to what is there; return all labels.

        The default, unlabelled type is always present beside a labelled one, as in HubSpot.
        """
        default = specs(start[0], end[0])[:1]
        present = self.between(start, end)
        merged = tuple(dict.fromkeys((*present, *wanted, *default)))
        self._put(start, end, merged)
        self._put(end, start, tuple(inverse(start[0], end[0], spec) for spec in merged))
        return merged

    def remove(self, start: tuple[str, str], end: tuple[str, str]) -> bool:
        """Remove every association between two records; False when there was none."""
        if not self.between(start, end):
            return False
        self._drop(start, end)
        self._drop(end, start)
        return True

    def remove_labels(self, start: tuple[str, str], end: tuple[str, str], unwanted: Specs) -> None:
        """Remove some labels; removing the unlabelled type removes them all."""
        present = self.between(start, end)
        default = specs(start[0], end[0])[:1]
        gone = {(spec.category, spec.type_id) for spec in unwanted}
        if any((spec.category, spec.type_id) in gone for spec in default):
            self.remove(start, end)
            return
        kept = tuple(spec for spec in present if (spec.category, spec.type_id) not in gone)
        if present:
            self._put(start, end, kept)
            self._put(end, start, tuple(inverse(start[0], end[0], spec) for spec in kept))

    def between(self, start: tuple[str, str], end: tuple[str, str]) -> Specs:
        """Return the labels from one record to another; empty when they are not associated."""
        return self.of(start, end[0]).get(end[1], ())

    def of(self, start: tuple[str, str], to_type: str) -> dict[str, Specs]:
        """Return the records of one type that a record is associated with, id to labels, oldest first."""
        return self._edges.get((start[0], to_type), {}).get(start[1], {})

    def _put(self, start: tuple[str, str], end: tuple[str, str], labels: Specs) -> None:
        self._edges.setdefault((start[0], end[0]), {}).setdefault(start[1], {})[end[1]] = labels

    def _drop(self, start: tuple[str, str], end: tuple[str, str]) -> None:
        self._edges[(start[0], end[0])][start[1]].pop(end[1], None)


def resolve(from_type: str, to_type: str, category: str, type_ids: tuple[int, ...]) -> Specs:
    """Turn type ids of one direction into labels; no ids means the default type of the pair."""
    if not type_ids:
        return specs(from_type, to_type)[:1]
    return tuple(
        find_spec(from_type, to_type, category, type_id) or AssociationSpec(category, type_id)
        for type_id in type_ids
    )


__all__ = ["HUBSPOT_DEFINED", "AssociationTable", "Specs", "resolve"]
