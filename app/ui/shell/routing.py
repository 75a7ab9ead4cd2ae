"""Brings the screen to the front that answers what another screen asks for."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import SignalInstance

from app.ui.kit.routes import NewMeeting, Routes
from app.ui.screen import Screen

LOG = "log"


class Router:
    """A screen that is built because of a request has not heard it: it is asked again."""

    def __init__(self, routes: Routes, screens: Mapping[str, Screen], show: Callable[[str], None]) -> None:
        self._routes = routes
        self._screens = screens
        self._show = show
        routes.meeting_requested.connect(self._on_meeting)
        routes.new_meeting_requested.connect(self._on_new_meeting)
        routes.plan_requested.connect(self._on_plan)
        routes.outbox_requested.connect(self._on_outbox)

    def _on_meeting(self, meeting_id: str) -> None:
        self._lead(self._routes.meeting_requested, meeting_id)

    def _on_new_meeting(self, new: NewMeeting) -> None:
        self._lead(self._routes.new_meeting_requested, new)

    def _on_plan(self, new: NewMeeting) -> None:
        self._lead(self._routes.plan_requested, new)

    def _on_outbox(self) -> None:
        self._lead(self._routes.outbox_requested)

    def _lead(self, signal: SignalInstance, *wish: object) -> None:
        was_built = LOG in self._screens
        self._show(LOG)
        if not was_built and LOG in self._screens:
            signal.emit(*wish)
