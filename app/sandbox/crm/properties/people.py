"""The properties of contacts, companies and users."""

from typing import Final

from app.sandbox.crm.properties.definition import (
    PropertyDefinition,
    PropertyOption,
    choice,
    elsewhere,
    kept,
    number,
    owner,
    pin,
    record_keeping,
    text,
)

_CONTACT: Final = "contactinformation"
_COMPANY: Final = "companyinformation"
_USER: Final = "user_information"

_LIFECYCLE: Final = (
    ("subscriber", "Subscriber"),
    ("lead", "Lead"),
    ("marketingqualifiedlead", "Marketing qualified lead"),
    ("salesqualifiedlead", "Sales qualified lead"),
    ("opportunity", "Opportunity"),
    ("customer", "Customer"),
    ("evangelist", "Evangelist"),
    ("other", "Other"),
)
_LEAD_STATUS: Final = (
    ("NEW", "New"),
    ("OPEN", "Open"),
    ("IN_PROGRESS", "In progress"),
    ("OPEN_DEAL", "Open deal"),
    ("UNQUALIFIED", "Unqualified"),
    ("ATTEMPTED_TO_CONTACT", "Attempted to contact"),
    ("CONNECTED", "Connected"),
    ("BAD_TIMING", "Bad timing"),
)
_COMPANY_SIZES: Final = (
    PropertyOption("1-10", "1 – 10", 0),
    PropertyOption("11-50", "11 – 50", 1),
    PropertyOption("51-200", "51 – 200", 2),
    PropertyOption("201-1000", "201 – 1,000", 3),
    PropertyOption("1001+", "More than 1,000", 4),
    PropertyOption("unknown", "Unknown (old value)", 5, True, "Kept for records from before 2023"),
)

CONTACT_PROPERTIES: Final = (
    PropertyDefinition("email", "Email", "string", "text", _CONTACT, unique=True),
    text("firstname", "First name", _CONTACT),
    text("lastname", "Last name", _CONTACT),
    text("phone", "Phone number", _CONTACT, "phonenumber"),
    text("mobilephone", "Mobile phone number", _CONTACT, "phonenumber"),
    text("company", "Company name", _CONTACT),
    text("jobtitle", "Job title", _CONTACT),
    text("salutation", "Salutation", _CONTACT),
    text("website", "Website URL", _CONTACT),
    text("address", "Street address", _CONTACT),
    text("city", "City", _CONTACT),
    text("state", "State/Region", _CONTACT),
    text("zip", "Postal code", _CONTACT),
    text("country", "Country/Region", _CONTACT),
    text("message", "Message", _CONTACT, "textarea"),
    elsewhere("hs_timezone", "Time zone", _CONTACT),
    text("hs_language", "Preferred language", _CONTACT),
    choice("lifecyclestage", "Lifecycle stage", _CONTACT, *_LIFECYCLE, field_type="radio"),
    choice("hs_lead_status", "Lead status", _CONTACT, *_LEAD_STATUS, field_type="radio"),
    PropertyDefinition(
        "numemployees", "Company size", "enumeration", "select", _CONTACT, options=_COMPANY_SIZES
    ),
    PropertyDefinition("date_of_birth", "Date of birth", "date", "date", _CONTACT),
    number("associatedcompanyid", "Primary associated company ID", _CONTACT),
    owner(_CONTACT),
    pin(_CONTACT),
    *record_keeping(_CONTACT, "createdate", "lastmodifieddate"),
    kept("hs_email_domain", "Email domain", _CONTACT),
    kept("hs_lifecyclestage_lead_date", "Became a lead date", _CONTACT, "datetime"),
    kept("num_associated_deals", "Number of associated deals", _CONTACT, "number"),
)

COMPANY_PROPERTIES: Final = (
    text("name", "Company name", _COMPANY),
    text("domain", "Company domain name", _COMPANY),
    text("website", "Website URL", _COMPANY),
    text("phone", "Phone number", _COMPANY, "phonenumber"),
    text("address", "Street address", _COMPANY),
    text("city", "City", _COMPANY),
    text("state", "State/Region", _COMPANY),
    text("zip", "Postal code", _COMPANY),
    text("country", "Country/Region", _COMPANY),
    text("description", "Description", _COMPANY, "textarea"),
    elsewhere("industry", "Industry", _COMPANY),
    number("numberofemployees", "Number of employees", _COMPANY),
    number("annualrevenue", "Annual revenue", _COMPANY),
    elsewhere("hs_timezone", "Time zone", _COMPANY),
    choice("lifecyclestage", "Lifecycle stage", _COMPANY, *_LIFECYCLE, field_type="radio"),
    owner(_COMPANY),
    pin(_COMPANY),
    *record_keeping(_COMPANY, "createdate", "hs_lastmodifieddate"),
    kept("num_associated_contacts", "Number of associated contacts", _COMPANY, "number"),
)

USER_PROPERTIES: Final = (
    kept("hs_internal_user_id", "User ID", _USER, "number"),
    kept("hs_email", "Email", _USER),
    kept("hs_given_name", "First name", _USER),
    kept("hs_family_name", "Last name", _USER),
    kept("hs_deactivated", "Deactivated", _USER, "bool"),
    text("hs_job_title", "Job title", _USER),
    text("hs_main_user_language_key", "Main language", _USER),
    elsewhere("hs_standard_time_zone", "Time zone", _USER),
    text("hs_working_hours", "Working hours", _USER),
    text("hs_additional_phone", "Additional phone", _USER),
    choice(
        "hs_availability_status", "Availability status", _USER, ("available", "Available"), ("away", "Away")
    ),
    owner(_USER),
    *record_keeping(_USER, "hs_createdate", "hs_lastmodifieddate"),
)
