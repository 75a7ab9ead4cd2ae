"""What HubSpot's permissions are good for, in words: the sign-in asks for them, the settings list them."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from app.domain.accounts import REQUIRED_SCOPES, Feature, missing_scopes

translate = QCoreApplication.translate


def feature_title(feature: Feature) -> str:
    """`See meeting links and free times`."""
    match feature:
        case Feature.LINKS:
            return translate("permissions", "See meeting links and free times")
        case Feature.BOOKING:
            return translate("permissions", "Book meetings for contacts")
        case Feature.LOGGING:
            return translate("permissions", "Log meetings")
        case Feature.CONTACTS:
            return translate("permissions", "Find contacts")
        case Feature.OWNERS:
            return translate("permissions", "See who owns a contact")
        case Feature.COMPANIES:
            return translate("permissions", "Companies")
        case Feature.DEALS:
            return translate("permissions", "Deals")
        case Feature.TICKETS:
            return translate("permissions", "Tickets")
        case Feature.PIN_COMPANIES:
            return translate("permissions", "Pin meetings on companies")
        case Feature.PIN_DEALS:
            return translate("permissions", "Pin meetings on deals")
        case Feature.FILES:
            return translate("permissions", "Attachments (files)")
        case _:
            assert_never(feature)


def feature_purpose(feature: Feature) -> str:
    """Why Slotdesk asks for it: one sentence."""
    match feature:
        case Feature.LINKS:
            return translate("permissions", "Lists the links you may book, and their free times.")
        case Feature.BOOKING:
            return translate("permissions", "Books the time you pick and keeps the guest as a contact.")
        case Feature.LOGGING:
            return translate("permissions", "Writes meetings and their outcomes on CRM records.")
        case Feature.CONTACTS:
            return translate("permissions", "Finds the guest while you type and fills in the form.")
        case Feature.OWNERS:
            return translate("permissions", "Names the hosts, and warns when a colleague owns the contact.")
        case Feature.COMPANIES:
            return translate("permissions", "Shows the guest's company.")
        case Feature.DEALS:
            return translate("permissions", "Shows the guest's open deals.")
        case Feature.TICKETS:
            return translate("permissions", "Lets a meeting be put on a ticket.")
        case Feature.PIN_COMPANIES:
            return translate("permissions", "Keeps one meeting at the top of a company's timeline.")
        case Feature.PIN_DEALS:
            return translate("permissions", "Keeps one meeting at the top of a deal's timeline.")
        case Feature.FILES:
            return translate("permissions", "Lets a file be attached to a meeting.")
        case _:
            assert_never(feature)


def is_needed(feature: Feature) -> bool:
    """Whether the sign-in fails without it; the others can be left out."""
    return not missing_scopes(frozenset(REQUIRED_SCOPES), feature)
