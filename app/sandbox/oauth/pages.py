"""The pages a person sees while signing in: the question, the goodbye after Deny, and what went wrong."""

from collections.abc import Sequence
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from app.sandbox.oauth.client import ClientApp
from app.sandbox.oauth.desk import Account, Consent, InstallRefusedError, Refusal
from app.sandbox.oauth.scopes import SCOPE_WORDS, in_order
from app.sandbox.oauth.style import HEADERS, STYLE

_NOTICE: Final = "Sandbox: a stand-in for HubSpot on this computer. Nothing here reaches hubspot.com."

_PROBLEMS: Final[dict[Refusal, tuple[str, str]]] = {
    Refusal.UNKNOWN_CLIENT: (
        "This app is not known",
        "Authorization failed because the client ID of the request does not belong to a registered app. "
        "Check the client ID in the app that sent you here.",
    ),
    Refusal.REDIRECT_MISMATCH: (
        "The redirect address does not match",
        "Authorization failed because the redirect URL of the request is not one of the app's registered "
        "redirect URLs. Host, port and path must be the same to the letter.",
    ),
    Refusal.SCOPES_INSUFFICIENT: (
        "Scopes are insufficient",
        "Authorization failed because the request leaves out a scope that the app requires. Required scopes "
        "belong into the scope parameter.",
    ),
    Refusal.SCOPE_MISMATCH: (
        "Scope mismatch",
        "Authorization failed because the request has a scope that the app was not configured with, or has "
        "it in the wrong parameter.",
    ),
    Refusal.MISSING_PERMISSION: (
        "You cannot connect this app to that account",
        "Only a Super Admin, or someone with App Marketplace access, can connect an app, and the account "
        "needs every feature the app requires. Ask an admin of the account, or choose another account.",
    ),
    Refusal.STALE_PAGE: (
        "This page is no longer valid",
        "The request was answered before or has waited too long. Start again in the app.",
    ),
}
_STATUS: Final = {Refusal.MISSING_PERMISSION: 403}


def consent_page(consent: Consent, client: ClientApp, accounts: Sequence[Account]) -> HTMLResponse:
    """Ask a person to allow or deny; the form posts `ticket`, `account` (hub id) and `decision`."""
    chosen = next((a.hub_id for a in accounts if a.hub_id == consent.account_id), accounts[0].hub_id)
    rows = "".join(_account_row(account, checked=account.hub_id == chosen) for account in accounts)
    optional = _scope_list(consent.optional_scopes)
    also = f"<h2>If the account has these features, also to</h2><ul>{optional}</ul>" if optional else ""
    return _page(
        f"Connect {client.name} to HubSpot",
        f"""<h1>Connect {escape(client.name)} to your HubSpot account</h1>
<p>The app asks for the permissions below. It keeps them until you disconnect it.</p>
<form method="post" action="/oauth/authorize/decision">
<input type="hidden" name="ticket" value="{escape(consent.ticket)}">
<h2>Account</h2>{rows}
<h2>{escape(client.name)} will be able to</h2><ul>{_scope_list(consent.scopes)}</ul>{also}
<div class="actions"><button name="decision" value="deny">Deny</button>
<button name="decision" value="allow">Allow</button></div></form>""",
    )


def declined_page(client: ClientApp) -> HTMLResponse:
    """Say goodbye after Deny; the app hears nothing, as with HubSpot."""
    return _page(
        "Not connected",
        f"<h1>{escape(client.name)} was not connected</h1>"
        "<p>No permission was given. You can close this page.</p>",
    )


def problem_page(problem: InstallRefusedError) -> HTMLResponse:
    """Say why the install cannot go on."""
    title, text = _PROBLEMS[problem.reason]
    detail = f"<p><code>{escape(problem.detail)}</code></p>" if problem.detail else ""
    return _page(
        title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>{detail}", _STATUS.get(problem.reason, 400)
    )


def _scope_list(scopes: frozenset[str]) -> str:
    return "".join(
        f"<li><span>{escape(SCOPE_WORDS[name])}</span><small>{escape(name)}</small></li>"
        for name in in_order(scopes)
    )


def _account_row(account: Account, *, checked: bool) -> str:
    role = "" if account.may_install else " · no right to connect apps"
    return (
        f'<label><input type="radio" name="account" value="{account.hub_id}"'
        f"{' checked' if checked else ''} required><span><b>{escape(account.name)}</b>"
        f"{escape(account.domain)} · {account.hub_id}<br>"
        f"as {escape(account.user_name)} ({escape(account.user_email)}){role}</span></label>"
    )


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{STYLE}</style></head><body><main><div class="bar">{escape(_NOTICE)}</div>'
        f'<div class="body">{body}</div></main></body></html>',
        status,
        HEADERS,
    )
