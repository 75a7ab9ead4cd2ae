"""The store of the provider service: every method is one transaction, kept when it returns."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, func, insert, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.provider import CallRequest, ProviderLinkId, VideoMeeting, VideoMeetingId
from app.provider.links import LinkState, UserLink
from app.provider.meetings import KeptMeeting, NotedRequest, Outcome, Totals
from app.provider.store import rows
from app.provider.store.engine import open_engine
from app.provider.store.migrations import migrate
from app.provider.store.tables import COUNTS, LINKS, MEETINGS, REQUESTS
from app.provider.store.troubles import translated


class ProviderStore:
    """Links, meetings and counts. Safe from any thread; several processes may share a PostgreSQL database.

    Every method raises StoreUnavailable when the database does not answer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> "ProviderStore":
        """Connect and migrate; UnusableUrl, StoreUnavailable or StoreTooNew otherwise."""
        store = cls(open_engine(url))
        try:
            with store._transaction() as connection:
                migrate(connection)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @property
    def database(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(), self._engine.begin() as connection:
            yield connection

    def ping(self) -> None:
        """Ask the database whether it answers."""
        with self._transaction() as connection:
            connection.execute(text("SELECT 1"))

    # Links

    def put_link(self, link: UserLink) -> bool:
        """Keep a link, in place of one with the same id; whether it is new. The first `created` stays."""
        values = rows.link_values(link)
        changes = {name: value for name, value in values.items() if name not in ("link_id", "created_ms")}
        with self._transaction() as connection:
            known = connection.execute(
                select(LINKS.c.link_id).where(LINKS.c.link_id == link.link_id)
            ).scalar()
            made = self._insert(LINKS).values(values)
            connection.execute(made.on_conflict_do_update(index_elements=["link_id"], set_=changes))
        return known is None

    def claim_link(self, link: UserLink) -> UserLink:
        """The link this user has already, or else this one, kept before Pipedrive is asked."""
        same_user = and_(LINKS.c.company_id == link.company_id, LINKS.c.user_id == link.user_id)
        with self._transaction() as connection:
            if self.database == "postgresql":
                connection.execute(text("LOCK TABLE links IN SHARE ROW EXCLUSIVE MODE"))
            query = select(LINKS).where(same_user).order_by(LINKS.c.created_ms.desc()).limit(1)
            found = connection.execute(query).first()
            if found is not None:
                return rows.read_link(found)
            connection.execute(insert(LINKS).values(rows.link_values(link)))
        return link

    def confirm_link(self, link_id: ProviderLinkId) -> None:
        """Pipedrive has confirmed the link."""
        with self._transaction() as connection:
            one = update(LINKS).where(LINKS.c.link_id == link_id)
            connection.execute(one.values(state=LinkState.LINKED.value))

    def link(self, link_id: ProviderLinkId) -> UserLink | None:
        """One link."""
        with self._transaction() as connection:
            row = connection.execute(select(LINKS).where(LINKS.c.link_id == link_id)).first()
        return rows.read_link(row) if row is not None else None

    def links(self) -> tuple[UserLink, ...]:
        """All links, the newest first."""
        with self._transaction() as connection:
            query = select(LINKS).order_by(LINKS.c.created_ms.desc(), LINKS.c.link_id)
            return tuple(rows.read_link(row) for row in connection.execute(query))

    def remove_link(self, link_id: ProviderLinkId) -> bool:
        """Forget a link and its meetings; whether there was one."""
        with self._transaction() as connection:
            return connection.execute(delete(LINKS).where(LINKS.c.link_id == link_id)).rowcount > 0

    def remove_user(self, *, company_id: int, user_id: int) -> int:
        """Forget everything about a user of a company; how many links there were."""
        same_user = and_(LINKS.c.company_id == company_id, LINKS.c.user_id == user_id)
        with self._transaction() as connection:
            return connection.execute(delete(LINKS).where(same_user)).rowcount

    # Meetings

    def create_meeting(
        self,
        link_id: ProviderLinkId,
        call: CallRequest,
        make: Callable[[UserLink], VideoMeeting],
        *,
        now: datetime,
        window: timedelta,
    ) -> KeptMeeting | None:
        """The meeting made for a call, or the living one made for it within `window`; None: no such link."""
        with self._transaction() as connection:
            # The lock makes creates of one link wait for each other, over all replicas.
            row = connection.execute(
                select(LINKS).where(LINKS.c.link_id == link_id).with_for_update()
            ).first()
            if row is None:
                return None
            repeated = select(MEETINGS).where(
                MEETINGS.c.link_id == link_id,
                MEETINGS.c.request_key == rows.request_key(call),
                MEETINGS.c.created_ms >= rows.to_ms(now - window),
                MEETINGS.c.deleted_ms.is_(None),
            )
            found = connection.execute(repeated.order_by(MEETINGS.c.created_ms).limit(1)).first()
            if found is not None:
                return rows.read_meeting(found)
            kept = KeptMeeting(link_id=link_id, meeting=make(rows.read_link(row)), call=call, created=now)
            connection.execute(insert(MEETINGS).values(rows.meeting_values(kept)))
        return kept

    def update_meeting(
        self, link_id: ProviderLinkId, meeting_id: VideoMeetingId, call: CallRequest
    ) -> Outcome:
        """Change a living meeting."""
        with self._transaction() as connection:
            change = update(MEETINGS).where(
                self._is_meeting(link_id, meeting_id), MEETINGS.c.deleted_ms.is_(None)
            )
            changed = connection.execute(change.values(rows.call_values(call))).rowcount > 0
            return Outcome.DONE if changed else self._why_not(connection, link_id)

    def delete_meeting(
        self, link_id: ProviderLinkId, meeting_id: VideoMeetingId, *, now: datetime
    ) -> Outcome:
        """End a meeting and forget what it said; done, too, when it had ended before."""
        emptied = {"topic": "", "join_url": "", "password": None, "invitation": "", "request_key": ""}
        with self._transaction() as connection:
            ended = func.coalesce(MEETINGS.c.deleted_ms, rows.to_ms(now))
            change = update(MEETINGS).where(self._is_meeting(link_id, meeting_id))
            changed = connection.execute(change.values(**emptied, deleted_ms=ended)).rowcount > 0
            return Outcome.DONE if changed else self._why_not(connection, link_id)

    def meetings(self, link_id: ProviderLinkId) -> tuple[KeptMeeting, ...]:
        """The living meetings of a link in the order of their starts."""
        living = select(MEETINGS).where(MEETINGS.c.link_id == link_id, MEETINGS.c.deleted_ms.is_(None))
        with self._transaction() as connection:
            ordered = living.order_by(MEETINGS.c.start_ms, MEETINGS.c.meeting_id)
            return tuple(rows.read_meeting(row) for row in connection.execute(ordered))

    @staticmethod
    def _is_meeting(link_id: ProviderLinkId, meeting_id: VideoMeetingId) -> Any:
        return and_(MEETINGS.c.meeting_id == meeting_id, MEETINGS.c.link_id == link_id)

    @staticmethod
    def _why_not(connection: Connection, link_id: ProviderLinkId) -> Outcome:
        known = connection.execute(select(LINKS.c.link_id).where(LINKS.c.link_id == link_id)).scalar()
        return Outcome.NO_LINK if known is None else Outcome.NO_MEETING

    def _insert(self, table: Any) -> Any:
        return postgresql.insert(table) if self.database == "postgresql" else sqlite.insert(table)

    # What is shown to the administrator

    def note_request(self, noted: NotedRequest) -> None:
        """Count an answered request and keep it among the last ones."""
        values = {"kind": noted.kind, "status": noted.status}
        row = {
            **values,
            "at_ms": rows.to_ms(noted.at),
            "took_ms": noted.took_ms,
            "request_id": uuid.uuid4().hex,
        }
        one_more = self._insert(COUNTS).values(**values, total=1)
        with self._transaction() as connection:
            connection.execute(insert(REQUESTS).values(row))
            connection.execute(
                one_more.on_conflict_do_update(
                    index_elements=["kind", "status"], set_={"total": COUNTS.c.total + 1}
                )
            )

    def last_requests(self, most: int) -> tuple[NotedRequest, ...]:
        """The last requests, the newest first."""
        with self._transaction() as connection:
            query = select(REQUESTS).order_by(REQUESTS.c.at_ms.desc(), REQUESTS.c.request_id).limit(most)
            return tuple(
                NotedRequest(
                    at=rows.from_ms(row.at_ms), kind=row.kind, status=row.status, took_ms=row.took_ms
                )
                for row in connection.execute(query)
            )

    def totals(self) -> Totals:
        """How much there is."""
        with self._transaction() as connection:
            links = connection.execute(select(func.count()).select_from(LINKS)).scalar_one()
            living = select(func.count()).select_from(MEETINGS).where(MEETINGS.c.deleted_ms.is_(None))
            meetings = connection.execute(living).scalar_one()
            counted = connection.execute(select(COUNTS).order_by(COUNTS.c.kind, COUNTS.c.status))
            requests = tuple((row.kind, row.status, row.total) for row in counted)
        return Totals(links=links, meetings=meetings, requests=requests)

    def tidy(self, *, now: datetime, keep_requests: timedelta, keep_meetings: timedelta) -> None:
        """Forget old requests, and meetings that ended or began (when never deleted) that long ago."""
        before = rows.to_ms(now - keep_meetings)
        old = or_(
            MEETINGS.c.deleted_ms < before, and_(MEETINGS.c.start_ms < before, MEETINGS.c.created_ms < before)
        )
        with self._transaction() as connection:
            connection.execute(delete(MEETINGS).where(old))
            connection.execute(delete(REQUESTS).where(REQUESTS.c.at_ms < rows.to_ms(now - keep_requests)))
