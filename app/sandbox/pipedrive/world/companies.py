"""The three companies one can install the app in: a busy one, a small one, and one whose trial has ended."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.sandbox.pipedrive.company import Company, PipedriveUser
from app.sandbox.pipedrive.world.people import Acquaintance, add_people
from app.sandbox.pipedrive.world.pipeline import add_activity_types, add_pipeline

MAIN: Final = 7741203
SECOND: Final = 7741950
CLOSED: Final = 7742008


@dataclass(frozen=True, slots=True)
class Owner:
    """Who uses the sandbox's app: the same person in every company, as in HubSpot."""

    name: str
    email: str
    zone: str


def build_companies(
    seed: int, clock: Callable[[], datetime], owner: Owner, known: Sequence[Acquaintance]
) -> tuple[Company, ...]:
    """Return the companies; the same seed and clock make the same world. `clock` is aware UTC."""
    main = Company(
        MAIN,
        "Northwind Sales",
        "northwind-sales",
        "DE",
        "EUR",
        (
            PipedriveUser(14430217, owner.name, owner.email, owner.zone, "de_DE", is_admin=True),
            PipedriveUser(14430288, "Idris Okoye", "idris.okoye@northwind-sales.example", "Africa/Lagos"),
            PipedriveUser(14430301, "Ана Петрова", "ana.petrova@northwind-sales.example", "Europe/Sofia"),
        ),
        clock,
    )
    second = Company(
        SECOND,
        "Northwind Partners <US>",
        "northwind-partners",
        "US",
        "USD",
        (PipedriveUser(14551102, owner.name, owner.email, "America/New_York"),),
        clock,
        multiplier=2,
        burst=160,
    )
    closed = Company(
        CLOSED,
        "Northwind Archive",
        "northwind-archive",
        "GB",
        "GBP",
        (PipedriveUser(14559990, owner.name, owner.email, "Europe/London"),),
        clock,
        open=False,
    )
    for place, (company, share) in enumerate(((main, 60), (second, 8), (closed, 0))):
        dice = random.Random(f"{seed}:pipedrive:{place}")
        add_activity_types(company)
        add_people(company, known[:share], dice)
        add_pipeline(company, dice)
    return main, second, closed
