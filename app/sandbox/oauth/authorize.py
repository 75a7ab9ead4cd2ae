"""The browser's side of signing in: `/oauth/authorize` and the answer given there."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.sandbox.oauth.desk import InstallDesk, InstallRefusedError, Refusal
from app.sandbox.oauth.forms import OAuthError, read_form
from app.sandbox.oauth.pages import consent_page, declined_page, problem_page


async def ask(request: Request) -> Response:
    """Show the consent page, or the page that says what is wrong with the request."""
    desk: InstallDesk = request.app.state.desk
    try:
        consent = desk.receive(request.query_params, request.path_params.get("account_id"))
    except InstallRefusedError as problem:
        return problem_page(problem)
    return consent_page(consent, desk.client, desk.accounts)


async def answer(request: Request) -> Response:
    """Take Allow (redirect with code and state) or Deny (a page, and nothing for the app)."""
    desk: InstallDesk = request.app.state.desk
    try:
        form = await read_form(request)
        if form.get("decision") == "deny":
            desk.decline(form.get("ticket", ""))
            return declined_page(desk.client)
        if form.get("decision") != "allow":
            raise InstallRefusedError(Refusal.STALE_PAGE)
        location = desk.allow(form.get("ticket", ""), _account(form.get("account", "")))
    except InstallRefusedError as problem:
        return problem_page(problem)
    except OAuthError:
        return problem_page(InstallRefusedError(Refusal.STALE_PAGE))
    return RedirectResponse(location, 302, {"Cache-Control": "no-store"})


def _account(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def authorize_routes() -> list[Route]:
    """Return the browser routes."""
    return [
        Route("/oauth/authorize", ask, methods=["GET"]),
        Route("/oauth/{account_id:int}/authorize", ask, methods=["GET"]),
        Route("/oauth/authorize/decision", answer, methods=["POST"]),
    ]
