"""Addresses that the app hands to the system, kept instead of opened."""

from types import TracebackType
from typing import Final, Self

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

_SCHEMES: Final = ("http", "https")


class OpenedAddresses(QObject):
    """While entered, `seen` has every address that was opened, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def __enter__(self) -> Self:
        for scheme in _SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "keep")  # type: ignore[arg-type]
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        for scheme in _SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def keep(self, url: QUrl) -> None:
        """Note an address."""
        self.seen.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
