"""Steering the Pipedrive side over HTTP, under `/__pipedrive__`, for callers on this computer only.

| call | body | does |
|---|---|---|
| GET `/__pipedrive__` | | client id, callback, scopes, companies with their links and tokens left |
| POST `/app` | `redirectUrl?, scopes?` | changes the app in Developer Hub |
| POST `/rotation` | `rotates` | lets every refresh renew the refresh token |
| POST `/expire` | | ends every access token |
| POST `/grant` | `scopes?, companyId?, userId?` | a pair of tokens without a browser |
| POST `/redirect` | `at, companyId?` | where a new link's answer has a redirect address |
| POST `/budget` | `left, companyId?` | sets the tokens left today, and enforces them |
| POST `/open` | `open, companyId?` | closes or opens a company's account (402) |
| POST `/manifest` | the manifest | registers it for the player |
| POST `/play` | `do, activityId, linkId?, changes?, companyId?` | add, move, delete, delete_activity |
| POST `/uninstall` | `companyId?, userId?, callback?` | uninstalls as a user would in Pipedrive |
| GET `/exchanges` | | what was said to the provider, latest first |
"""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.errors import validation_error
from app.sandbox.pipedrive.company import Company, LinkRedirect
from app.sandbox.pipedrive.player import PlayError
from app.sandbox.pipedrive.service import PipedriveService
from app.sandbox.wire import no_content, read_body, read_object, reply, text_list

ROOT: Final = "/__pipedrive__"
_CHANGEABLE: Final = frozenset({"subject", "due_date", "due_time", "duration"})


async def about(request: Request) -> Response:
    """Say what there is."""
    service = _service(request)
    client = service.desk.client
    return reply(
        {
            "clientId": client.client_id,
            "redirectUrl": client.redirect_url,
            "scopes": list(client.scopes),
            "companies": [
                {
                    "id": one.company_id,
                    "name": one.name,
                    "domain": one.domain,
                    "open": one.open,
                    "users": [user.user_id for user in one.users],
                    "links": [{"id": link.uuid, "userId": link.user_id} for link in one.links.values()],
                    "tokensLeft": service.budget.left(one),
                }
                for one in service.companies
            ],
        }
    )


async def change_app(request: Request) -> Response:
    """Change the registered app."""
    body = await read_object(request)
    url = body.get("redirectUrl")
    if url is not None and not (isinstance(url, str) and url.startswith(("http://localhost:", "https://"))):
        raise validation_error("redirectUrl must begin with https:// or http://localhost:")
    scopes = tuple(text_list(body, "scopes")) if "scopes" in body else None
    _service(request).desk.reregister(redirect_url=url, scopes=scopes)
    return no_content()


async def rotate(request: Request) -> Response:
    """Let refresh tokens rotate or stay."""
    _service(request).desk.rotates = _flag(await read_object(request), "rotates")
    return no_content()


async def expire(request: Request) -> Response:
    """End every access token."""
    return reply({"expired": _service(request).desk.expire_access_tokens()})


async def grant(request: Request) -> Response:
    """Install without a browser."""
    body = await read_object(request)
    scopes = text_list(body, "scopes") if "scopes" in body else None
    try:
        issued = _service(request).grant(
            scopes=scopes, company_id=body.get("companyId"), user_id=body.get("userId")
        )
    except (KeyError, TypeError) as problem:
        raise validation_error(f"No such company or user: {problem}") from problem
    return reply({"access_token": issued.access_token, "refresh_token": issued.refresh_token})


async def redirect(request: Request) -> Response:
    """Choose where a new link's answer has a redirect address."""
    body = await read_object(request)
    if body.get("at") not in list(LinkRedirect):
        raise validation_error(f"at must be one of {', '.join(LinkRedirect)}")
    _company(request, body).redirect = LinkRedirect(body["at"])
    return no_content()


async def budget(request: Request) -> Response:
    """Set the tokens left today."""
    body = await read_object(request)
    left = body.get("left")
    if not isinstance(left, int) or isinstance(left, bool) or not 0 <= left <= 10**9:
        raise validation_error("left must be a whole number.")
    _service(request).budget.leave(_company(request, body), left)
    return no_content()


async def set_open(request: Request) -> Response:
    """Open or close a company's account."""
    body = await read_object(request)
    _company(request, body).open = _flag(body, "open")
    return no_content()


async def manifest(request: Request) -> Response:
    """Register a manifest."""
    try:
        _service(request).player.register(await read_body(request))
    except PlayError as problem:
        raise validation_error(str(problem)) from problem
    return no_content()


async def play(request: Request) -> Response:
    """Play one deed in an activity."""
    body = await read_object(request)
    player, company, number = _service(request).player, _company(request, body), body.get("activityId")
    if not isinstance(number, int):
        raise validation_error("activityId must be a number.")
    try:
        match body.get("do"):
            case "add":
                done = await player.add_call(company, number, str(body.get("linkId")))
            case "move":
                moved = await player.move_call(company, number, _changes(body))
                if moved is None:
                    return no_content()
                done = moved
            case "delete" | "delete_activity" as deed:
                too = deed == "delete_activity"
                done = await player.delete_call(company, number, activity_too=too)
            case _:
                raise validation_error("do must be add, move, delete or delete_activity.")
    except PlayError as problem:
        raise validation_error(str(problem)) from problem
    return reply(done.as_json())


async def uninstall(request: Request) -> Response:
    """Uninstall as a user would."""
    body = await read_object(request)
    company, callback = _company(request, body), body.get("callback")
    user = company.user(body.get("userId", company.users[0].user_id))
    if user is None or not isinstance(callback, str | None):
        raise validation_error("userId must be a user of the company, callback an address.")
    done = await _service(request).player.uninstall(company, user.user_id, callback)
    return no_content() if done is None else reply(done.as_json())


async def exchanges(request: Request) -> Response:
    """Return what was said to the provider."""
    return reply({"exchanges": [one.as_json() for one in _service(request).player.exchanges]})


def _service(request: Request) -> PipedriveService:
    service: PipedriveService = request.app.state.service
    return service


def _company(request: Request, body: dict[str, Any]) -> Company:
    service = _service(request)
    company = service.desk.company(body["companyId"]) if "companyId" in body else service.main
    if company is None:
        raise validation_error("companyId must be one of the sandbox's companies.")
    return company


def _changes(body: dict[str, Any]) -> dict[str, str]:
    changes = body.get("changes")
    if not isinstance(changes, dict) or not set(changes) <= _CHANGEABLE:
        raise validation_error(f"changes may have {', '.join(sorted(_CHANGEABLE))}.")
    if not all(isinstance(value, str) and value for value in changes.values()):
        raise validation_error("changes must be texts.")
    return changes


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if not isinstance(value, bool):
        raise validation_error(f"{name} must be true or false.")
    return value


def steering_routes() -> list[Route]:
    """Return the routes."""
    posts = {
        "app": change_app,
        "rotation": rotate,
        "expire": expire,
        "grant": grant,
        "redirect": redirect,
        "budget": budget,
        "open": set_open,
        "manifest": manifest,
        "play": play,
        "uninstall": uninstall,
    }
    return [
        Route(ROOT, about, methods=["GET"]),
        Route(f"{ROOT}/exchanges", exchanges, methods=["GET"]),
        *(Route(f"{ROOT}/{name}", answer, methods=["POST"]) for name, answer in posts.items()),
    ]
