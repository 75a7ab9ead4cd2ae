"""The world as one object: what the wire reads, what a booking changes, and what a test may do to it."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from app.sandbox.crm.store import RecordStore
from app.sandbox.instants import epoch_ms
from app.sandbox.world.calendars import Calendars
from app.sandbox.world.catalogue import catalogue
from app.sandbox.world.contacts import add_directory
from app.sandbox.world.curious_meetings import add_curious
from app.sandbox.world.drafts import number_links
from app.sandbox.world.engagements import EngagementWriter
from app.sandbox.world.further_links import further_links
from app.sandbox.world.link_book import LinkBook
from app.sandbox.world.links import MeetingLink
from app.sandbox.world.months import MonthBook, OfferedMonth
from app.sandbox.world.people import MEI, PORTAL, USERS, Portal, User
from app.sandbox.world.pictured_meetings import add_pictured
from app.sandbox.world.sales import add_deals, add_tickets
from app.sandbox.world.sites import add_sites, add_types
from app.sandbox.world.slots import SlotFinder
from app.sandbox.world.spans import Span

DEFAULT_LINKS: Final = 42
DEFAULT_MEETINGS: Final = 400
_CONTACTS: Final = 600
_COMPANIES: Final = 120
_DEALS: Final = 200
_TICKETS: Final = 60
_SITES: Final = 16


class World:
    """One portal: people, links, calendars and the CRM store; `lock` guards calendars and links."""

    portal: Portal = PORTAL
    users: tuple[User, ...] = USERS
    signed_in: User = MEI

    def __init__(
        self, *, now: Callable[[], datetime], store: RecordStore, links: LinkBook, calendars: Calendars
    ) -> None:
        self.now = now
        self.store = store
        self.links = links
        self.calendars = calendars
        self.lock = threading.RLock()
        self.assignments: Counter[int] = Counter()
        self._by_user_id = {user.user_id: user for user in self.users}
        self.slots = SlotFinder(self._by_user_id, calendars)
        self._months = MonthBook(self.slots, calendars)

    def user(self, user_id: int) -> User | None:
        """Return the user with that user id (not owner id)."""
        return self._by_user_id.get(user_id)

    def host(self, user_id: int) -> User:
        """Return the user with that user id; KeyError for a stranger."""
        return self._by_user_id[user_id]

    def owner(self, owner_id: int) -> User | None:
        """Return the user with that owner id."""
        return next((user for user in self.users if user.owner_id == owner_id), None)

    def is_offline(self, user_id: int) -> bool:
        """Tell whether a user's calendar is disconnected."""
        return self.calendars[user_id].offline

    def busy(self, user_id: int, start: int, end: int) -> list[Span]:
        """Return a user's busy spans overlapping `[start, end)` in epoch ms."""
        with self.lock:
            return self.calendars[user_id].busy(start, end)

    def month(self, link: MeetingLink, year: int, month: int, zone: ZoneInfo) -> OfferedMonth:
        """Return what a link offers in a calendar month of `zone`, at this moment."""
        with self.lock:
            return self._months.month(link, year, month, zone, now_ms=epoch_ms(self.now()))

    def offers(self, link: MeetingLink, start: int, duration_ms: int) -> bool:
        """Tell whether a link offers exactly that start (epoch ms) for that duration, at this moment."""
        with self.lock:
            limits = self.slots.limits(link, epoch_ms(self.now()))
            return bool(self.slots.starts(link, duration_ms, start, start + 1, limits=limits))

    def occupy(self, user_id: int, start: datetime, end: datetime) -> None:
        """Make a user busy between two aware instants, as if booked elsewhere; KeyError for a stranger."""
        with self.lock:
            self.calendars[user_id].write(epoch_ms(start), epoch_ms(end))

    def free_all(self) -> None:
        """Empty every calendar, bookings included."""
        with self.lock:
            self.calendars.clear()

    def set_offline(self, user_id: int, offline: bool) -> None:
        """Disconnect or reconnect a user's calendar; KeyError for a stranger."""
        with self.lock:
            self.calendars[user_id].set_offline(offline)


def build_world(
    *,
    seed: int,
    now: Callable[[], datetime],
    store: RecordStore,
    links: int = DEFAULT_LINKS,
    meetings: int = DEFAULT_MEETINGS,
) -> World:
    """Fill `store` and return the world around it; the same seed and day give the same world.

    `now` returns aware UTC instants. `links` beyond the default ones repeat their kinds; `meetings` counts
    engagements of the past and the future.
    """
    today = now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    dice = random.Random(seed)
    calendars = Calendars(USERS, seed=seed, today=today.date())
    drafts = catalogue(today)
    drafts += islice(further_links(drafts), max(0, links - len(drafts)))
    book = LinkBook(number_links(drafts[:links], today=today))
    add_types(store.associations.types)
    directory = add_directory(store, dice, today=today, companies=_COMPANIES, contacts=_CONTACTS)
    add_deals(store, dice, directory, today=today, count=_DEALS)
    add_tickets(store, dice, directory, today=today, count=_TICKETS)
    add_sites(store, directory, today=today, count=_SITES)
    writer = EngagementWriter(store, calendars, directory, dice, today=today)
    pictured = add_pictured(store, writer, directory, today=today, most=meetings)
    curious = add_curious(store, writer, directory, today=today, wanted=meetings)
    writer.write(meetings - pictured - curious)
    return World(now=now, store=store, links=book, calendars=calendars)
