"""The property definitions as one account has them: choices can be moved out of a property."""

from collections.abc import Mapping
from dataclasses import replace

from app.sandbox.crm.properties import DEFINITIONS, PropertyDefinition


class AccountDefinitions:
    """The definitions by type id and name; those made external have no options and take any value."""

    def __init__(self) -> None:
        self._changed: dict[str, dict[str, PropertyDefinition]] = {}

    def of(self, type_id: str) -> Mapping[str, PropertyDefinition]:
        """Return the definitions of a record type."""
        return self._changed.get(type_id, DEFINITIONS[type_id])

    def make_external(self, type_id: str, name: str) -> None:
        """Let the choices of a property live elsewhere; KeyError without that property."""
        table = dict(self.of(type_id))
        table[name] = replace(table[name], external_options=True, options=())
        self._changed[type_id] = table
