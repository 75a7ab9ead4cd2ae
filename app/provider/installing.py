"""The marketplace's install flow: a user installs in the browser, and Pipedrive tells of an uninstall.

Follows reference/pipedrive.md 8.4, 5.3 and 5.6.
"""

import uuid

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.domain.provider import ProviderLinkId
from app.provider.bodies import read_object
from app.provider.credentials import Credentials
from app.provider.desk import Clock, Desk, anybody
from app.provider.install_state import InstallStates
from app.provider.links import LinkOrigin, LinkState, UserLink
from app.provider.logs import link_mark, log_event
from app.provider.pages import page
from app.provider.pipedrive import PipedriveClient, PipedriveRefused, PipedriveTrouble, PipedriveUser
from app.provider.replies import answer, invalid_body
from app.provider.store.store import ProviderStore
from app.provider.store.troubles import StoreUnavailable

CALLBACK_PATH = "/callback"
_MOST_ID = 2**63 - 1


class InstallEndpoints:
    """Answers the browser of a user who installs, and Pipedrive when one has uninstalled."""

    def __init__(
        self,
        store: ProviderStore,
        pipedrive: PipedriveClient,
        states: InstallStates,
        now: Clock,
        client_id: str,
    ) -> None:
        self._store = store
        self._pipedrive = pipedrive
        self._states = states
        self._now = now
        self._client_id = client_id

    def routes(self, desk: Desk, credentials: Credentials) -> list[Route]:
        """Where they answer; the callback is one address for both."""
        check = credentials.check_pipedrive
        returned = desk.open("install", anybody, self._returned, is_noted=False)
        return [
            Route("/install", desk.open("install_start", anybody, self._begin, is_noted=False)),
            Route(CALLBACK_PATH, returned, methods=["GET"]),
            Route(CALLBACK_PATH, desk.open("uninstall", check, self._uninstall), methods=["DELETE"]),
        ]

    async def _begin(self, _request: Request) -> Response:
        state = self._states.make(self._now())
        return RedirectResponse(
            self._pipedrive.authorize_url(state), 302, headers={"Cache-Control": "no-store"}
        )

    async def _returned(self, request: Request) -> Response:
        query = request.query_params
        if "error" in query:
            return page("Not installed", "You did not allow the app. Nothing was changed.")
        # Installs that begin in the marketplace come without a state.
        if "state" in query and not self._states.is_good(query["state"], self._now()):
            return page("Not installed", "This install took too long. Please begin again.", status=400)
        if not query.get("code"):
            return page("Not installed", "Pipedrive sent no code. Please begin again.", status=400)
        try:
            onward = await run_in_threadpool(self._install, query["code"])
        except PipedriveTrouble as trouble:
            log_event("install failed", trouble=type(trouble).__name__)
            return page("Not installed", f"{trouble} Please try again.", status=502)
        except StoreUnavailable:
            return page("Not installed", "The service has a problem. Please try again.", status=503)
        if onward is not None:
            return RedirectResponse(onward, 303, headers={"Cache-Control": "no-store"})
        return page("Installed", "Your Pipedrive account can now make video calls. You can close this page.")

    def _install(self, code: str) -> str | None:
        grant = self._pipedrive.exchange(code)
        user = self._pipedrive.me(grant)
        wanted = self._new_link(user)
        # Kept before the call: when its answer is lost, the link works all the same.
        link = self._store.claim_link(wanted)
        try:
            onward = self._pipedrive.link(grant, user, link.link_id)
        except PipedriveRefused:
            if link == wanted:
                self._store.remove_link(link.link_id)
            raise
        self._store.confirm_link(link.link_id)
        log_event("installed", link=link_mark(link.link_id))
        return onward

    def _new_link(self, user: PipedriveUser) -> UserLink:
        return UserLink(
            link_id=ProviderLinkId(str(uuid.uuid4())),
            user_id=user.user_id,
            company_id=user.company_id,
            state=LinkState.PENDING,
            origin=LinkOrigin.INSTALL,
            created=self._now(),
            language=user.language,
            zone=user.zone,
        )

    async def _uninstall(self, request: Request) -> Response:
        body = await read_object(request)
        company_id, user_id = body.get("company_id"), body.get("user_id")
        if body.get("client_id") != self._client_id:
            raise invalid_body("client_id is not that of this app.")
        if not _is_id(company_id) or not _is_id(user_id):
            raise invalid_body("company_id and user_id must be whole numbers.")
        assert isinstance(company_id, int)
        assert isinstance(user_id, int)

        def forget() -> int:
            return self._store.remove_user(company_id=company_id, user_id=user_id)

        removed = await run_in_threadpool(forget)
        return answer({"removed_links": removed})


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_ID
