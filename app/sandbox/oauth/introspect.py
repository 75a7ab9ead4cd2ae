"""Questions about tokens: introspection, v1's token metadata, and revocation."""

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import AccessToken
from app.sandbox.errors import OBJECT_NOT_FOUND, HubSpotError
from app.sandbox.instants import epoch_ms
from app.sandbox.oauth.desk import InstallDesk
from app.sandbox.oauth.forms import OAuthError, oauth_refusal, read_form
from app.sandbox.oauth.scopes import in_order
from app.sandbox.oauth.token import VERSIONS, check_client
from app.sandbox.oauth.tokens import ACCESS_TOKEN_LIFE, Grant
from app.sandbox.wire import no_content, reply


async def introspect(request: Request) -> Response:
    """Answer `POST /oauth/{version}/token/introspect`.

    The specification names the field `token`, the guide names it after the hint: both are read.
    """
    desk: InstallDesk = request.app.state.desk
    try:
        form = await read_form(request)
        check_client(form, desk.client)
        text = form.get("token") or form.get("access_token") or form.get("refresh_token")
        if not text:
            raise OAuthError("invalid_request", "BAD_TOKEN", "missing token")
    except OAuthError as problem:
        return oauth_refusal(problem)
    access = desk.tokens.access_token(text)
    if access is not None:
        return reply(_about_access(access, desk))
    grant = desk.tokens.grant_of(text)
    if grant is None:
        return reply({"active": False})
    uses = {"active": True, "token_use": "refresh_token"}
    return reply({**uses, **_about_refresh(text, grant, desk)})


async def revoke(request: Request) -> Response:
    """Answer `POST /oauth/{version}/token/revoke`: 200 whether or not the token was alive (RFC 7009)."""
    desk: InstallDesk = request.app.state.desk
    try:
        form = await read_form(request)
        check_client(form, desk.client)
        text = form.get("token") or form.get("refresh_token")
        if not text:
            raise OAuthError("invalid_request", "BAD_TOKEN", "missing token")
    except OAuthError as problem:
        return oauth_refusal(problem)
    desk.tokens.revoke(text)
    return Response(status_code=200)


async def legacy_access_token(request: Request) -> Response:
    """Answer `GET /oauth/v1/access-tokens/{token}`, which needs no authorization header."""
    desk: InstallDesk = request.app.state.desk
    token = desk.tokens.access_token(request.path_params["token"])
    if token is None or desk.tokens.has_expired(token):
        raise _no_token()
    about = _about_access(token, desk)
    kept = {name: value for name, value in about.items() if name not in ("active", "client_id", "token_use")}
    signed = about["signed_access_token"]
    older = {name: value for name, value in signed.items() if name not in ("appInstallId", "audience")}
    return reply({**kept, "signed_access_token": older})


async def legacy_refresh_token(request: Request) -> Response:
    """Answer GET (metadata) and DELETE (204) of `/oauth/v1/refresh-tokens/{token}`."""
    desk: InstallDesk = request.app.state.desk
    text = request.path_params["token"]
    grant = desk.tokens.grant_of(text)
    if grant is None:
        raise _no_token()
    if request.method == "DELETE":
        desk.tokens.revoke(text)
        return no_content()
    about = _about_refresh(text, grant, desk)
    return reply({name: value for name, value in about.items() if name != "app_id"})


def _no_token() -> HubSpotError:
    return HubSpotError(404, OBJECT_NOT_FOUND, "No token was found, or it has expired or been revoked.")


def _about_grant(hub_id: int, user_id: int, scopes: frozenset[str], desk: InstallDesk) -> dict[str, Any]:
    account = desk.account(hub_id)
    known = {} if account is None else {"user": account.email_of(user_id), "hub_domain": account.domain}
    return {
        "token_type": "bearer",
        "hub_id": hub_id,
        "user_id": user_id,
        "app_id": desk.client.app_id,
        "client_id": desk.client.client_id,
        "scopes": in_order(scopes),
        **known,
    }


def _about_refresh(text: str, grant: Grant, desk: InstallDesk) -> dict[str, Any]:
    return {"token": text, **_about_grant(grant.hub_id, grant.user_id, grant.scopes, desk)}


def _about_access(token: AccessToken, desk: InstallDesk) -> dict[str, Any]:
    return {
        "active": not desk.tokens.has_expired(token),
        "token": token.token,
        "token_use": "access_token",
        **_about_grant(token.hub_id, token.user_id, token.scopes, desk),
        "expires_in": desk.tokens.seconds_left(token),
        "is_private_distribution": True,
        "signed_access_token": _signed(token, desk),
    }


def _signed(token: AccessToken, desk: InstallDesk) -> dict[str, Any]:
    account = desk.account(token.hub_id)
    digest = hashlib.sha256(token.token.encode()).hexdigest()
    expires_at = token.expires_at or desk.now() + ACCESS_TOKEN_LIFE
    return {
        "appId": desk.client.app_id,
        "appInstallId": f"{desk.client.app_id}-{token.hub_id}",
        "audience": "public-api",
        "expiresAt": epoch_ms(expires_at),
        "hubId": token.hub_id,
        "hublet": "na1" if account is None else account.region,
        "installingUserId": token.user_id,
        "isPrivateDistribution": True,
        "isServiceAccount": False,
        "isUserLevel": False,
        "newSignature": digest[32:],
        "scopeToScopeGroupPks": digest[:16],
        "scopes": digest[16:32],
        "signature": digest[:32],
        "trialScopeToScopeGroupPks": "",
        "trialScopes": "",
        "userId": token.user_id,
    }


def introspect_routes() -> list[Route]:
    """Return introspection and revocation, and v1's paths that carry the token in the address."""
    routes = [
        Route("/oauth/v1/access-tokens/{token}", legacy_access_token, methods=["GET"]),
        Route("/oauth/v1/refresh-tokens/{token}", legacy_refresh_token, methods=["GET", "DELETE"]),
    ]
    for version in VERSIONS[1:]:
        routes.append(Route(f"/oauth/{version}/token/introspect", introspect, methods=["POST"]))
        routes.append(Route(f"/oauth/{version}/token/revoke", revoke, methods=["POST"]))
    return routes
