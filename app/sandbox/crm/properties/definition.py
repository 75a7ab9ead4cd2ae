"""What a property is: its data type, its widget, its choices and who may write it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PropertyOption:
    """One choice of an enumeration; `display_order` -1 puts it last."""

    value: str
    label: str
    display_order: int = -1
    hidden: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class PropertyDefinition:
    """One property. `type` is string, number, bool, date, datetime or enumeration; `field_type` the widget.

    `external_options` says that the choices live elsewhere (owners, pipelines), so `options` is empty.
    """

    name: str
    label: str
    type: str = "string"
    field_type: str = "text"
    group: str = ""
    description: str = ""
    options: tuple[PropertyOption, ...] = ()
    read_only: bool = False
    unique: bool = False
    hidden: bool = False
    external_options: bool = False
    hubspot_defined: bool = True

    @property
    def takes_several(self) -> bool:
        """Say whether a value may join several choices with `;`."""
        return self.type == "enumeration" and self.field_type == "checkbox"


def text(name: str, label: str, group: str, field_type: str = "text") -> PropertyDefinition:
    """Return a writable text property."""
    return PropertyDefinition(name, label, "string", field_type, group)


def number(name: str, label: str, group: str) -> PropertyDefinition:
    """Return a writable number property."""
    return PropertyDefinition(name, label, "number", "number", group)


def moment(name: str, label: str, group: str) -> PropertyDefinition:
    """Return a writable datetime property."""
    return PropertyDefinition(name, label, "datetime", "date", group)


def choice(
    name: str, label: str, group: str, *choices: tuple[str, str], field_type: str = "select"
) -> PropertyDefinition:
    """Return an enumeration of (value, label) choices, shown in that order."""
    options = tuple(PropertyOption(value, words, place) for place, (value, words) in enumerate(choices))
    return PropertyDefinition(name, label, "enumeration", field_type, group, options=options)


def elsewhere(name: str, label: str, group: str) -> PropertyDefinition:
    """Return an enumeration whose choices live outside the property (owners, pipelines, zones)."""
    return PropertyDefinition(name, label, "enumeration", "select", group, external_options=True)


def kept(name: str, label: str, group: str, value_type: str = "string") -> PropertyDefinition:
    """Return a property that HubSpot keeps by itself and nobody may write."""
    widgets = {"datetime": "date", "number": "number", "bool": "booleancheckbox"}
    return PropertyDefinition(name, label, value_type, widgets.get(value_type, "text"), group, read_only=True)


OWNER = "hubspot_owner_id"


def owner(group: str) -> PropertyDefinition:
    """Return the owner property every record type has."""
    return elsewhere(OWNER, "Owner", group)


def record_keeping(group: str, created: str, modified: str) -> tuple[PropertyDefinition, ...]:
    """Return the properties HubSpot keeps for every record."""
    return (
        kept("hs_object_id", "Record ID", group, "number"),
        kept(created, "Create date", group, "datetime"),
        kept(modified, "Last modified date", group, "datetime"),
        kept("hs_object_source", "Record source", group),
        kept("hs_object_source_label", "Record source label", group),
        kept("hs_merged_object_ids", "Merged record IDs", group),
    )


PIN = "hs_pinned_engagement_id"


def pin(group: str) -> PropertyDefinition:
    """Return the property that pins one engagement to a record."""
    return number(PIN, "Pinned engagement ID", group)
