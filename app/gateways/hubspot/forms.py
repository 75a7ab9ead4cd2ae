"""A link's form and consent as the domain sees them."""

from app.api.hubspot.link_payloads import ConsentPayload, FormFieldPayload, LinkSettingsPayload
from app.domain.forms import Choice, CommunicationConsent, Consent, FieldKind, FormField
from app.gateways.plain_text import plain_text

_KINDS = {kind.value: kind for kind in FieldKind}
_NEEDS_BOX = "REQUIRED_CHECKBOX"


def form_field_of(payload: FormFieldPayload) -> FormField:
    """One question; hidden options are dropped, an unknown widget is asked as text."""
    options = sorted(
        (option for option in payload.options if not option.hidden), key=lambda option: option.display_order
    )
    return FormField(
        name=payload.name,
        label=payload.label.strip() or payload.name,
        kind=_kind_of(payload),
        is_required=payload.is_required,
        is_custom=payload.is_custom,
        choices=tuple(Choice(option.value, option.label or option.value) for option in options),
    )


def _kind_of(payload: FormFieldPayload) -> FieldKind:
    kind = _KINDS.get(payload.field_type)
    if kind is not None:
        return kind
    return {
        "number": FieldKind.NUMBER,
        "date": FieldKind.DATE,
        "bool": FieldKind.BOOLEAN,
        "enumeration": FieldKind.SELECT if payload.options else FieldKind.TEXT,
    }.get(payload.type, FieldKind.TEXT)


def consent_of(settings: LinkSettingsPayload) -> Consent | None:
    """The consent texts and boxes, as plain text; None where the link asks for none."""
    options = settings.legal_consent_options
    if not settings.legal_consent_enabled or options is None:
        return None
    return Consent(
        intro=plain_text(options.communication_consent_text),
        boxes=_boxes(options),
        processing_text=plain_text(options.processing_consent_text),
        processing_label=plain_text(options.processing_consent_checkbox_label),
        processing_required=options.processing_consent_type == _NEEDS_BOX,
        privacy_text=plain_text(options.privacy_policy_text),
    )


def _boxes(options: ConsentPayload) -> tuple[CommunicationConsent, ...]:
    return tuple(
        CommunicationConsent(str(box.communication_type_id), plain_text(box.label), box.required)
        for box in options.communication_consent_checkboxes
    )
