"""The table of versions against the path map of the reference."""

import pytest

from app.api.versions import DEFAULT_VERSION, PATHS, ApiVersion


def test_every_version_has_its_paths_and_the_dated_one_is_the_default() -> None:
    assert set(PATHS) == set(ApiVersion)
    assert DEFAULT_VERSION.value == "2026-03"


@pytest.mark.parametrize("version", ["2026-03", "2026-09"])
def test_the_dated_paths(version: str) -> None:
    paths = PATHS[ApiVersion(version)]
    assert paths.scheduler == f"/scheduler/{version}/meetings"
    assert paths.objects == f"/crm/objects/{version}"
    assert paths.record_associations == f"/crm/objects/{version}"
    assert paths.associations == f"/crm/associations/{version}"
    assert paths.owners == f"/crm/owners/{version}"
    assert paths.properties == f"/crm/properties/{version}"
    assert paths.schemas == f"/crm-object-schemas/{version}/schemas"
    assert paths.files == "/files/2026-03/files"
    assert paths.account == f"/account-info/{version}/details"
    assert paths.oauth == f"/oauth/{version}/token"
    assert paths.introspect == f"/oauth/{version}/token/introspect"
    assert paths.revoke == f"/oauth/{version}/token/revoke"


def test_the_legacy_paths() -> None:
    paths = PATHS[ApiVersion.V3]
    assert paths.scheduler == "/scheduler/v3/meetings"
    assert paths.objects == "/crm/v3/objects"
    assert paths.record_associations == "/crm/v4/objects"
    assert paths.associations == "/crm/v4/associations"
    assert paths.owners == "/crm/v3/owners"
    assert paths.properties == "/crm/v3/properties"
    assert paths.schemas == "/crm-object-schemas/v3/schemas"
    assert paths.files == "/files/v3/files"
    assert paths.account == "/account-info/v3/details"
    assert paths.introspect == "/oauth/v3/token/introspect"
    assert paths.revoke == "/oauth/v3/token/revoke"
