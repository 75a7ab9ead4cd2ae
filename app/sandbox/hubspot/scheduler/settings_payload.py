"""The settings of a meeting link on the wire: `customParams`, its form and consent, and the branding."""

from typing import Any, Final

from app.sandbox.world.consent import Consent
from app.sandbox.world.fields import FormField
from app.sandbox.world.hours import WEEKDAYS
from app.sandbox.world.links import MeetingLink
from app.sandbox.world.people import PORTAL, User

_SITE: Final = f"https://{PORTAL.domain}"


def custom_params(link: MeetingLink, organizer: User) -> dict[str, Any]:
    """Return `ExternalMeetingsLinkSettings`; durations and buffer in ms, hours in minutes after midnight."""
    settings = link.settings
    params: dict[str, Any] = {
        "availability": {
            weekday: {"start": opening[0], "end": opening[1]}
            for weekday, opening in zip(WEEKDAYS, settings.hours.days, strict=True)
            if opening is not None
        },
        "durations": list(settings.durations_ms),
        "startTimeIncrementMinutes": settings.increment,
        "meetingBufferTime": settings.buffer_ms,
        "formFields": [form_field(field) for field in settings.fields],
        "legalConsentEnabled": settings.consent is not None,
        "ownerPrioritized": settings.owner_prioritized,
        "weeksToAdvertise": settings.weeks,
        "displayInfo": {
            "avatar": f"{_SITE}/people/{organizer.page}.png",
            "companyAvatar": f"{_SITE}/logo.png",
            "headline": "",
            "publicDisplayAvatarOption": settings.avatar_option,
        },
        "language": settings.language,
        "locale": settings.locale,
    }
    if settings.window is not None:
        params["customAvailabilityStartDate"], params["customAvailabilityEndDate"] = settings.window
    if settings.max_guests is not None:
        params["guestSettings"] = {
            "canAddGuests": settings.max_guests > 0,
            "maxGuestCount": settings.max_guests,
        }
    if settings.consent is not None:
        params["legalConsentOptions"] = consent_options(settings.consent)
    if settings.welcome is not None:
        params["welcomeScreenInfo"] = _welcome(*settings.welcome)
    if settings.location is not None:
        params["location"] = settings.location
    if settings.redirect_url is not None:
        params["redirectUrl"] = settings.redirect_url
    return params


def form_field(field: FormField) -> dict[str, Any]:
    """Return `ExternalLinkFormField`."""
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "fieldType": field.field_type,
        "isCustom": field.is_custom,
        "isRequired": field.is_required,
        "options": [
            {
                "value": option.value,
                "label": option.label,
                "description": option.description,
                "displayOrder": place,
                "hidden": option.hidden,
                "readOnly": False,
                "doubleData": 0.0,
            }
            for place, option in enumerate(field.options)
        ],
    }


def consent_options(consent: Consent) -> dict[str, Any]:
    """Return `legalConsentOptions`; the texts may hold HTML, as an administrator typed them."""
    options: dict[str, Any] = {
        "communicationConsentText": consent.communication_text,
        "communicationConsentCheckboxes": [
            {"communicationTypeId": box.type_id, "label": box.label, "required": box.required}
            for box in consent.checkboxes
        ],
        "processingConsentType": consent.processing_kind,
        "processingConsentText": consent.processing_text,
        "processingConsentCheckboxLabel": consent.processing_label,
        "processingConsentFooterText": "",
        "privacyPolicyText": consent.privacy_text,
        "isLegitimateInterest": consent.legal_basis is not None,
        "legitimateInterestSubscriptionTypes": list(consent.legitimate_types),
    }
    if consent.legal_basis is not None:
        options["legitimateInterestLegalBasis"] = consent.legal_basis
    return options


def branding() -> dict[str, Any]:
    """Return `brandingMetadata`, the same for every link of the portal."""
    return {
        "logoAltText": PORTAL.name,
        "showMarketingAd": False,
        "showSalesAd": False,
        "primaryColor": "#4f46e5",
        "secondaryColor": "#3730a3",
        "accentColor": "#c7d2fe",
        "accent2Color": "#eef2ff",
        "logoUrl": f"{_SITE}/logo.png",
        "logoHeight": 48,
        "logoWidth": 180,
        "companyName": PORTAL.name,
        "companyDomain": PORTAL.domain,
        "companyAvatar": f"{_SITE}/avatar.png",
        "companyAddressLine1": "Oranienstraße 25",
        "companyAddressLine2": "",
        "companyCity": "Berlin",
        "companyState": "Berlin",
        "companyZip": "10999",
        "companyCountry": "Germany",
    }


def _welcome(title: str, description: str) -> dict[str, Any]:
    return {
        "title": title,
        "description": description,
        "logoUrl": f"{_SITE}/logo.png",
        "useCompanyLogo": True,
        "showWelcomeScreen": False,
    }
