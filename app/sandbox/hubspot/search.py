"""CRM search over the wire: `POST /crm/.../objects/{type}/search`."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.rendering import Renderer, Wanted
from app.sandbox.crm.search.query import parse_search
from app.sandbox.hubspot.objects import BASES, kind_of
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.wire import read_object, reply


async def search(request: Request) -> Response:
    """Answer a search: total, the page, and the offset of the next page as a text."""
    kind = kind_of(request)
    require_any_scope(request, kind.read_scopes)
    portal = portal_of(request)
    query = parse_search(kind, await read_object(request))
    total, records = portal.engine.search(kind, query)
    renderer = Renderer(portal.store, kind, Wanted(query.properties))
    body: dict[str, object] = {"total": total, "results": renderer.render_all(records)}
    reached = query.after + len(records)
    if records and reached < total:
        body["paging"] = {"next": {"after": str(reached)}}
    return reply(body)


def search_routes() -> list[Route]:
    """Return the search route of every version."""
    return [Route(f"{base}/{{object_type}}/search", search, methods=["POST"]) for base in BASES]
