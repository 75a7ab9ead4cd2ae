"""Rows that failed in a batch."""

import pytest

from app.api import errors
from app.api.decoding import WireId
from app.api.errors import FieldError
from app.api.hubspot.object_payloads import BatchErrorPayload, ErrorDetailPayload
from app.gateways.hubspot.batch_refusals import refusal_of


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("OBJECT_NOT_FOUND", errors.NotFound),
        ("MISSING_SCOPES", errors.Forbidden),
        ("FORBIDDEN", errors.Forbidden),
        ("CONFLICT", errors.Conflict),
        ("RATE_LIMITS", errors.RateLimited),
        ("VALIDATION_ERROR", errors.Invalid),
        ("", errors.Invalid),
    ],
)
def test_a_row_fails_as_it_would_alone(category: str, kind: type[errors.Refused]) -> None:
    found = refusal_of(BatchErrorPayload(category=category, message="No."))
    assert type(found) is kind
    assert found.message == "No."


def test_scopes_and_fields_are_kept() -> None:
    scopes = BatchErrorPayload(category="MISSING_SCOPES", context={"missingScopes": [WireId("x.y")]})
    found = refusal_of(scopes)
    assert isinstance(found, errors.Forbidden)
    assert found.missing_scopes == ("x.y",)
    part = ErrorDetailPayload(message="Not one", code="BAD", context={"propertyName": [WireId("a")]})
    detailed = refusal_of(BatchErrorPayload(errors=(part,)))
    assert detailed.details.field_errors == (
        FieldError(message="Not one", code="BAD", context={"propertyName": ("a",)}),
    )
