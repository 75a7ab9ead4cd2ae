"""Plays Pipedrive's part of a video call: a pretend activity's calls are added, moved and taken away."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

import msgspec

from app.sandbox.pipedrive.company import Company, Record, instant
from app.sandbox.pipedrive.desk import PipedriveDesk
from app.sandbox.pipedrive.provider_call import Exchange, call_provider

_KEPT: Final = 50
_PLACEHOLDERS: Final = {
    "postMeeting": (":linkId",),
    "patchUpdateMeeting": (":linkId", ":meetingId"),
    "deleteMeeting": (":linkId", ":meetingId"),
}


class PlayError(Exception):
    """What was asked cannot be played; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class VideoCall:
    """A call that a provider made for an activity."""

    link_id: str
    meeting_id: str


class VideoCallPlayer:
    """Keeps the registered manifest, the calls of activities, and the latest exchanges with the provider."""

    def __init__(self, desk: PipedriveDesk) -> None:
        self._desk = desk
        self.manifest: Record | None = None
        self.exchanges: deque[Exchange] = deque(maxlen=_KEPT)
        self._calls: dict[tuple[int, int], VideoCall] = {}

    @property
    def companies(self) -> tuple[Company, ...]:
        """The companies whose activities can be played."""
        return self._desk.companies

    def register(self, text: bytes | str) -> None:
        """Take a manifest; PlayError when it is not one that Developer Hub would take."""
        try:
            manifest = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as problem:
            raise PlayError("The manifest is not valid JSON.") from problem
        if not isinstance(manifest, dict) or manifest.get("version") != "v202049":
            raise PlayError("version must be v202049.")
        if manifest.get("clientId") != self._desk.client.client_id:
            raise PlayError("clientId is not that of the registered app.")
        endpoints = manifest.get("endpoints")
        for name, needed in _PLACEHOLDERS.items():
            url = endpoints.get(name) if isinstance(endpoints, dict) else None
            if not isinstance(url, str) or any(word not in url for word in needed):
                raise PlayError(f"endpoints.{name} must be an address with {' and '.join(needed)}.")
        self.manifest = manifest

    def call_of(self, company: Company, activity_id: int) -> VideoCall | None:
        """Return the video call of an activity."""
        return self._calls.get((company.company_id, activity_id))

    async def add_call(self, company: Company, activity_id: int, link_id: str) -> Exchange:
        """Add a video call to an activity with a start and a length; PlayError when that cannot be."""
        activity = _activity(company, activity_id)
        if link_id not in company.links:
            raise PlayError("The user has no link with that id.")
        if self.call_of(company, activity_id) is not None:
            raise PlayError("The activity has a video call already.")
        body = _body(activity)
        done = await self._sent("POST", self._url("postMeeting", link_id, ""), body)
        meeting, finding = _made(done)
        if meeting is not None:
            self._calls[company.company_id, activity_id] = VideoCall(link_id, meeting["meeting_id"])
            _conference(activity, company, self._desk.client.client_id, meeting)
        return self._keep(replace(done, finding=finding))

    async def move_call(
        self, company: Company, activity_id: int, changes: Mapping[str, Any]
    ) -> Exchange | None:
        """Change an activity's subject, due_date, due_time or duration; a call of it is told. PlayError."""
        activity = _activity(company, activity_id)
        activity.update(changes, update_time=instant(company.clock()))
        call = self.call_of(company, activity_id)
        if call is None:
            return None
        url = self._url("patchUpdateMeeting", call.link_id, call.meeting_id)
        return await self._told("PATCH", url, _body(activity))

    async def delete_call(
        self, company: Company, activity_id: int, *, activity_too: bool = False
    ) -> Exchange:
        """Take the call off (the trash icon), or delete the activity with it; PlayError without a call."""
        activity = _activity(company, activity_id)
        call = self._calls.pop((company.company_id, activity_id), None)
        if call is None:
            raise PlayError("The activity has no video call.")
        _conference(activity, company, None, {})
        if activity_too:
            activity["is_deleted"] = True
        return await self._told("DELETE", self._url("deleteMeeting", call.link_id, call.meeting_id), None)

    async def uninstall(self, company: Company, user_id: int, callback: str | None) -> Exchange | None:
        """End a user's tokens and announce it to `callback`; Pipedrive announces nothing to localhost."""
        self._desk.uninstall(company.company_id, user_id)
        if callback is None:
            return None
        body = {
            "client_id": self._desk.client.client_id,
            "company_id": company.company_id,
            "user_id": user_id,
            "timestamp": instant(company.clock()),
        }
        return self._keep(await self._sent("DELETE", callback, body))

    def _url(self, endpoint: str, link_id: str, meeting_id: str) -> str:
        if self.manifest is None:
            raise PlayError("No manifest is registered.")
        url: str = self.manifest["endpoints"][endpoint]
        return url.replace(":linkId", link_id).replace(":meetingId", quote(meeting_id, safe=""))

    async def _sent(self, method: str, url: str, body: Any) -> Exchange:
        client = self._desk.client
        return await asyncio.to_thread(
            call_provider, method, url, (client.client_id, client.client_secret), body
        )

    async def _told(self, method: str, url: str, body: Any) -> Exchange:
        done = await self._sent(method, url, body)
        finding = "" if done.status == 204 else "Pipedrive expects 204."
        return self._keep(replace(done, finding=finding))

    def _keep(self, done: Exchange) -> Exchange:
        self.exchanges.appendleft(done)
        return done


def _activity(company: Company, activity_id: int) -> Record:
    activity = company.activities.get(activity_id)
    if activity is None or activity["is_deleted"]:
        raise PlayError("There is no such activity.")
    return activity


def _body(activity: Record) -> Record:
    date, time, length = activity["due_date"], activity["due_time"], activity["duration"]
    if not date or not time or not length or length[:5] == "00:00":
        raise PlayError("The activity needs a start and a length for a video call.")
    minutes = int(length[:2]) * 60 + int(length[3:5])
    return {"topic": activity["subject"], "start_time": f"{date} {time[:5]}", "duration": minutes}


def _made(done: Exchange) -> tuple[Record | None, str]:
    if done.status != 201:
        return None, "Pipedrive expects 201."
    try:
        body = msgspec.json.decode(done.reply)
    except (msgspec.DecodeError, RecursionError):
        return None, "The answer is not valid JSON."
    data = body.get("data") if isinstance(body, dict) and body.get("success") is True else None
    if not isinstance(data, dict):
        return None, "The answer must have success true, and data."
    for name in ("meeting_id", "join_url", "invitation"):
        if not isinstance(data.get(name), str) or not data[name]:
            return None, f"data.{name} must be a text."
    return data, ""


def _conference(activity: Record, company: Company, client_id: str | None, meeting: Record) -> None:
    activity["conference_meeting_client"] = client_id
    activity["conference_meeting_url"] = meeting.get("join_url")
    activity["conference_meeting_id"] = meeting.get("meeting_id")
    activity["update_time"] = instant(company.clock())
