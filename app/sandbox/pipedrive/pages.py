"""The pages a person sees: the consent, what went wrong, and the stage where Pipedrive is played."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from app.sandbox.oauth.style import HEADERS, STYLE
from app.sandbox.pipedrive.client import SCOPE_WORDS, PipedriveClientApp
from app.sandbox.pipedrive.company import Company, Record
from app.sandbox.pipedrive.desk import Waiting
from app.sandbox.pipedrive.player import VideoCallPlayer
from app.sandbox.pipedrive.provider_call import Exchange

_NOTICE: Final = "Sandbox: a stand-in for Pipedrive on this computer. Nothing here reaches pipedrive.com."
_SHOWN: Final = 12


def consent_page(
    waiting: Waiting, client: PipedriveClientApp, companies: tuple[Company, ...]
) -> HTMLResponse:
    """Ask a person to allow and install, or to cancel; the form posts `ticket`, `company` and `decision`."""
    rows = "".join(
        f'<label><input type="radio" name="company" value="{one.company_id}"'
        f"{' checked' if place == 0 else ''} required><span><b>{escape(one.name)}</b>"
        f"{escape(one.domain)} · {one.company_id}<br>as {escape(one.users[0].name)} "
        f"({escape(one.users[0].email)}){'' if one.open else ' · account not open'}</span></label>"
        for place, one in enumerate(companies)
    )
    scopes = "".join(
        f"<li><span>{escape(SCOPE_WORDS.get(name, name))}</span><small>{escape(name)}</small></li>"
        for name in client.scopes
    )
    return page(
        f"Install {client.name}",
        f"""<h1>{escape(client.name)} wants to connect to your Pipedrive account</h1>
<p>You can only allow everything below, or nothing.</p>
<form method="post" action="/oauth/authorize/decision">
<input type="hidden" name="ticket" value="{escape(waiting.ticket)}">
<h2>Company</h2>{rows}<h2>Permissions</h2><ul>{scopes}</ul>
<div class="actions"><button name="decision" value="cancel">Cancel</button>
<button name="decision" value="allow">Allow and install</button></div></form>""",
    )


def problem_page(sentence: str, status: int = 400) -> HTMLResponse:
    """Say why it cannot go on."""
    return page("Pipedrive", f"<h1>Something is wrong with the request</h1><p>{escape(sentence)}</p>", status)


def stage_page(player: VideoCallPlayer, company: Company, words: str = "") -> HTMLResponse:
    """Show the manifest, the links, the activities with their calls, and what was said to the provider."""
    said = f'<p role="status"><strong>{escape(words)}</strong></p>' if words else ""
    links = "".join(
        f'<option value="{escape(link.uuid)}">{escape(link.uuid)} (user {link.user_id})</option>'
        for link in company.links.values()
    )
    shown = [row for row in company.activities.all() if not row["is_deleted"] and row["due_time"]]
    recent = sorted(shown, key=lambda row: (player.call_of(company, row["id"]) is None, -row["id"]))
    rows = "".join(_activity_row(player, company, row, links) for row in recent[:_SHOWN])
    manifest = "none yet" if player.manifest is None else escape(str(player.manifest["endpoints"]))
    exchanges = "".join(_exchange(one) for one in player.exchanges) or "<p>Nothing was sent yet.</p>"
    return page(
        "Play Pipedrive",
        f"""<h1>Play Pipedrive: {escape(company.name)}</h1>{said}
<p>{_others(player, company)}</p><h2>Manifest</h2><p><code>{manifest}</code></p>
<form method="post" action="/play/manifest?company={company.company_id}">
<label><textarea name="manifest" rows="4" cols="60"
 aria-label="Manifest as JSON"></textarea></label><button>Register the manifest</button></form>
<h2>New activity</h2><form method="post" action="/play/activity?company={company.company_id}">
{_fields("Call with a customer", "", "", "00:30")}
<button>Save the activity</button></form>
<h2>Activities</h2>{rows}<h2>Said to the provider, latest first</h2>{exchanges}""",
    )


def _others(player: VideoCallPlayer, shown: Company) -> str:
    return " · ".join(
        f'<a href="/play?company={one.company_id}">{escape(one.name)}</a>'
        for one in player.companies
        if one is not shown
    )


def _activity_row(player: VideoCallPlayer, company: Company, row: Record, links: str) -> str:
    number, call = row["id"], player.call_of(company, row["id"])
    if call is None:
        select = f'<select name="link" aria-label="Link">{links}</select>'
        action = (
            f'{select} <button name="do" value="add">Add a video call</button>'
            if links
            else ("<p>No user is linked, so no video call can be added.</p>")
        )
    else:
        join = escape(str(row["conference_meeting_url"]))
        action = (
            f'<p>Join: <code>{join}</code></p><button name="do" value="delete">'
            "Remove the video call</button> "
            '<button name="do" value="delete_activity">Delete the activity</button>'
        )
    fields = _fields(row["subject"], row["due_date"], row["due_time"][:5], (row["duration"] or "")[:5])
    return (
        f'<form method="post" action="/play/activity/{number}?company={company.company_id}">'
        f"<h2>Activity {number}</h2>{fields}"
        f'<button name="do" value="move">Save the changes</button> {action}</form>'
    )


def _fields(subject: str, date: str, time: str, length: str) -> str:
    return (
        f'<label>Subject <input name="subject" value="{escape(subject)}" required></label>'
        f'<label>Date (UTC) <input type="date" name="due_date" value="{escape(date)}" required> '
        f'Time <input type="time" name="due_time" value="{escape(time)}" required> '
        f'Length <input name="duration" value="{escape(length)}" pattern="[0-9]{{2}}:[0-5][0-9]"'
        " required></label>"
    )


def _exchange(one: Exchange) -> str:
    sent = "\n".join(f"{name}: {value}" for name, value in one.headers.items())
    finding = f"<p><strong>{escape(one.finding)}</strong></p>" if one.finding else ""
    return (
        f"<p><code>{escape(one.method)} {escape(one.url)}</code></p><p><code>{escape(sent)}</code></p>"
        f"<p><code>{escape(one.body)}</code></p><p><strong>{one.status}</strong> after {one.took_ms:.0f} ms: "
        f"<code>{escape(one.reply[:2000])}</code></p>{finding}"
    )


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """Return a page of the sandbox."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{STYLE}</style></head><body><main><div class="bar">{escape(_NOTICE)}</div>'
        f'<div class="body">{body}</div></main></body></html>',
        status,
        HEADERS,
    )
