"""The stage at `/play`: a person adds, moves and deletes video calls, as one would in Pipedrive."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.errors import HubSpotError
from app.sandbox.oauth.forms import OAuthError, read_form
from app.sandbox.pipedrive.activities import blank_activity
from app.sandbox.pipedrive.company import Company, Record
from app.sandbox.pipedrive.pages import stage_page
from app.sandbox.pipedrive.player import PlayError
from app.sandbox.pipedrive.service import PipedriveService
from app.sandbox.pipedrive.wire import day_of

_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_LENGTH: Final = re.compile(r"\d\d:[0-5]\d")


async def show(request: Request) -> Response:
    """Show the stage."""
    service = _service(request)
    return stage_page(service.player, _company(request))


async def register(request: Request) -> Response:
    """Register a manifest."""
    service = _service(request)
    try:
        service.player.register((await _form(request)).get("manifest", ""))
    except PlayError as problem:
        return stage_page(service.player, _company(request), str(problem))
    return stage_page(service.player, _company(request), "The manifest is registered.")


async def add_activity(request: Request) -> Response:
    """Save a new activity."""
    service = _service(request)
    company = _company(request)
    try:
        fields = _activity_fields(await _form(request))
    except PlayError as problem:
        return stage_page(service.player, company, str(problem))
    person = company.persons.all()[0]["id"]
    activity = company.activities.add(
        blank_activity(company, company.users[0].user_id)
        | fields
        | {"busy": True, "person_id": person, "participants": [{"person_id": person, "primary": True}]}
    )
    return stage_page(service.player, company, f"Activity {activity['id']} is saved.")


async def act(request: Request) -> Response:
    """Add, move or delete an activity's call."""
    service, company = _service(request), _company(request)
    try:
        form = await _form(request)
        words = await _acted(service, company, request.path_params["id"], form)
    except PlayError as problem:
        words = str(problem)
    return stage_page(service.player, company, words)


async def _acted(service: PipedriveService, company: Company, number: int, form: dict[str, str]) -> str:
    player, deed = service.player, form.get("do", "")
    match deed:
        case "add":
            done = await player.add_call(company, number, form.get("link", ""))
        case "move":
            moved = await player.move_call(company, number, _activity_fields(form))
            if moved is None:
                return "Saved; the activity has no video call, so nobody was told."
            done = moved
        case "delete" | "delete_activity":
            done = await player.delete_call(company, number, activity_too=deed == "delete_activity")
        case _:
            raise PlayError("There is no such thing to do.")
    return done.finding or f"The provider answered {done.status}."


def _activity_fields(form: dict[str, str]) -> Record:
    date, time, length = (form.get(name, "") for name in ("due_date", "due_time", "duration"))
    if day_of(date) is None or not _TIME.fullmatch(time) or not _LENGTH.fullmatch(length):
        raise PlayError("Date, time and length must be like 2026-11-20, 09:30 and 00:45.")
    subject = form.get("subject", "").strip() or "Call"
    return {"subject": subject, "due_date": date, "due_time": f"{time[:5]}:00", "duration": f"{length}:00"}


async def _form(request: Request) -> dict[str, str]:
    try:
        return await read_form(request)
    except (OAuthError, HubSpotError) as problem:
        raise PlayError("The form could not be read.") from problem


def _company(request: Request) -> Company:
    """The company of `?company=`, the busy one when there is none or an unknown one."""
    service, text = _service(request), request.query_params.get("company", "")
    known = {str(one.company_id): one for one in service.companies}
    return known.get(text, service.main)


def _service(request: Request) -> PipedriveService:
    service: PipedriveService = request.app.state.service
    return service


def is_foreign(headers: list[tuple[bytes, bytes]], host: str) -> bool:
    """Say whether another site's page made the request."""
    names = dict(headers)
    origin = names.get(b"origin", f"http://{host}".encode())
    site = names.get(b"sec-fetch-site", b"none")
    return site not in (b"none", b"same-origin") or origin != f"http://{host}".encode()


def stage_routes() -> list[Route]:
    """Return the routes."""
    return [
        Route("/play", show, methods=["GET"]),
        Route("/play/manifest", register, methods=["POST"]),
        Route("/play/activity", add_activity, methods=["POST"]),
        Route("/play/activity/{id:int}", act, methods=["POST"]),
    ]
