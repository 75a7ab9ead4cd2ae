"""Pipedrive's OAuth over HTTP: the consent page, tokens by HTTP Basic, and revocation."""

import base64
import binascii
import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.sandbox.errors import HubSpotError
from app.sandbox.oauth.forms import OAuthError, read_form
from app.sandbox.pipedrive.desk import PipedriveDesk, RefusedError
from app.sandbox.pipedrive.pages import consent_page, problem_page
from app.sandbox.wire import reply


async def ask(request: Request) -> Response:
    """Show the consent page."""
    desk = _desk(request)
    try:
        waiting = desk.receive(request.query_params)
    except RefusedError as problem:
        return problem_page(problem.sentence)
    return consent_page(waiting, desk.client, desk.companies)


async def decide(request: Request) -> Response:
    """Take the person's answer: a code, or `error=user_denied`."""
    desk = _desk(request)
    try:
        form = await _form(request)
        ticket = form.get("ticket", "")
        if form.get("decision") == "allow":
            text = form.get("company", "")
            known = text.isascii() and text.isdigit() and len(text) < 16
            location = desk.allow(ticket, int(text) if known else 0)
        else:
            location = desk.decline(ticket)
    except RefusedError as problem:
        return problem_page(problem.sentence)
    return RedirectResponse(location, 302, {"Cache-Control": "no-store"})


async def token(request: Request) -> Response:
    """Exchange a code, or refresh."""
    desk = _desk(request)
    try:
        form = await _form(request)
        _authenticate(request, form, desk)
        match form.get("grant_type"):
            case "authorization_code":
                issued = desk.exchange(form.get("code", ""), form.get("redirect_uri", ""))
            case "refresh_token":
                issued = desk.refresh(form.get("refresh_token", ""))
            case None | "":
                raise RefusedError("invalid_request", "Missing parameter: `grant_type`")
            case _:
                raise RefusedError(
                    "unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid"
                )
    except RefusedError as problem:
        return _refusal(problem)
    return reply(
        {
            "access_token": issued.access_token,
            "token_type": "Bearer",
            "refresh_token": issued.refresh_token,
            "scope": ",".join(issued.install.scopes),
            "expires_in": issued.expires_in,
            "api_domain": f"http://{request.headers['host']}",
        },
        headers={"Cache-Control": "no-store"},
    )


async def revoke(request: Request) -> Response:
    """Kill a token; a refresh token's revocation uninstalls. Unknown tokens answer 200 too (RFC 7009)."""
    desk = _desk(request)
    try:
        form = await _form(request)
        _authenticate(request, form, desk)
        if not form.get("token"):
            raise RefusedError("invalid_request", "Missing parameter: `token`")
    except RefusedError as problem:
        return _refusal(problem)
    desk.revoke(form["token"])
    return reply({"success": True})


def _desk(request: Request) -> PipedriveDesk:
    desk: PipedriveDesk = request.app.state.desk
    return desk


async def _form(request: Request) -> dict[str, str]:
    try:
        return await read_form(request)
    except (OAuthError, HubSpotError) as problem:
        words = "Invalid request: content must be application/x-www-form-urlencoded"
        raise RefusedError("invalid_request", words) from problem


def _authenticate(request: Request, form: dict[str, str], desk: PipedriveDesk) -> None:
    pair = _basic(request.headers.get("authorization", ""))
    if pair is None:
        pair = (form.get("client_id", ""), form.get("client_secret", ""))
        if not all(pair):
            raise RefusedError("invalid_client", "Invalid client: cannot retrieve client credentials")
    wanted = (desk.client.client_id, desk.client.client_secret)
    same = [hmac.compare_digest(a.encode(), b.encode()) for a, b in zip(pair, wanted, strict=True)]
    if not all(same):
        raise RefusedError("invalid_client", "Invalid client: client is invalid")


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, secret) if name and secret else None


def _refusal(problem: RefusedError) -> Response:
    body = {
        "success": False,
        "error": problem.error,
        "error_description": problem.sentence,
        "message": problem.sentence,
    }
    return reply(body, 400, {"Cache-Control": "no-store"})


def oauth_routes() -> list[Route]:
    """Return the routes."""
    return [
        Route("/oauth/authorize", ask, methods=["GET"]),
        Route("/oauth/authorize/decision", decide, methods=["POST"]),
        Route("/oauth/token", token, methods=["POST"]),
        Route("/oauth/revoke", revoke, methods=["POST"]),
    ]
