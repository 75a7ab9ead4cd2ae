"""The token endpoint: codes and refresh tokens are exchanged for access tokens."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.oauth.client import ClientApp
from app.sandbox.oauth.desk import InstallDesk
from app.sandbox.oauth.forms import OAuthError, oauth_refusal, read_form
from app.sandbox.oauth.scopes import ALL_SCOPES, in_order
from app.sandbox.oauth.tokens import Grant, TokenPair
from app.sandbox.wire import reply

VERSIONS: Final = ("v1", "v3", "2026-03", "2026-09")


def check_client(form: dict[str, str], client: ClientApp) -> None:
    """Refuse a wrong client id or secret with OAuthError."""
    if form.get("client_id") != client.client_id:
        raise OAuthError("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id")
    if form.get("client_secret") != client.client_secret:
        raise OAuthError("invalid_client", "BAD_CLIENT_SECRET", "missing or invalid client secret")


async def token(request: Request) -> Response:
    """Answer `POST /oauth/{version}/token`; only v1 reads parameters from the query too."""
    desk: InstallDesk = request.app.state.desk
    try:
        form = await read_form(request)
        if "/v1/" in request.url.path:
            form = {**dict(request.query_params), **form}
        check_client(form, desk.client)
        body = _exchange(form, desk)
    except OAuthError as problem:
        return oauth_refusal(problem)
    return reply(body, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


def _exchange(form: dict[str, str], desk: InstallDesk) -> dict[str, Any]:
    match form.get("grant_type"):
        case "authorization_code":
            return _pair(_redeem(form, desk))
        case "refresh_token":
            text = form.get("refresh_token", "")
            grant = desk.tokens.grant_of(text)
            if grant is None or desk.account(grant.hub_id) is None:
                raise OAuthError("invalid_grant", "BAD_REFRESH_TOKEN", "missing or invalid refresh token")
            return _pair(desk.tokens.renew(grant, text))
        case "client_credentials":
            return _client_credentials(form, desk)
        case _:
            raise OAuthError("unsupported_grant_type", "BAD_GRANT_TYPE", "missing or unknown grant type")


def _redeem(form: dict[str, str], desk: InstallDesk) -> TokenPair:
    code = desk.codes.take(form.get("code", ""))
    if code is None:
        raise OAuthError("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code")
    if form.get("redirect_uri") != code.redirect_uri:
        raise OAuthError(
            "invalid_grant", "BAD_REDIRECT_URI", "the redirect URL differs from the authorize request's"
        )
    verifier = form.get("code_verifier")
    if verifier and code.challenge and not code.challenge.is_met_by(verifier):
        raise OAuthError(
            "invalid_grant", "BAD_CODE_VERIFIER", "the code verifier does not match the challenge"
        )
    return desk.tokens.issue(code.grant)


def _client_credentials(form: dict[str, str], desk: InstallDesk) -> dict[str, Any]:
    wanted = frozenset(form.get("scope", "").split())
    if not wanted or wanted - ALL_SCOPES:
        raise OAuthError("invalid_scope", "BAD_SCOPE", "missing or unknown scope")
    account = desk.accounts[0]
    issued = desk.tokens.issue_access(Grant(account.hub_id, account.user_id, wanted))
    return {
        "token_use": "client_credentials",
        "token_type": "bearer",
        "access_token": issued.token,
        "expires_in": desk.tokens.seconds_left(issued),
        "hub_id": account.hub_id,
        "user_id": account.user_id,
        "scopes": in_order(wanted),
    }


def _pair(pair: TokenPair) -> dict[str, Any]:
    return {
        "token_use": "access_token",
        "token_type": "bearer",
        "access_token": pair.access_token,
        "refresh_token": pair.refresh_token,
        "expires_in": pair.expires_in,
        "hub_id": pair.grant.hub_id,
        "user_id": pair.grant.user_id,
        "scopes": in_order(pair.grant.scopes),
    }


def token_routes() -> list[Route]:
    """Return the token endpoint in every version."""
    return [Route(f"/oauth/{version}/token", token, methods=["POST"]) for version in VERSIONS]
