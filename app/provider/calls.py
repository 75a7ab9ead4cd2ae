"""The three endpoints that Pipedrive calls: a call is added, moved, taken away.

Follows reference/pipedrive.md 8.3.
"""

import re
from datetime import timedelta
from typing import Final, assert_never

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.domain.manifest import LINK_ID, MEETING_ID, MEETING_PATH, MEETINGS_PATH
from app.domain.provider import CallRequest, ProviderLinkId, VideoMeeting, VideoMeetingId, read_link_id
from app.provider.bodies import read_call_body
from app.provider.credentials import Credentials
from app.provider.desk import Clock, Desk
from app.provider.invitations import invitation
from app.provider.links import UserLink
from app.provider.meetings import Outcome
from app.provider.replies import Refused, answer, not_found, nothing
from app.provider.rooms import Rooms, draw_name
from app.provider.store.store import ProviderStore

_OURS: Final = re.compile(r"[a-z2-7]{32}")


class CallEndpoints:
    """Answers Pipedrive. A create repeated within `window` gets the answer of the first one."""

    def __init__(self, store: ProviderStore, rooms: Rooms, now: Clock, window: timedelta) -> None:
        self._store = store
        self._rooms = rooms
        self._now = now
        self._window = window

    def routes(self, desk: Desk, credentials: Credentials) -> list[Route]:
        """Where they answer."""
        check = credentials.check_pipedrive
        meetings = MEETINGS_PATH.replace(LINK_ID, "{link_id}")
        meeting = MEETING_PATH.replace(LINK_ID, "{link_id}").replace(MEETING_ID, "{meeting_id}")
        return [
            Route(meetings, desk.open("create", check, self._create), methods=["POST"]),
            Route(meeting, desk.open("update", check, self._update), methods=["PATCH"]),
            Route(meeting, desk.open("delete", check, self._delete), methods=["DELETE"]),
        ]

    async def _create(self, request: Request) -> Response:
        call = await read_call_body(request)
        made = await run_in_threadpool(self._make, _link_id(request), call)
        data = {"meeting_id": made.meeting_id, "join_url": made.join_url, "invitation": made.invitation}
        return answer(data | ({"password": made.password} if made.password else {}), 201)

    def _make(self, link_id: ProviderLinkId, call: CallRequest) -> VideoMeeting:
        def meeting(link: UserLink) -> VideoMeeting:
            room = self._rooms.open_room(link)
            return VideoMeeting(
                meeting_id=VideoMeetingId(draw_name()),
                join_url=room.join_url,
                invitation=invitation(call, room, link),
                password=room.password,
            )

        kept = self._store.create_meeting(link_id, call, meeting, now=self._now(), window=self._window)
        if kept is None:
            raise _no_link()
        return kept.meeting

    async def _update(self, request: Request) -> Response:
        call = await read_call_body(request)
        link_id, meeting_id = _link_id(request), _meeting_id(request)
        return _ended(await run_in_threadpool(self._store.update_meeting, link_id, meeting_id, call))

    async def _delete(self, request: Request) -> Response:
        link_id, meeting_id = _link_id(request), _meeting_id(request)
        now = self._now()

        def end() -> Outcome:
            return self._store.delete_meeting(link_id, meeting_id, now=now)

        return _ended(await run_in_threadpool(end))


def _ended(outcome: Outcome) -> Response:
    match outcome:
        case Outcome.DONE:
            return nothing()
        case Outcome.NO_LINK:
            raise _no_link()
        case Outcome.NO_MEETING:
            raise _no_meeting()
        case _ as never:
            assert_never(never)


def _link_id(request: Request) -> ProviderLinkId:
    link_id = read_link_id(request.path_params["link_id"])
    if link_id is None:
        raise _no_link()
    return link_id


def _meeting_id(request: Request) -> VideoMeetingId:
    text: str = request.path_params["meeting_id"]
    if not _OURS.fullmatch(text):
        raise _no_meeting()
    return VideoMeetingId(text)


def _no_link() -> Refused:
    return not_found("This link is not known. The user has to be linked again.")


def _no_meeting() -> Refused:
    return not_found("This meeting is not known.")
