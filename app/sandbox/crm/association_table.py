"""Who is associated with whom: both directions of every association, ordered by when they were made."""

from app.sandbox.crm.association_types import AssociationCatalogue, AssociationSpec

Specs = tuple[AssociationSpec, ...]


class AssociationTable:
    """Associations between records (type id, record id); every one is kept in both directions.

    `types` are the account's association types; `version` changes whenever an association does.
    """

    def __init__(self) -> None:
        self._edges: dict[tuple[str, str], dict[str, dict[str, Specs]]] = {}
        self.types = AssociationCatalogue()
        self.version = 0

    def add(self, start: tuple[str, str], end: tuple[str, str], wanted: Specs) -> Specs:
        """Associate `start` with `end`, adding labels to what is there; return all labels.

        The default, unlabelled type is always present beside a labelled one, as in HubSpot.
        """
        default = self.types.specs(start[0], end[0])[:1]
        present = self.between(start, end)
        merged = tuple(dict.fromkeys((*present, *wanted, *default)))
        self._put_both(start, end, merged)
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
        default = self.types.specs(start[0], end[0])[:1]
        gone = {(spec.category, spec.type_id) for spec in unwanted}
        if any((spec.category, spec.type_id) in gone for spec in default):
            self.remove(start, end)
            return
        kept = tuple(spec for spec in present if (spec.category, spec.type_id) not in gone)
        if present:
            self._put_both(start, end, kept)

    def rename_label(self, from_type: str, to_type: str, type_id: int, label: str) -> bool:
        """Give one of the account's labels other words, on every association; False without that label."""
        old = self.types.find(from_type, to_type, "USER_DEFINED", type_id)
        new = self.types.rename(from_type, to_type, type_id, label)
        if old is None or new is None:
            return False
        for row in self._edges.get((from_type, to_type), {}).values():
            for other, labels in row.items():
                if old in labels:
                    row[other] = tuple(new if spec == old else spec for spec in labels)
        return True

    def remove_label(self, from_type: str, to_type: str, type_id: int) -> bool:
        """Take one of the account's labels away, from every association too; False without that label."""
        old = self.types.remove(from_type, to_type, type_id)
        if old is None:
            return False
        for record_id, row in list(self._edges.get((from_type, to_type), {}).items()):
            for other, labels in list(row.items()):
                if old in labels:
                    self.remove_labels((from_type, record_id), (to_type, other), (old,))
        return True

    def between(self, start: tuple[str, str], end: tuple[str, str]) -> Specs:
        """Return the labels from one record to another; empty when they are not associated."""
        return self.of(start, end[0]).get(end[1], ())

    def of(self, start: tuple[str, str], to_type: str) -> dict[str, Specs]:
        """Return the records of one type that a record is associated with, id to labels, oldest first."""
        return self._edges.get((start[0], to_type), {}).get(start[1], {})

    def resolve(self, from_type: str, to_type: str, category: str, type_ids: tuple[int, ...]) -> Specs:
        """Turn type ids of one direction into labels; no ids means the default type of the pair."""
        if not type_ids:
            return self.types.specs(from_type, to_type)[:1]
        return tuple(
            self.types.find(from_type, to_type, category, type_id) or AssociationSpec(category, type_id)
            for type_id in type_ids
        )

    def _put_both(self, start: tuple[str, str], end: tuple[str, str], labels: Specs) -> None:
        self._put(start, end, labels)
        self._put(end, start, tuple(self.types.inverse(start[0], end[0], spec) for spec in labels))

    def _put(self, start: tuple[str, str], end: tuple[str, str], labels: Specs) -> None:
        self._edges.setdefault((start[0], end[0]), {}).setdefault(start[1], {})[end[1]] = labels
        self.version += 1

    def _drop(self, start: tuple[str, str], end: tuple[str, str]) -> None:
        self._edges[(start[0], end[0])][start[1]].pop(end[1], None)
        self.version += 1
