"""What the application has to say in passing (toasts) and for as long as it is true (banners)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal


class Tone(Enum):
    """How serious a notice is; each has its own colours and icon."""

    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing a notice offers: Undo, Retry, Open."""

    label: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Toast:
    """A passing notice. `seconds` it stays, longer while the pointer is on it; 0 stays until dismissed."""

    id: int
    text: str
    tone: Tone
    action: Action | None
    seconds: float


@dataclass(frozen=True, slots=True)
class BannerNotice:
    """A notice that stays while it is true; `key` names what is true ('offline', 'sign-in:hubspot')."""

    key: str
    text: str
    tone: Tone
    icon: str
    action: Action | None


_ICONS = {Tone.INFO: "info", Tone.OK: "circle-check", Tone.WARN: "triangle-alert", Tone.BAD: "triangle-alert"}


class Notices(QObject):
    """The model behind the toast stack and the banner strip."""

    toast_added = Signal(object)
    toast_removed = Signal(int)
    banners_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next_id = 1
        self._toasts: dict[int, Toast] = {}
        self._banners: dict[str, BannerNotice] = {}

    @property
    def toasts(self) -> tuple[Toast, ...]:
        return tuple(self._toasts.values())

    @property
    def banners(self) -> tuple[BannerNotice, ...]:
        """Banners in the order they became true."""
        return tuple(self._banners.values())

    def say(
        self, text: str, *, tone: Tone = Tone.INFO, action: Action | None = None, seconds: float = 6.0
    ) -> int:
        """Show a toast and return its id. With an action it stays at least 10 s, to be within reach."""
        stay = max(seconds, 10.0) if action is not None and seconds else seconds
        toast = Toast(self._next_id, text, tone, action, stay)
        self._next_id += 1
        self._toasts[toast.id] = toast
        self.toast_added.emit(toast)
        return toast.id

    def dismiss(self, toast_id: int) -> None:
        if self._toasts.pop(toast_id, None) is not None:
            self.toast_removed.emit(toast_id)

    def act(self, toast_id: int) -> None:
        """Do what the toast offers and take it away; nothing when it is gone already."""
        toast = self._toasts.get(toast_id)
        self.dismiss(toast_id)
        if toast is not None and toast.action is not None:
            toast.action.run()

    def hold(
        self, key: str, text: str, *, tone: Tone = Tone.WARN, icon: str = "", action: Action | None = None
    ) -> None:
        """Show the banner `key`, or change what it says."""
        banner = BannerNotice(key, text, tone, icon or _ICONS[tone], action)
        if self._banners.get(key) != banner:
            self._banners[key] = banner
            self.banners_changed.emit()

    def release(self, key: str) -> None:
        """Take the banner `key` away because it is no longer true."""
        if self._banners.pop(key, None) is not None:
            self.banners_changed.emit()
