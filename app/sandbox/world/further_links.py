"""As many more meeting links as a large portal has: the same kinds again, under other names and hosts."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from app.sandbox.world.drafts import LinkDraft, group, personal, round_robin
from app.sandbox.world.people import USERS

_KINDS: Final = (
    "Discovery call",
    "Demo",
    "Check-in",
    "Account review",
    "Support hour",
    "Trial start",
    "Planning",
    "Handover",
    "Retrospective",
    "Budget talk",
)
_MARKETS: Final = (
    "Retail",
    "Health care",
    "Logistics",
    "Public sector",
    "Start-ups",
    "Energy",
    "Education",
    "Media",
    "Travel",
    "Manufacturing",
    "Food",
    "Finance",
)
_REGIONS: Final = ("North", "South", "East", "West", "Nordics", "Iberia", "Americas", "Asia", "Oceania")


def further_links(models: list[LinkDraft]) -> Iterator[LinkDraft]:
    """Yield drafts without end; their settings are shared with `models`, the unpaid default links."""
    ordinary = [draft for draft in models if draft.payment_link_id is None and draft.settings.window is None]
    names = [f"{kind}, {market} {region}" for kind, market, region in product(_KINDS, _MARKETS, _REGIONS)]
    number = 0
    while True:
        model = ordinary[number * 5 % len(ordinary)]
        host = USERS[number % len(USERS)]
        name = names[number * 7 % len(names)]
        slug = f"{host.page}/{_slug(name)}-{number + 1}"
        match number % 10:
            case 8:
                pair = (host, USERS[(number + 1 + number // 10 % (len(USERS) - 1)) % len(USERS)])
                yield group(name, f"team/{_slug(name)}-{number + 1}", pair, model.settings)
            case 9:
                size = 2 + number // 10 % (len(USERS) - 1)
                team = tuple(USERS[(number + step) % len(USERS)] for step in range(size))
                yield round_robin(name, f"pool/{_slug(name)}-{number + 1}", team, model.settings)
            case _:
                yield personal(name, slug, host, model.settings)
        number += 1


def _slug(name: str) -> str:
    return name.lower().replace(",", "").replace(" ", "-")
