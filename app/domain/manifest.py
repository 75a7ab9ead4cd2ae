"""The manifest of Pipedrive's video calling extension: its values, and how it is made and spelled.

Follows reference/pipedrive.md 8.2; `manifest_checking` finds what is wrong with one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

VERSION: Final = "v202049"
LINK_ID: Final = ":linkId"
MEETING_ID: Final = ":meetingId"
POST_MEETING: Final = "postMeeting"
PATCH_MEETING: Final = "patchUpdateMeeting"
DELETE_MEETING: Final = "deleteMeeting"
ENDPOINTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        POST_MEETING: (LINK_ID,),
        DELETE_MEETING: (LINK_ID, MEETING_ID),
        PATCH_MEETING: (LINK_ID, MEETING_ID),
    }
)
"""The three endpoints, each with the placeholders its address has to hold."""
MEETINGS_PATH: Final = "/pipedrive/:linkId/meetings"
MEETING_PATH: Final = "/pipedrive/:linkId/meetings/:meetingId"
"""Where the provider service answers below its base address, with Pipedrive's placeholders."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest; the three values are addresses with placeholders that Pipedrive fills in."""

    client_id: str
    post_meeting: str
    delete_meeting: str
    patch_update_meeting: str


def manifest_for(*, base_url: str, client_id: str) -> Manifest:
    """The manifest of a provider service that answers at `base_url` (with or without a closing slash)."""
    root = base_url.strip().rstrip("/")
    return Manifest(
        client_id=client_id.strip(),
        post_meeting=root + MEETINGS_PATH,
        delete_meeting=root + MEETING_PATH,
        patch_update_meeting=root + MEETING_PATH,
    )


def manifest_text(manifest: Manifest) -> str:
    """The manifest as the JSON that Developer Hub takes, indented, with a closing line break."""
    endpoints = {
        POST_MEETING: manifest.post_meeting,
        DELETE_MEETING: manifest.delete_meeting,
        PATCH_MEETING: manifest.patch_update_meeting,
    }
    document = {"version": VERSION, "clientId": manifest.client_id, "endpoints": endpoints}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def manifest_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of a manifest, for editors and for other tools."""

    def address(placeholders: tuple[str, ...]) -> dict[str, object]:
        patterns = ["^https://[^/?#]+/", *(f"{one}(?![A-Za-z0-9_])" for one in placeholders)]
        return {"type": "string", "allOf": [{"pattern": pattern} for pattern in patterns]}

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Manifest of a Pipedrive video calling extension",
        "type": "object",
        "required": ["version", "clientId", "endpoints"],
        "additionalProperties": False,
        "properties": {
            "version": {"const": VERSION},
            "clientId": {"type": "string", "minLength": 1, "pattern": "^\\S+$"},
            "endpoints": {
                "type": "object",
                "required": list(ENDPOINTS),
                "additionalProperties": False,
                "properties": {name: address(placeholders) for name, placeholders in ENDPOINTS.items()},
            },
        },
    }
