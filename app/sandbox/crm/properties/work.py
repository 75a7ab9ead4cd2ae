"""The properties of meetings, deals and tickets."""

from typing import Final

from app.sandbox.crm.properties.definition import (
    PropertyDefinition,
    PropertyOption,
    choice,
    elsewhere,
    kept,
    moment,
    number,
    owner,
    pin,
    record_keeping,
    text,
)

_MEETING: Final = "engagement"
_DEAL: Final = "dealinformation"
_TICKET: Final = "ticketinformation"

_OUTCOMES: Final = (
    PropertyOption("SCHEDULED", "Scheduled", 0),
    PropertyOption("COMPLETED", "Completed", 1),
    PropertyOption("RESCHEDULED", "Rescheduled", 2),
    PropertyOption("NO_SHOW", "No show", 3),
    PropertyOption("CANCELED", "Canceled", 4),
    PropertyOption("QUALIFIED", "Qualified", 5, description="The account's own: a next step is agreed"),
    PropertyOption("HELD_LEGACY", "Held (old)", -1, hidden=True, description="Used before 2023"),
)

_ACTIVITY_TYPES: Final = (
    PropertyOption("Discovery call", "Discovery call", 0),
    PropertyOption("Product demo", "Product demo", 1),
    PropertyOption("Business review", "Business review", 2),
    PropertyOption("Renewal", "Renewal", 3),
    PropertyOption("Kick-off", "Kick-off", 4),
    PropertyOption("Trade fair", "Trade fair (old)", -1, hidden=True, description="Used before 2023"),
)

MEETING_PROPERTIES: Final = (
    text("hs_meeting_title", "Meeting name", _MEETING),
    moment("hs_timestamp", "Activity date", _MEETING),
    moment("hs_meeting_start_time", "Meeting start time", _MEETING),
    moment("hs_meeting_end_time", "Meeting end time", _MEETING),
    text("hs_meeting_body", "Meeting description", _MEETING, "html"),
    text("hs_internal_meeting_notes", "Internal meeting notes", _MEETING, "html"),
    text("hs_meeting_external_url", "External URL", _MEETING),
    text("hs_meeting_location", "Location", _MEETING),
    choice(
        "hs_meeting_location_type",
        "Location type",
        _MEETING,
        ("ADDRESS", "Address"),
        ("CUSTOM", "Custom"),
        ("PHONE", "Phone"),
    ),
    PropertyDefinition(
        "hs_meeting_outcome", "Meeting outcome", "enumeration", "select", _MEETING, options=_OUTCOMES
    ),
    PropertyDefinition(
        "hs_activity_type",
        "Call and meeting type",
        "enumeration",
        "select",
        _MEETING,
        options=_ACTIVITY_TYPES,
    ),
    PropertyDefinition(
        "hs_attachment_ids", "Attached file IDs", "enumeration", "checkbox", _MEETING, external_options=True
    ),
    PropertyDefinition(
        "hs_attendee_owner_ids",
        "Attendee owners",
        "enumeration",
        "checkbox",
        _MEETING,
        external_options=True,
    ),
    elsewhere("hubspot_owner_id", "Activity assigned to", _MEETING),
    *record_keeping(_MEETING, "hs_createdate", "hs_lastmodifieddate"),
    kept("hs_meeting_source", "Meeting source", _MEETING),
    kept("hs_meeting_source_id", "Meeting source ID", _MEETING),
    kept("hs_video_conference_url", "Video conference URL", _MEETING),
    kept("hs_unique_id", "Unique calendar event ID", _MEETING),
    kept("hs_engagement_source", "Engagement source", _MEETING),
    kept("hs_engagement_source_id", "Engagement source ID", _MEETING),
    kept("hs_created_by", "Activity created by", _MEETING, "number"),
    kept("hs_include_description_in_reminder", "Include description in reminder", _MEETING, "bool"),
)

DEAL_PROPERTIES: Final = (
    text("dealname", "Deal name", _DEAL),
    elsewhere("dealstage", "Deal stage", _DEAL),
    elsewhere("pipeline", "Pipeline", _DEAL),
    number("amount", "Amount", _DEAL),
    moment("closedate", "Close date", _DEAL),
    choice(
        "dealtype",
        "Deal type",
        _DEAL,
        ("newbusiness", "New business"),
        ("existingbusiness", "Existing business"),
    ),
    text("description", "Deal description", _DEAL, "textarea"),
    choice("hs_priority", "Priority", _DEAL, ("low", "Low"), ("medium", "Medium"), ("high", "High")),
    owner(_DEAL),
    pin(_DEAL),
    *record_keeping(_DEAL, "createdate", "hs_lastmodifieddate"),
    kept("hs_is_closed", "Is closed", _DEAL, "bool"),
)

TICKET_PROPERTIES: Final = (
    text("subject", "Ticket name", _TICKET),
    text("content", "Ticket description", _TICKET, "textarea"),
    elsewhere("hs_pipeline", "Pipeline", _TICKET),
    elsewhere("hs_pipeline_stage", "Ticket status", _TICKET),
    choice(
        "hs_ticket_priority",
        "Priority",
        _TICKET,
        ("LOW", "Low"),
        ("MEDIUM", "Medium"),
        ("HIGH", "High"),
        ("URGENT", "Urgent"),
    ),
    choice(
        "hs_ticket_category",
        "Category",
        _TICKET,
        ("PRODUCT_ISSUE", "Product issue"),
        ("BILLING_ISSUE", "Billing issue"),
        ("FEATURE_REQUEST", "Feature request"),
        ("GENERAL_INQUIRY", "General inquiry"),
        field_type="checkbox",
    ),
    owner(_TICKET),
    pin(_TICKET),
    *record_keeping(_TICKET, "createdate", "hs_lastmodifieddate"),
    kept("closed_date", "Close date", _TICKET, "datetime"),
)
