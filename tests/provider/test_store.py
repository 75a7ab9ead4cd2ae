"""The store: the same promises on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy

from app.domain.provider import CallRequest, VideoMeeting, VideoMeetingId
from app.provider.links import LinkState, UserLink
from app.provider.meetings import KeptMeeting, NotedRequest, Outcome
from app.provider.rooms import draw_name
from app.provider.store.engine import open_engine
from app.provider.store.migrations import MIGRATIONS, migrate
from app.provider.store.store import ProviderStore
from app.provider.store.tables import METADATA
from app.provider.store.troubles import StoreTooNew, StoreUnavailable, UnusableUrl
from tests.provider.asking import LINK_ID, NOW, OTHER_ID, a_link

CALL = CallRequest("Demo", datetime(2026, 11, 23, 9, 30, tzinfo=UTC), 30)
LATER = CallRequest("Later", datetime(2026, 11, 24, 9, 30, tzinfo=UTC), 45.5)
WINDOW = timedelta(seconds=30)


def room(_link: UserLink) -> VideoMeeting:
    """A room with a password."""
    name = draw_name()
    return VideoMeeting(VideoMeetingId(name), f"https://meet.example/{name}", "Join us", "pw")


def create(store: ProviderStore, call: CallRequest = CALL, *, now: datetime = NOW) -> KeptMeeting:
    """A meeting of the one link."""
    kept = store.create_meeting(LINK_ID, call, room, now=now, window=WINDOW)
    assert kept is not None
    return kept


def test_a_link_is_kept_changed_and_removed(store: ProviderStore) -> None:
    link = a_link(language="de", zone="Europe/Berlin", room_url="https://a.example/r", room_password="p")
    assert store.put_link(link)
    assert store.link(LINK_ID) == link
    changed = replace(link, zone="UTC", created=NOW + timedelta(days=1))
    assert not store.put_link(changed)
    assert store.links() == (replace(changed, created=NOW),)
    assert store.remove_link(LINK_ID)
    assert not store.remove_link(LINK_ID)
    assert store.link(LINK_ID) is None


def test_a_user_who_installs_twice_keeps_the_link(store: ProviderStore) -> None:
    first = a_link(state=LinkState.PENDING)
    assert store.claim_link(first) == first
    assert store.claim_link(a_link(OTHER_ID)) == first
    store.confirm_link(LINK_ID)
    assert store.claim_link(a_link(OTHER_ID)).state is LinkState.LINKED
    assert store.claim_link(a_link(OTHER_ID, user_id=8)).link_id == OTHER_ID


def test_a_meeting_lives_changes_and_ends(store: ProviderStore) -> None:
    store.put_link(a_link())
    kept = create(store)
    meeting_id = kept.meeting.meeting_id
    assert store.meetings(LINK_ID) == (kept,)
    assert store.update_meeting(LINK_ID, meeting_id, LATER) is Outcome.DONE
    assert store.meetings(LINK_ID) == (replace(kept, call=LATER),)
    assert store.delete_meeting(LINK_ID, meeting_id, now=NOW) is Outcome.DONE
    assert store.meetings(LINK_ID) == ()
    assert store.delete_meeting(LINK_ID, meeting_id, now=NOW) is Outcome.DONE
    assert store.update_meeting(LINK_ID, meeting_id, LATER) is Outcome.NO_MEETING


def test_what_was_said_is_forgotten_when_a_meeting_ends(store: ProviderStore, database_url: str) -> None:
    store.put_link(a_link())
    store.delete_meeting(LINK_ID, create(store).meeting.meeting_id, now=NOW)
    store.close()
    engine = open_engine(database_url)
    with engine.begin() as connection:
        row = connection.execute(sqlalchemy.text("SELECT * FROM meetings")).one()
    engine.dispose()
    assert (row.topic, row.join_url, row.password, row.invitation) == ("", "", None, "")


def test_the_same_request_soon_after_is_the_same_meeting(store: ProviderStore) -> None:
    store.put_link(a_link())
    first = create(store)
    assert create(store, now=NOW + WINDOW) == first
    store.update_meeting(LINK_ID, first.meeting.meeting_id, LATER)
    assert create(store).meeting == first.meeting
    assert create(store, now=NOW + WINDOW * 1.1).meeting != first.meeting
    assert create(store, replace(CALL, duration_min=31)).meeting != first.meeting


def test_a_deleted_meeting_does_not_come_back(store: ProviderStore) -> None:
    store.put_link(a_link())
    first = create(store)
    store.delete_meeting(LINK_ID, first.meeting.meeting_id, now=NOW)
    assert create(store).meeting.meeting_id != first.meeting.meeting_id


def test_unknown_links_and_foreign_meetings(store: ProviderStore) -> None:
    assert store.create_meeting(LINK_ID, CALL, room, now=NOW, window=WINDOW) is None
    store.put_link(a_link())
    store.put_link(a_link(OTHER_ID))
    meeting_id = create(store).meeting.meeting_id
    assert store.update_meeting(OTHER_ID, meeting_id, LATER) is Outcome.NO_MEETING
    assert store.delete_meeting(OTHER_ID, meeting_id, now=NOW) is Outcome.NO_MEETING
    store.remove_link(OTHER_ID)
    assert store.update_meeting(OTHER_ID, meeting_id, LATER) is Outcome.NO_LINK
    assert len(store.meetings(LINK_ID)) == 1


def test_removing_a_user_takes_everything_of_that_user(store: ProviderStore) -> None:
    store.put_link(a_link())
    store.put_link(a_link(OTHER_ID, user_id=8))
    create(store)
    assert store.remove_user(company_id=9, user_id=7) == 1
    assert store.remove_user(company_id=9, user_id=7) == 0
    assert [link.link_id for link in store.links()] == [OTHER_ID]
    assert store.totals().meetings == 0


def test_requests_are_counted_and_the_last_ones_kept(store: ProviderStore) -> None:
    for minute, status in enumerate((201, 201, 404)):
        store.note_request(NotedRequest(NOW + timedelta(minutes=minute), "create", status, 1.5))
    assert store.totals().requests == (("create", 201, 2), ("create", 404, 1))
    assert [one.status for one in store.last_requests(2)] == [404, 201]
    assert store.last_requests(1) == (NotedRequest(NOW + timedelta(minutes=2), "create", 404, 1.5),)


def test_tidying_forgets_what_is_old_and_nothing_else(store: ProviderStore) -> None:
    store.put_link(a_link())
    ended, begun, living = create(store), create(store, LATER), create(store, replace(CALL, topic="far"))
    store.delete_meeting(LINK_ID, ended.meeting.meeting_id, now=NOW)
    far = replace(CALL, start=NOW + timedelta(days=400))
    store.update_meeting(LINK_ID, living.meeting.meeting_id, far)
    store.note_request(NotedRequest(NOW, "create", 201, 1.0))
    keep = timedelta(days=10)
    store.tidy(now=NOW + timedelta(days=9), keep_requests=keep, keep_meetings=keep)
    assert len(store.last_requests(9)) == 1
    store.tidy(now=NOW + timedelta(days=30), keep_requests=keep, keep_meetings=keep)
    assert [one.meeting.meeting_id for one in store.meetings(LINK_ID)] == [living.meeting.meeting_id]
    assert begun.meeting.meeting_id != living.meeting.meeting_id
    assert store.last_requests(9) == ()
    assert store.delete_meeting(LINK_ID, ended.meeting.meeting_id, now=NOW) is Outcome.NO_MEETING


def together(*jobs: Callable[[], object]) -> None:
    """Run jobs at the same time, each in its thread."""
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_request_repeated_at_the_same_moment_is_one_meeting(store: ProviderStore) -> None:
    store.put_link(a_link())
    made: list[KeptMeeting] = []
    together(*[lambda: made.append(create(store))] * 8)
    assert len(made) == 8
    assert len({one.meeting.meeting_id for one in made}) == 1
    assert len(store.meetings(LINK_ID)) == 1


def test_everything_is_there_after_opening_again(store: ProviderStore, database_url: str) -> None:
    store.put_link(a_link())
    kept = create(store)
    store.close()
    again = ProviderStore.open(database_url)
    assert again.meetings(LINK_ID) == (kept,)
    again.close()


def test_the_migrations_make_the_tables_that_the_queries_expect(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        migrate(connection)
    with engine.begin() as connection:
        looked = sqlalchemy.inspect(connection)
        for table in METADATA.sorted_tables:
            found = {column["name"] for column in looked.get_columns(table.name)}
            assert found == set(table.columns.keys())
    engine.dispose()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_every_older_schema_is_brought_forward(database_url: str, version: int) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        migrate(connection, MIGRATIONS[:version])
        connection.execute(sqlalchemy.text("INSERT INTO counts VALUES ('create', 201, 5)"))
    engine.dispose()
    store = ProviderStore.open(database_url)
    assert store.totals().requests == (("create", 201, 5),)
    store.close()


def test_a_newer_schema_is_left_alone(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        migrate(connection, (*MIGRATIONS, ("CREATE TABLE future (x INTEGER)",)))
    engine.dispose()
    with pytest.raises(StoreTooNew, match="newer version"):
        ProviderStore.open(database_url)


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql://h:port/x"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UnusableUrl):
        ProviderStore.open(url)


def test_an_sqlite_file_belongs_to_one_process(sqlite_url: str) -> None:
    store = ProviderStore.open(sqlite_url)
    with pytest.raises(StoreUnavailable, match="locked"):
        ProviderStore.open(sqlite_url)
    store.ping()
    store.close()


def test_a_database_that_is_not_there() -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        ProviderStore.open("sqlite:////nowhere/at/all.db")
    with pytest.raises(StoreUnavailable, match="does not answer") as caught:
        ProviderStore.open("postgres://somebody:secret@/x?host=/nowhere")
    assert "secret" not in str(caught.value)


def test_the_kind_of_database_is_known(store: ProviderStore, database_url: str) -> None:
    assert database_url.startswith(store.database)
