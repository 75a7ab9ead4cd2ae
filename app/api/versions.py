"""The table of HubSpot's API versions: one setting decides every path (reference section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ApiVersion(StrEnum):
    """The versions that can be chosen in the settings."""

    V2026_03 = "2026-03"
    V2026_09 = "2026-09"
    V3 = "v3"


DEFAULT_VERSION: Final = ApiVersion.V2026_03


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPaths:
    """Where each resource lies below `https://api.hubapi.com`; no path ends with a slash."""

    scheduler: str
    objects: str
    record_associations: str
    associations: str
    owners: str
    properties: str
    schemas: str
    files: str
    account: str
    oauth: str

    @property
    def introspect(self) -> str:
        """Where a token's owner is asked for."""
        return f"{self.oauth}/introspect"

    @property
    def revoke(self) -> str:
        """Where a refresh token is made worthless."""
        return f"{self.oauth}/revoke"


def _dated(version: str, *, files: str) -> ApiPaths:
    return ApiPaths(
        scheduler=f"/scheduler/{version}/meetings",
        objects=f"/crm/objects/{version}",
        record_associations=f"/crm/objects/{version}",
        associations=f"/crm/associations/{version}",
        owners=f"/crm/owners/{version}",
        properties=f"/crm/properties/{version}",
        schemas=f"/crm-object-schemas/{version}/schemas",
        files=f"/files/{files}/files",
        account=f"/account-info/{version}/details",
        oauth=f"/oauth/{version}/token",
    )


# Files stay on 2026-03 until the upload of 2026-09 has been probed (reference section 10). With `v3`,
# OAuth uses /oauth/v3, which answers like the dated one; /oauth/v1 puts tokens into addresses and ends.
PATHS: Final[Mapping[ApiVersion, ApiPaths]] = MappingProxyType(
    {
        ApiVersion.V2026_03: _dated("2026-03", files="2026-03"),
        ApiVersion.V2026_09: _dated("2026-09", files="2026-03"),
        ApiVersion.V3: ApiPaths(
            scheduler="/scheduler/v3/meetings",
            objects="/crm/v3/objects",
            record_associations="/crm/v4/objects",
            associations="/crm/v4/associations",
            owners="/crm/v3/owners",
            properties="/crm/v3/properties",
            schemas="/crm-object-schemas/v3/schemas",
            files="/files/v3/files",
            account="/account-info/v3/details",
            oauth="/oauth/v3/token",
        ),
    }
)
