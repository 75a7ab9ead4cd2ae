"""Opening addresses outside the application: https links, and mail and telephone ones we build ourselves."""

from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices

Launch = Callable[[QUrl], bool]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_MAIL_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.!#$'*+-/=^_`{|}~@")


def _split(address: str) -> SplitResult | None:
    """The parts of `address`, None when browsers could read it differently from us."""
    if not address.isascii() or any(char <= " " or char in "\\\x7f<>\"'`{}|^" for char in address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


class Opener:
    """Opens addresses in the system's browser, mail and telephone programs.

    Only https leaves the application, without a user name in it. `loopback` lists origins on this computer
    ('http://localhost:8787') that may be opened too: the sandbox's authorize page.
    """

    def __init__(
        self, *, loopback: frozenset[str] = frozenset(), launch: Launch = QDesktopServices.openUrl
    ) -> None:
        self._loopback = loopback
        self._launch = launch

    def may_open(self, address: str) -> bool:
        parts = _split(address)
        if parts is None or "@" in parts.netloc or not parts.hostname:
            return False
        if parts.scheme == "https":
            return "." in parts.hostname.strip(".") and not parts.hostname.startswith(".")
        on_this_computer = parts.scheme == "http" and parts.hostname in _LOOPBACK
        return on_this_computer and f"http://{parts.netloc}" in self._loopback

    def open(self, address: str) -> bool:
        """Open a link that came from a service; False when it is refused or no program took it."""
        if not self.may_open(address):
            return False
        return self._launch(QUrl(address, QUrl.ParsingMode.StrictMode))

    def write_mail(self, to: str, *, subject: str = "", body: str = "") -> bool:
        """Start a mail to one plain address; False when `to` is not one."""
        local, at, domain = to.partition("@")
        if not (local and at and "." in domain and "@" not in domain) or not set(to.lower()) <= _MAIL_SIGNS:
            return False
        url = QUrl()
        url.setScheme("mailto")
        url.setPath(to)
        query = QUrlQuery()
        for key, value in (("subject", subject), ("body", body)):
            if value:
                query.addQueryItem(key, bytes(QUrl.toPercentEncoding(value).data()).decode())
        url.setQuery(query)
        return self._launch(url)

    def call(self, number: str) -> bool:
        """Start a telephone call; False when `number` has fewer than three digits or other signs."""
        plain = "".join(char for char in number if char not in " ()-./")
        digits = plain.removeprefix("+")
        if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 20):
            return False
        return self._launch(QUrl(f"tel:{plain}"))
