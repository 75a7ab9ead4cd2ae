"""What a screen is to the window: an entry of the catalogue, and the living thing that it builds."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.kit.command import Command
    from app.ui.kit.tasks import TaskScope
    from app.ui.kit.widgets.rows import ListRow


@dataclass(frozen=True, slots=True)
class Finder:
    """A part of the command palette: `find` lists rows for a text (best first), `pick` takes a row's id.

    `find` raises nothing; it answers with no rows where the search failed.
    """

    find: "Callable[[str], Awaitable[tuple[ListRow, ...]]]"
    pick: Callable[[str], None]


class Screen(Protocol):
    """A built screen; the window shows `widget`, offers `commands` and prints `status_changed` (str)."""

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        ...

    @property
    def commands(self) -> "Sequence[Command]":
        """What the palette, the keys and the shortcut sheet offer while the screen is shown."""
        ...

    @property
    def banner_host(self) -> QVBoxLayout | None:
        """Where banners go inside the screen; None leaves them to the window."""
        ...

    @property
    def status_changed(self) -> SignalInstance:
        """Emits the sentence (str) for the status line; empty takes it away."""
        ...

    @property
    def finders(self) -> Sequence[Finder]:
        """What the palette searches besides commands, in the order of its sections."""
        ...

    def start(self) -> None:
        """Another account is active: load what belongs to it. What belonged to the one before is gone."""
        ...

    def activate(self) -> None:
        """The screen came to the front: take the keyboard focus."""
        ...

    def refresh_if_old(self) -> None:
        """The window came back to the front: refresh what is older than a minute."""
        ...


@runtime_checkable
class AsksToReconnect(Protocol):
    """A screen that may ask for the sign-in: it emits `reconnect_wanted` with the `Workspace`."""

    @property
    def reconnect_wanted(self) -> SignalInstance:
        """Emits the workspace whose sign-in was lost."""
        ...


@runtime_checkable
class KnowsItsAge(Protocol):
    """A screen whose data are of another age than the free times: the status line shows its own."""

    @property
    def fetched_at(self) -> datetime | None:
        """When its data were read last (UTC instant); None where they never were."""
        ...


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One line of the catalogue; `title` is called at show time so that it is in the present language.

    `build_in_turns` builds the same without holding up the window: so is the first screen, ahead of time.
    `is_footer` puts the rail item at the bottom. `watch_badge` calls back with the number beside the rail's
    icon and what it counts in words, now and whenever it changes, even before the screen is built. The scope
    ends with the window, with all of its tasks.
    """

    id: str
    title: Callable[[], str]
    icon: str
    build: "Callable[[UiContext, TaskScope], Screen]"
    build_in_turns: "Callable[[UiContext, TaskScope], Awaitable[Screen]] | None" = None
    is_footer: bool = False
    watch_badge: "Callable[[UiContext, Callable[[int, str], None]], None] | None" = None
