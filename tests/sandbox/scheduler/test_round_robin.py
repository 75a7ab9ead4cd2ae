"""Who hosts a round robin, and the offline trap."""

from typing import Any

from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.instants import from_epoch_ms
from app.sandbox.world.people import AISHA, CARLOS, MEI, OLIVER, TOM
from tests.sandbox.scheduler.conftest import Scheduler, refused

START_NOT_VALID = "MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"


class TestRoundRobin:
    def _start(self, scheduler: Scheduler, *free: int) -> Any:
        """A start of the partner call at which exactly these members are free."""
        link = scheduler.link("Partner call")
        for start in scheduler.starts(link, 1):
            if set(scheduler.world.slots.free_members(link, start, start + 1_800_000)) == set(free):
                return start
        raise AssertionError("no such slot")

    def test_the_only_free_member_hosts(self, scheduler: Scheduler) -> None:
        start = self._start(scheduler, OLIVER.user_id)
        scheduler.book(scheduler.link("Partner call"), startTime=start)
        meeting = max(scheduler.world.store.all(MEETING), key=lambda record: int(record.id))
        assert meeting.properties["hubspot_owner_id"] == str(OLIVER.owner_id)
        assert scheduler.world.busy(OLIVER.user_id, start, start + 1)
        assert start not in scheduler.starts(scheduler.link("Partner call"), 1)

    def test_a_slot_stays_while_another_member_is_free(self, scheduler: Scheduler) -> None:
        link = scheduler.link("Product demo")
        scheduler.world.free_all()
        start = next(
            start
            for start in scheduler.starts(link, 1)
            if len(scheduler.world.slots.free_members(link, start, start + 2_700_000)) == 2
        )
        assert scheduler.book(link, startTime=start).status_code == 200
        assert start in scheduler.starts(link, 1)
        assert scheduler.book(link, startTime=start).status_code == 200
        assert start not in scheduler.starts(link, 1)
        refused(scheduler.book(link, startTime=start), sub=START_NOT_VALID)

    def test_likely_members_are_respected(self, scheduler: Scheduler) -> None:
        scheduler.world.free_all()
        link = scheduler.link("Product demo")
        start = next(
            start
            for start in scheduler.starts(link, 1)
            if {MEI.user_id, AISHA.user_id, CARLOS.user_id}
            <= set(scheduler.world.slots.free_members(link, start, start + 2_700_000))
        )
        for wanted, expected in ((CARLOS, CARLOS), (AISHA, AISHA), (OLIVER, MEI)):
            likely = [str(wanted.user_id)]
            assert scheduler.book(link, startTime=start, likelyAvailableUserIds=likely).status_code == 200
            meeting = max(scheduler.world.store.all(MEETING), key=lambda record: int(record.id))
            assert meeting.properties["hubspot_owner_id"] == str(expected.owner_id)

    def test_the_meetings_user_id_is_not_a_user_id(self, scheduler: Scheduler) -> None:
        scheduler.world.free_all()
        link = scheduler.link("Product demo")
        start = scheduler.starts(link, 1)[0]
        free = scheduler.world.slots.free_members(link, start, start + 2_700_000)
        last = next(user for user in scheduler.world.users if user.user_id == free[-1])
        assert len(free) > 1 or free == [OLIVER.user_id]
        scheduler.book(link, startTime=start, likelyAvailableUserIds=[str(last.meetings_user_id)])
        meeting = max(scheduler.world.store.all(MEETING), key=lambda record: int(record.id))
        first = next(user for user in scheduler.world.users if user.user_id == free[0])
        assert meeting.properties["hubspot_owner_id"] == str(first.owner_id)

    def test_turns_are_taken(self, scheduler: Scheduler) -> None:
        scheduler.world.free_all()
        link = scheduler.link("Product demo")
        days = [start for start in scheduler.starts(link, 1) if from_epoch_ms(start).hour == 14]
        for start in days[:12:4]:
            scheduler.book(link, startTime=start, email="turns@litware.example")
        held = scheduler.world.assignments
        assert [held[user.user_id] for user in (MEI, AISHA, CARLOS)] == [1, 1, 1]

    def test_the_contact_s_owner_goes_first_where_the_link_says_so(self, scheduler: Scheduler) -> None:
        scheduler.world.free_all()
        link = scheduler.link("Partner call")
        store = scheduler.world.store
        contact = next(
            r for r in store.all(CONTACT) if r.properties["hubspot_owner_id"] == str(CARLOS.owner_id)
        )
        start = next(
            start
            for start in scheduler.starts(link, 1)
            if CARLOS.user_id in scheduler.world.slots.free_members(link, start, start + 1_800_000)
        )
        scheduler.book(link, startTime=start, email=contact.properties["email"])
        meeting = max(store.all(MEETING), key=lambda record: int(record.id))
        assert meeting.properties["hubspot_owner_id"] == str(CARLOS.owner_id)

    def test_the_offline_trap_where_only_the_offline_member_looks_free(self, scheduler: Scheduler) -> None:
        start = self._start(scheduler, TOM.user_id)
        meetings = scheduler.world.store.count(MEETING)
        reply = scheduler.book(scheduler.link("Partner call"), startTime=start)
        assert (reply.status_code, reply.json()["isOffline"]) == (200, True)
        assert reply.json()["calendarEventId"] == ""
        assert scheduler.world.store.count(MEETING) == meetings

    def test_likely_members_lead_past_the_trap(self, scheduler: Scheduler) -> None:
        start = self._start(scheduler, TOM.user_id, AISHA.user_id)
        scheduler.world.assignments[AISHA.user_id] = 9
        likely = [str(user.user_id) for user in (MEI, AISHA, CARLOS)]
        reply = scheduler.book(scheduler.link("Partner call"), startTime=start, likelyAvailableUserIds=likely)
        assert reply.json()["isOffline"] is False
