"""The deals and tickets of the CRM."""

import random
from datetime import datetime, timedelta
from typing import Final

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, TICKET
from app.sandbox.crm.store import RecordStore
from app.sandbox.instants import property_instant
from app.sandbox.world.contacts import Directory
from app.sandbox.world.people import MEI, USERS

_DEAL_PRIMARY: Final = 5
_TICKET_PRIMARY: Final = 26
_DEAL_STAGES: Final = (
    "appointmentscheduled",
    "qualifiedtobuy",
    "presentationscheduled",
    "decisionmakerboughtin",
    "contractsent",
    "closedwon",
    "closedlost",
)
_WHAT: Final = ("rollout", "renewal", "pilot", "extension", "migration", "training days", "support plan")
_TROUBLES: Final = (
    "Import stops after 1,000 rows",
    "Calendar shows the wrong week",
    "Invoice address has changed",
    "Single sign-on asks twice",
    "Report misses the last quarter",
    "Cannot invite a new colleague",
)


def add_deals(
    store: RecordStore, dice: random.Random, directory: Directory, *, today: datetime, count: int
) -> None:
    """Write deals, each with one contact and that contact's company; the first is Northwind's rollout."""
    for number in range(count):
        contact = directory.contacts[number % len(directory.contacts)]
        company = directory.employers[contact.id]
        turn = number // len(directory.contacts)
        owner = MEI if number < 9 else dice.choice(USERS)
        closing = today + timedelta(days=21 if number == 0 else dice.randrange(-90, 120))
        deal = store.create(
            DEAL,
            {
                "dealname": f"{company.properties['name']} {_WHAT[(number + turn) % len(_WHAT)]}",
                "dealstage": _DEAL_STAGES[3] if number == 0 else dice.choice(_DEAL_STAGES),
                "pipeline": "default",
                "dealtype": "newbusiness" if number % 3 else "existingbusiness",
                "amount": str(dice.randrange(20, 900) * 100),
                "closedate": property_instant(closing),
                "description": f"Discussed with {contact.properties['firstname']}.",
                "hubspot_owner_id": str(owner.owner_id),
            },
            created_at=today - timedelta(days=dice.randrange(5, 200), minutes=number),
        )
        store.associate(DEAL, deal.id, CONTACT, contact.id)
        store.associate(DEAL, deal.id, COMPANY, company.id, type_ids=(_DEAL_PRIMARY,))


def add_tickets(
    store: RecordStore, dice: random.Random, directory: Directory, *, today: datetime, count: int
) -> None:
    """Write tickets, each with one contact and that contact's company."""
    for number in range(count):
        contact = directory.contacts[number * 7 % len(directory.contacts)]
        company = directory.employers[contact.id]
        ticket = store.create(
            TICKET,
            {
                "subject": f"{company.properties['name']}: {dice.choice(_TROUBLES)}",
                "content": f"{contact.properties['firstname']} asks for help. Please call back.",
                "hs_pipeline": "0",
                "hs_pipeline_stage": str(dice.randrange(1, 5)),
                "hs_ticket_priority": dice.choice(("LOW", "MEDIUM", "HIGH")),
                "hs_ticket_category": dice.choice(("PRODUCT_ISSUE", "BILLING_ISSUE", "GENERAL_INQUIRY")),
                "hubspot_owner_id": str(dice.choice(USERS).owner_id),
            },
            created_at=today - timedelta(days=dice.randrange(1, 60), minutes=number),
        )
        store.associate(TICKET, ticket.id, CONTACT, contact.id)
        store.associate(TICKET, ticket.id, COMPANY, company.id, type_ids=(_TICKET_PRIMARY,))
